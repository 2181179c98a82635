#include "editing/api.h"
#include "editing/pages_importing.h"

// Importing lists, for programs.
namespace yimen::editing {

namespace {

json::value time_or_null(const std::optional<Instant>& at) { return at ? json::value(to_iso(*at)) : json::value(); }

json::object import_json(const Import& import) {
    json::array files;
    for (auto& file : import.files) files.push_back(json::object{{"name", file.name}, {"size", file.size}});
    return {{"id", to_text(import.id)},
            {"state", name(import.state)},
            {"files", std::move(files)},
            {"uploaded_by", import.uploaded_by_name},
            {"uploaded_at", to_iso(import.uploaded_at)},
            {"confirmed_by", import.confirmed_by_name.empty() ? json::value() : json::value(import.confirmed_by_name)},
            {"confirmed_at", time_or_null(import.confirmed_at)},
            {"ended_at", time_or_null(import.ended_at)},
            {"plan", import.plan},
            {"new", import.added},
            {"next", import.next_versions},
            {"unchanged", import.unchanged},
            {"faults", import.fault_count},
            {"done", import.done},
            {"total", import.total}};
}

Response list(const Context& c) {
    if (!may_import(c.who(), c.today())) return refusal_page(c, Refusal::not_permitted);
    json::array all;
    for (auto& import : c.read([&](db::Tx& tx) { return imports(tx, c.site.division, 50); })) all.push_back(import_json(import));
    return web::json(200, json::object{{"imports", std::move(all)}});
}

Response upload(const Context& c, const Parts& parts) {
    auto handed = take_upload(c, parts, [&](const Import& import) {
        return web::json(201, import_json(import)).header("Location", "/api/editing/imports/" + to_text(import.id));
    });
    if (handed.wrong.empty()) return std::move(handed.answer);
    json::array wrong;
    for (auto& one : handed.wrong) wrong.push_back(json::object{{"zh", one.zh}, {"en", one.en}});
    return web::problem(422, "import_files", words(c.language(), "editing.error_import_files"), {{"files", std::move(wrong)}});
}

Response missing(const Context& c) { return refusal_page(c, may_import(c.who(), c.today()) ? Refusal::not_found : Refusal::not_permitted); }

Response show(const Context& c) {
    auto import = shown_import(c);
    return import ? web::json(200, import_json(*import)) : missing(c);
}

Response show_lines(const Context& c) {
    auto import = shown_import(c);
    if (!import) return missing(c);
    const auto kind = kind_of(c, *import);
    const auto page = page_of(c);
    json::array all;
    for (auto& line :
         c.read([&](db::Tx& tx) { return lines(tx, import->division, import->id, kind, (page - 1) * lines_a_page, lines_a_page); }))
        all.push_back(kind == "fault" ? json::object{{"table", line.subject},
                                                     {"row", line.number},
                                                     {"column", line.part},
                                                     {"value", line.value},
                                                     {"text", {{"zh", line.text.zh}, {"en", line.text.en}}}}
                                      : json::object{{"item", line.subject},
                                                     {"version", line.number},
                                                     {"department", line.part},
                                                     {"from", line.value},
                                                     {"name", {{"zh", line.text.zh}, {"en", line.text.en}}}});
    const auto count = c.read([&](db::Tx& tx) { return count_lines(tx, import->division, import->id, kind); });
    return web::json(200, json::object{{"kind", kind}, {"lines", std::move(all)}, {"count", count}, {"page", page}});
}

Response act(const Context& c, const Parts& parts, const std::function<Result<Import, Refusal>(Desk&, ImportId)>& what) {
    auto id = import_of(c);
    if (!id) return refusal_page(c, Refusal::not_found);
    return c.write([&](db::Tx& tx) -> Response {
        auto desk = desk_of(c, tx);
        auto done = what(desk, *id);
        if (!done) return refusal_page(c, done.error());
        tell_import(c, tx, parts, *id);
        return web::json(200, import_json(*done));
    });
}

std::string plan_named(const Context& c) {
    boost::system::error_code broken;
    auto body = json::parse(c.request.body, broken);
    auto* map = broken ? nullptr : body.if_object();
    auto* plan = map ? map->if_contains("plan") : nullptr;
    return plan && plan->is_string() ? std::string(plan->as_string()) : std::string();
}

}  // namespace

void add_import_api(identity::Routes& routes, const Parts& parts) {
    routes.get("/api/editing/imports", Act::import_items, [](Context& c) { return list(c); });
    routes.post("/api/editing/imports", Act::import_items, [parts](Context& c) { return upload(c, parts); },
                {.max_upload = largest_import_upload});
    routes.get("/api/editing/imports/{import}", Act::import_items, [](Context& c) { return show(c); });
    routes.get("/api/editing/imports/{import}/lines", Act::import_items, [](Context& c) { return show_lines(c); });
    routes.post("/api/editing/imports/{import}/confirm", Act::confirm_import,
                [parts](Context& c) { return act(c, parts, [&](Desk& desk, ImportId id) { return confirm(desk, id, plan_named(c)); }); });
    routes.post("/api/editing/imports/{import}/drop", Act::import_items,
                [parts](Context& c) { return act(c, parts, [](Desk& desk, ImportId id) { return drop(desk, id); }); });
    routes.get("/api/editing/export", Act::edit_item, [parts](Context& c) { return export_file(c, parts); });
}

}  // namespace yimen::editing
