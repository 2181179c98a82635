#include "catalogue/exchange_csv.h"
#include "editing/pages_importing.h"

// Importing lists: handing files in, what the trial found, confirming by a second person; and the tables as files.
namespace yimen::editing {

namespace {

std::string path_of_import(ImportId id) { return "/editing/import/" + to_text(id); }

View state_view(const Context& c, const Import& import) {
    constexpr std::tuple<std::string_view, std::string_view> looks[] = {{"blue", "…"}, {"blue", "…"}, {"red", "✕"},   {"yellow", "◐"},
                                                                        {"blue", "…"}, {"blue", "…"}, {"green", "✓"}, {"orange", "!"},
                                                                        {"grey", "■"}, {"red", "✕"}};
    auto [colour, shape] = looks[static_cast<int>(import.state)];
    return {{"word", word_of(c.language(), "editing.import_state_", name(import.state))}, {"colour", colour}, {"shape", shape}};
}

std::string names_of(const Import& import) {
    std::string all;
    for (auto& file : import.files) all += (all.empty() ? "" : ", ") + file.name;
    return all;
}

View import_view(const Context& c, const Import& import) {
    View view{{"path", path_of_import(import.id)},
              {"files", names_of(import)},
              {"state", state_view(c, import)},
              {"uploaded_by", import.uploaded_by_name},
              {"uploaded_at", for_people(import.uploaded_at, c.language())},
              {"added", import.added},
              {"next_versions", import.next_versions},
              {"unchanged", import.unchanged},
              {"fault_count", import.fault_count}};
    if (import.confirmed_at) {
        view["confirmed_by"] = import.confirmed_by_name;
        view["confirmed_at"] = for_people(*import.confirmed_at, c.language());
    }
    return view;
}

json::array departments_view(const Context& c) {
    json::array all;
    for (auto& one : c.read([&](db::Tx& tx) { return departments(tx, c.site.division); }))
        all.push_back(View{{"value", one.name}, {"text", c.language() == Language::en ? one.en : one.zh}});
    return all;
}

Response list_page(const Context& c, int status = 200, const std::vector<catalogue::Text>& wrong = {}) {
    if (!may_import(c.who(), c.today())) return refusal_page(c, Refusal::not_permitted);
    catch_up(c);
    json::array rows, mistakes;
    for (auto& import : c.read([&](db::Tx& tx) { return imports(tx, c.site.division, 50); })) rows.push_back(import_view(c, import));
    for (auto& one : wrong) mistakes.push_back(View{{"text", one.in(c.language())}});
    return c.page(status, "editing/imports",
                  {{"title", words(c.language(), "editing.import_title")},
                   {"has_rows", !rows.empty()},
                   {"rows", std::move(rows)},
                   {"has_mistakes", !mistakes.empty()},
                   {"mistakes", std::move(mistakes)},
                   {"largest", largest_import_file >> 20},
                   {"departments", departments_view(c)}});
}

Response upload(const Context& c, const Parts& parts) {
    auto handed =
        take_upload(c, parts, [&](const Import& import) { return c.go(path_of_import(import.id), "editing.notice_import_taken"); });
    return handed.wrong.empty() ? std::move(handed.answer) : list_page(c, 422, handed.wrong);
}

void add_lines_view(const Context& c, const Import& import, View& view) {
    const auto kind = kind_of(c, import);
    const auto page = page_of(c);
    auto found = c.read([&](db::Tx& tx) { return lines(tx, import.division, import.id, kind, (page - 1) * lines_a_page, lines_a_page); });
    const auto count = c.read([&](db::Tx& tx) { return count_lines(tx, import.division, import.id, kind); });
    json::array rows, kinds;
    for (auto& line : found)
        rows.push_back(View{{"subject", line.subject},
                            {"number", line.number},
                            {"has_number", line.number > 0},
                            {"part", line.part},
                            {"value", line.value},
                            {"text", line.text.in(c.language())}});
    auto address = [&](std::string_view of, int64_t at) {
        return fmt::format("{}?kind={}&page={}#lines", path_of_import(import.id), of, at);
    };
    for (auto [one, size] : {std::pair{"fault", import.fault_count}, {"new", import.added}, {"next", import.next_versions}})
        if (size)
            kinds.push_back(View{{"href", address(one, 1)},
                                 {"text", fmt::format("{} {}", word_of(c.language(), "editing.import_kind_", one), size)},
                                 {"current", kind == one}});
    const auto pages = std::max<int64_t>(1, (count + lines_a_page - 1) / lines_a_page);
    view["kinds"] = std::move(kinds);
    view["are_faults"] = kind == "fault";
    view["has_lines"] = !rows.empty();
    view["lines"] = std::move(rows);
    view["page_number"] = page;
    view["pages"] = pages;
    view["several_pages"] = pages > 1;
    view["not_all"] = kind == "fault" && count < import.fault_count;
    view["kept"] = count;
    if (page > 1) view["previous"] = address(kind, page - 1);
    if (page < pages) view["next"] = address(kind, page + 1);
}

Response import_page(const Context& c, int status = 200, std::string_view error = "") {
    auto import = shown_import(c);
    if (!import) return refusal_page(c, may_import(c.who(), c.today()) ? Refusal::not_found : Refusal::not_permitted);
    auto view = import_view(c, *import);
    const bool mine = import->uploaded_by == c.who().staff, ready = import->state == ImportState::ready;
    view["title"] = words(c.language(), "editing.import_one_title");
    view["live"] = "/live/editing/import/" + to_text(import->id);
    view["under_way"] = import->under_way();
    view["moving"] = import->under_way() && import->total > 0;
    view["done"] = import->done;
    view["total"] = import->total;
    view["explained"] = word_of(c.language(), "editing.import_text_", name(import->state));
    view["nothing_new"] = ready && import->added + import->next_versions == 0;
    view["may_confirm"] = ready && !mine && import->added + import->next_versions > 0;
    view["waits_for_another"] = ready && mine && import->added + import->next_versions > 0;
    view["may_drop"] = import->state != ImportState::published && import->state != ImportState::dropped &&
                       import->state != ImportState::confirmed && import->state != ImportState::publishing;
    view["tried"] = import->fault_count + import->added + import->next_versions + import->unchanged > 0;
    view["plan"] = import->plan;
    view["is_faulty"] = import->fault_count > 0;
    if (!error.empty()) view["error"] = words(c.language(), fmt::format("editing.error_{}", error));
    add_lines_view(c, *import, view);
    return c.page(status, "editing/import", std::move(view));
}

Response act(const Context& c, const Parts& parts, std::string_view notice,
             const std::function<Result<Import, Refusal>(Desk&, ImportId)>& what) {
    auto id = import_of(c);
    if (!id) return refusal_page(c, Refusal::not_found);
    std::optional<Refusal> refusal;
    auto answer = c.write([&](db::Tx& tx) -> Response {
        auto desk = desk_of(c, tx);
        auto done = what(desk, *id);
        if (done) return tell_import(c, tx, parts, *id), c.go(path_of_import(*id), notice);
        refusal = done.error();
        return refusal_page(c, done.error());
    });
    if (answer.status < 400 || !refusal || *refusal == Refusal::not_found || *refusal == Refusal::not_permitted) return answer;
    return import_page(c, status_of(*refusal),
                       *refusal == Refusal::same_person        ? "import_same_person"
                       : *refusal == Refusal::not_possible_now ? "import_not_now"
                                                               : "import_changed");
}

// A spreadsheet must not take what stood in somebody's file for a formula.
std::string harmless(std::string text) {
    if (!text.empty() && std::string_view("=+-@\t").find(text.front()) != std::string_view::npos) text.insert(0, "'");
    return text;
}

Response faults_file(const Context& c) {
    auto import = shown_import(c);
    if (!import) return refusal_page(c, Refusal::not_found);
    std::vector<std::string> columns;
    for (auto* word : {"table", "row", "column", "value", "what_to_do"})
        columns.push_back(words(c.language(), fmt::format("editing.import_{}", word)));
    catalogue::ExchangeTable table("faults", columns);
    for (int64_t after = 0;; after += 1'000) {
        auto found = c.read([&](db::Tx& tx) { return lines(tx, import->division, import->id, "fault", after, 1'000); });
        for (auto& line : found) {
            table.add_row();
            for (auto& cell :
                 {line.subject, line.number ? std::to_string(line.number) : "", line.part, line.value, line.text.in(c.language())})
                table.add_cell(harmless(cell));
        }
        if (found.size() < 1'000) break;
    }
    return web::file("text/csv; charset=utf-8", fmt::format("faults-{}.csv", to_text(import->id)), catalogue::write_csv(table), true);
}

Response live(const Context& c) {
    auto import = shown_import(c);
    if (!import) return refusal_page(c, Refusal::not_found);
    Response response;
    response.body = web::EventStream{{import_topic(c.site.division, import->id)}};
    return response;
}

}  // namespace

void add_import_pages(identity::Routes& routes, const Parts& parts) {
    routes.get("/editing/import", Act::import_items, [](Context& c) { return list_page(c); });
    routes.post("/editing/import", Act::import_items, [parts](Context& c) { return upload(c, parts); },
                {.max_upload = largest_import_upload});
    routes.get("/editing/import/{import}", Act::import_items, [](Context& c) { return import_page(c); });
    routes.get("/editing/import/{import}/faults.csv", Act::import_items, [](Context& c) { return faults_file(c); });
    routes.get("/live/editing/import/{import}", Act::import_items, [](Context& c) { return live(c); }, {.live = true});
    routes.post("/editing/import/{import}/confirm", Act::confirm_import, [parts](Context& c) {
        return act(c, parts, "editing.notice_import_confirmed",
                   [&](Desk& desk, ImportId id) { return confirm(desk, id, c.request.form.get("plan")); });
    });
    routes.post("/editing/import/{import}/drop", Act::import_items, [parts](Context& c) {
        return act(c, parts, "editing.notice_import_dropped", [](Desk& desk, ImportId id) { return drop(desk, id); });
    });
    routes.get("/editing/export", Act::edit_item, [parts](Context& c) { return export_file(c, parts); });
}

}  // namespace yimen::editing
