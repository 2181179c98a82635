#include "base/text.h"
#include "editing/pages_shared.h"
#include "editing/store_list.h"

// The list of items, and beginning a new one.
namespace yimen::editing {

namespace {

constexpr std::string_view list_states[] = {"", "mine", "draft", "checked", "published", "withdrawn"};

}  // namespace

ListFilter filter_of(const Context& c) {
    auto& query = c.request.query;
    ListFilter filter{std::string(first_characters(trim(query.get("q")), 100)),
                      std::string(query.get("department")),
                      std::string(query.get("state")),
                      1,
                      {}};
    if (filter.state == "mine") filter.edited_by = c.who().staff, filter.state.clear();
    if (std::ranges::find(list_states, filter.state) == std::end(list_states)) filter.state.clear();
    auto page = query.get("page");
    if (!page.empty() && page.size() < 6 && std::ranges::all_of(page, [](char d) { return d >= '0' && d <= '9'; }))
        filter.page = std::max(1, std::stoi(std::string(page)));
    return filter;
}

void catch_up(const Context& c) {
    auto division = c.site.division;
    bool late = c.read([&](db::Tx& tx) { return list_is_late(tx, division); });
    while (late) late = c.site.database.write([&](db::Tx& tx) { return bring_up_to_date(tx, division); });
}

namespace {

std::string encoded(std::string_view text) {
    std::string out;
    for (unsigned char c : text)
        out += std::isalnum(c) || c == '-' || c == '_' || c == '.' ? std::string(1, char(c)) : fmt::format("%{:02X}", c);
    return out;
}

std::string address(const ListFilter& filter, std::string_view state, int page) {
    return fmt::format("/editing?q={}&department={}&state={}{}", encoded(filter.text), encoded(filter.department), state,
                       page > 1 ? fmt::format("&page={}", page) : "");
}

View row_view(const Context& c, const ListRow& row) {
    auto language = c.language();
    bool english = language == Language::en;
    std::string state = !row.draft_state.empty() ? row.draft_state : !row.withdrawn_from.empty() ? "withdrawn" : "published";
    constexpr std::tuple<std::string_view, std::string_view, std::string_view> looks[] = {
        {"published", "green", "✓"}, {"draft", "yellow", "✎"}, {"checked", "turquoise", "◐"}, {"withdrawn", "grey", "■"}};
    auto look = *std::ranges::find_if(looks, [&](auto& one) { return std::get<0>(one) == state; });
    return {
        {"item", row.item},
        {"path", path_of(row.item)},
        {"text", english ? row.name_en : row.name_zh},
        {"department", english ? row.department_en : row.department_zh},
        {"version", row.version},
        {"has_version", row.version > 0},
        {"from", row.from},
        {"withdrawn_from", row.withdrawn_from},
        {"state", View{{"word", word_of(language, "editing.state_", state)}, {"colour", std::get<1>(look)}, {"shape", std::get<2>(look)}}},
        {"by", row.edited_by_name},
        {"at", row.edited_at ? for_people(*row.edited_at, language) : ""}};
}

json::array departments_view(const Context& c, std::string_view chosen) {
    json::array all;
    for (auto& one : c.read([&](db::Tx& tx) { return departments(tx, c.site.division); }))
        all.push_back(View{{"value", one.name}, {"text", c.language() == Language::en ? one.en : one.zh}, {"chosen", one.name == chosen}});
    return all;
}

Response show_list(const Context& c) {
    catch_up(c);
    auto filter = filter_of(c);
    auto found = c.read([&](db::Tx& tx) { return listed(tx, c.site.division, filter); });
    json::array rows, states;
    std::string_view chosen = filter.edited_by ? "mine" : std::string_view(filter.state);
    for (auto& row : found.rows) rows.push_back(row_view(c, row));
    for (auto state : list_states)
        states.push_back(View{{"href", address(filter, state, 1)},
                              {"text", word_of(c.language(), "editing.state_", state.empty() ? "all" : state)},
                              {"current", state == chosen}});
    auto pages = (found.matching + rows_a_page - 1) / rows_a_page;
    View view{{"title", words(c.language(), "editing.title")},
              {"q", filter.text},
              {"state", chosen},
              {"departments", departments_view(c, filter.department)},
              {"states", std::move(states)},
              {"has_rows", !rows.empty()},
              {"rows", std::move(rows)},
              {"matching", found.matching},
              {"page_number", filter.page},
              {"pages", std::max<int64_t>(pages, 1)}};
    if (filter.page > 1) view["previous"] = address(filter, chosen, filter.page - 1);
    if (filter.page < pages) view["next"] = address(filter, chosen, filter.page + 1);
    return c.page(200, "editing/list", std::move(view));
}

Response new_page(const Context& c, int status, std::string_view error, std::string_view about) {
    catch_up(c);
    auto& form = c.request.form;
    View view{{"title", words(c.language(), "editing.new_title")},
              {"item", form.get("item")},
              {"name_zh", form.get("name_zh")},
              {"name_en", form.get("name_en")},
              {"for_person", form.get("applicant") == "person"},
              {"copy_of", form.has("copy_of") ? form.get("copy_of") : c.request.query.get("copy_of")},
              {"departments", departments_view(c, form.get("department"))}};
    if (!error.empty()) {
        auto text = words(c.language(), fmt::format("editing.error_{}", error));
        view["error"] = text;
        view["about"] = about;
        view[fmt::format("wrong_{}", about)] = text;
    }
    return c.page(status, "editing/new", std::move(view));
}

std::string_view about(Refusal refusal) {
    if (refusal == Refusal::unknown_department) return "department";
    if (refusal == Refusal::not_found) return "copy_of";
    return "item";
}

Response make_new(const Context& c) {
    auto& form = c.request.form;
    auto typed = [&](std::string_view name) { return std::string(trim(form.get(name))); };
    NewItem wanted{typed("item"),
                   typed("department"),
                   typed("copy_of"),
                   {typed("name_zh"), typed("name_en")},
                   typed("applicant") == "person" ? "person" : "organisation"};
    if (wanted.name.zh.empty() || wanted.name.en.empty())
        return new_page(c, 422, "names_missing", wanted.name.zh.empty() ? "name_zh" : "name_en");
    std::optional<Refusal> refusal;
    auto answer = c.write([&](db::Tx& tx) -> Response {
        auto desk = desk_of(c, tx);
        auto made = begin_new(desk, wanted);
        if (made) return c.go(path_of(wanted.item), "editing.notice_begun");
        refusal = made.error();
        return refusal_page(c, made.error());
    });
    if (answer.status < 400 || !refusal || *refusal == Refusal::not_permitted) return answer;
    return new_page(c, status_of(*refusal) == 404 ? 422 : status_of(*refusal), code(*refusal), about(*refusal));
}

}  // namespace

void add_list_pages(identity::Routes& routes, const Parts&) {
    routes.get("/editing", Act::edit_item, [](Context& c) { return show_list(c); });
    routes.get("/editing/new", Act::edit_item, [](Context& c) { return new_page(c, 200, "", ""); });
    routes.post("/editing/new", Act::edit_item, [](Context& c) { return make_new(c); });
}

}  // namespace yimen::editing
