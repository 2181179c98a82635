#include <charconv>

#include "base/text.h"
#include "catalogue/store_versions.h"
#include "editing/gate.h"
#include "editing/pages_shared.h"

// Checking and publishing: what is wrong, which examples fail, whose case would come out otherwise.
namespace yimen::editing {

namespace {

// "choices/1/label/zh" as the form has it: "选项 · 第 2 行 · 显示的文字 · 中文".
std::string within_words(Language language, std::string_view part, std::string_view within) {
    std::string all;
    for (auto step : split(within, '/')) {
        if (step.empty()) continue;
        bool number = std::ranges::all_of(step, [](char c) { return c >= '0' && c <= '9'; });
        auto own = fmt::format("editing.box_{}_{}", part, step);
        auto word = number                ? words(language, "editing.row_number", {{"row", std::atoi(std::string(step).c_str()) + 1}})
                    : web::has_words(own) ? words(language, own)
                                          : word_of(language, "editing.box_", step);
        all += (all.empty() ? "" : " · ") + word;
    }
    return all;
}

// The entry that a problem is in, in its own words: "materials/3".
std::string entry_words(Language language, const Draft& draft, std::string_view place) {
    auto slash = place.find('/');
    auto part = slash == std::string_view::npos ? std::nullopt : part_named(place.substr(0, slash), draft.content);
    if (!part || part->list.empty()) return {};
    auto& list = list_of(*part, draft.content);
    auto at = static_cast<size_t>(std::atoi(std::string(place.substr(slash + 1)).c_str()));
    return at >= 1 && at <= list.size() ? entry_title(*part, list[at - 1], language) : std::string();
}

json::array problems_view(const Context& c, const Draft& draft, const Gate& gate) {
    json::array all;
    for (auto& problem : gate.problems) {
        auto stem = problem.part.substr(0, problem.part.find('/'));
        if (stem.starts_with("fields-") || stem.starts_with("columns-")) stem = stem.substr(0, stem.find('-'));
        auto where = word_of(c.language(), "editing.part_", stem);
        if (auto entry = entry_words(c.language(), draft, problem.part); !entry.empty()) where += " · " + entry;
        all.push_back(View{{"href", path_of(draft.item, problem.part)},
                           {"where", where},
                           {"within", within_words(c.language(), stem, problem.within)},
                           {"text", problem.text.in(c.language())}});
    }
    return all;
}

// What a situation or material is called, beside its code.
std::string with_names(const catalogue::ItemVersion* version, std::string_view what, const std::string& value, Language language) {
    if (value.empty()) return words(language, "editing.nothing");
    if (what == "fee") return words(language, "editing.yuan", {{"amount", yuan_text({std::atoll(value.c_str())})}});
    if (what == "on_the_spot") return word_of(language, "editing.option_", value);
    if (what == "promised" || what == "statutory")
        return words(language, value.ends_with('*') ? "editing.calendar_days" : "editing.working_days",
                     {{"days", std::atoi(value.c_str())}});
    if (!version || (what != "situation" && what != "needed" && what != "exempt" && what != "later")) return value;
    std::string named;
    for (auto part : split(value, ',')) {
        auto word = trim(part);
        std::string text(word);
        for (auto& one : version->situations)
            if (what == "situation" && one.name == word) text = one.title.in(language);
        if (auto* material = version->material(word); material && what != "situation") text = material->name.in(language);
        named += (named.empty() ? "" : words(language, "editing.comma")) + text;
    }
    return named;
}

json::array differences_view(const Context& c, const std::vector<Difference>& differences, const catalogue::ItemVersion* version) {
    json::array all;
    for (auto& one : differences)
        all.push_back(View{{"what", word_of(c.language(), "editing.outcome_", one.what)},
                           {"expected", with_names(version, one.what, one.expected, c.language())},
                           {"found", with_names(version, one.what, one.found, c.language())}});
    return all;
}

void add_examples(const Context& c, const Gate& gate, View& view) {
    json::array examples;
    for (auto& one : gate.examples)
        examples.push_back(View{{"example", one.name},
                                {"holds", one.answerable && one.differences.empty()},
                                {"unanswerable", !one.answerable},
                                {"differences", differences_view(c, one.differences, gate.version.get())}});
    view["has_examples"] = !examples.empty();
    view["examples"] = std::move(examples);
}

void add_replay(const Context& c, const Parts& parts, const Draft& draft, const Gate& gate, View& view) {
    view["replayed"] = gate.decides;
    if (!gate.decides) return;
    auto earlier = c.read([&](db::Tx& tx) { return cases::answered_cases(tx, c.site.division, draft.item, most_replayed); });
    auto replayed = replay(*gate.version, earlier, parts.catalogue);
    json::array affected;
    for (auto& one : replayed.affected) {
        if (affected.size() == 50) break;
        affected.push_back(View{{"number", one.number}, {"differences", differences_view(c, one.differences, gate.version.get())}});
    }
    view["cases"] = replayed.cases;
    view["affected_count"] = replayed.affected.size();
    view["has_affected"] = !affected.empty();
    view["more_affected"] = replayed.affected.size() > affected.size();
    view["affected"] = std::move(affected);
}

Response show_check(const Context& c, const Parts& parts, int status = 200, std::string_view error = "") {
    auto draft = open_draft(c, item_of(c));
    if (!draft) return refusal_page(c, Refusal::not_found);
    auto found = gate(*draft, c.today());
    auto view = head_view(c, *draft);
    view["title"] = fmt::format("{} · {}", word_of(c.language(), "editing.part_", "check"), std::string_view(view.at("name").as_string()));
    view["passed"] = found.passed();
    view["count"] = found.problems.size();
    view["problems"] = problems_view(c, *draft, found);
    add_examples(c, found, view);
    add_replay(c, parts, *draft, found, view);
    view["may_check"] = found.passed() && draft->state == State::draft && draft->edited_by != c.who().staff;
    view["waits_for_another"] = found.passed() && draft->state == State::draft && draft->edited_by == c.who().staff;
    if (!error.empty()) view["error"] = words(c.language(), fmt::format("editing.error_{}", error));
    add_company(c, draft->item, "check", view);
    return c.page(status, "editing/check", std::move(view));
}

Response show_publish(const Context& c, int status = 200, std::string_view error = "") {
    auto draft = open_draft(c, item_of(c));
    if (!draft) return refusal_page(c, Refusal::not_found);
    auto view = head_view(c, *draft);
    view["title"] =
        fmt::format("{} · {}", word_of(c.language(), "editing.part_", "publish"), std::string_view(view.at("name").as_string()));
    view["may_publish"] = draft->state == State::checked && draft->edited_by != c.who().staff;
    view["not_checked"] = draft->state != State::checked;
    view["from"] = c.request.form.has("from") ? std::string(c.request.form.get("from")) : to_iso(c.today());
    if (!error.empty()) view["error"] = words(c.language(), fmt::format("editing.error_{}", error));
    add_company(c, draft->item, "publish", view);
    return c.page(status, "editing/publish", std::move(view));
}

int64_t revision_typed(const Context& c) {
    auto text = c.request.form.get("revision");
    int64_t value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? value : 0;
}

// The refusal is told on the page itself, where what to do about it stands.
template <class Page>
Response act_or_page(const Context& c, std::string_view notice, const ActOnItem& act, Page&& page) {
    auto item = item_of(c);
    std::optional<Refusal> refusal;
    auto answer = c.write([&](db::Tx& tx) -> Response {
        auto desk = desk_of(c, tx);
        auto done = act(desk);
        if (done) return tell(c, tx, item), c.go(path_of(item), notice);
        refusal = done.error();
        return refusal_page(c, done.error());
    });
    if (answer.status < 400 || !refusal || *refusal == Refusal::not_found || *refusal == Refusal::not_permitted) return answer;
    return page(status_of(*refusal), code(*refusal));
}

Response check_it(const Context& c, const Parts& parts) {
    auto revision = revision_typed(c);
    return act_or_page(
        c, "editing.notice_checked", [&](Desk& desk) { return check(desk, item_of(c), revision); },
        [&](int status, std::string_view error) { return show_check(c, parts, status, error); });
}

Response publish_it(const Context& c, const Parts& parts) {
    auto from = parse_date(trim(c.request.form.get("from")));
    if (!from) return show_publish(c, 422, "day_wrong");
    auto revision = revision_typed(c);
    auto answer = act_or_page(
        c, "editing.notice_published", [&](Desk& desk) { return publish(desk, item_of(c), revision, *from); },
        [&](int status, std::string_view error) { return show_publish(c, status, error); });
    if (answer.status < 400) parts.catalogue.refresh();
    return answer;
}

}  // namespace

void add_gate_pages(identity::Routes& routes, const Parts& parts) {
    routes.get("/editing/items/{item}/check", Act::edit_item, [parts](Context& c) { return show_check(c, parts); });
    routes.post("/editing/items/{item}/check", Act::check_item, [parts](Context& c) { return check_it(c, parts); });
    routes.get("/editing/items/{item}/publish", Act::edit_item, [](Context& c) { return show_publish(c); });
    routes.post("/editing/items/{item}/publish", Act::publish_item, [parts](Context& c) { return publish_it(c, parts); });
}

}  // namespace yimen::editing
