#include "editing/api.h"

#include "editing/gate.h"
#include "editing/pages_shared.h"
#include "editing/store_list.h"

namespace yimen::editing {

namespace {

json::value text_or_null(std::string_view text) { return text.empty() ? json::value() : json::value(text); }

Response list(const Context& c) {
    catch_up(c);
    auto filter = filter_of(c);
    auto found = c.read([&](db::Tx& tx) { return listed(tx, c.site.division, filter); });
    json::array items;
    for (auto& row : found.rows)
        items.push_back(json::object{{"item", row.item},
                                     {"name", json::object{{"zh", row.name_zh}, {"en", row.name_en}}},
                                     {"version", row.version},
                                     {"from", text_or_null(row.from)},
                                     {"withdrawn_from", text_or_null(row.withdrawn_from)},
                                     {"draft", text_or_null(row.draft_state)}});
    return web::json(200, json::object{{"items", std::move(items)}, {"matching", found.matching}, {"page", filter.page}});
}

json::object head(const Draft& draft) {
    return {{"item", draft.item}, {"based_on", draft.based_on}, {"revision", draft.revision}, {"state", name(draft.state)}};
}

Response show(const Context& c) {
    auto draft = open_draft(c, item_of(c));
    if (!draft) return refusal_page(c, Refusal::not_found);
    auto answer = head(*draft);
    answer["content"] = draft->content;
    return web::json(200, answer);
}

Response problems(const Context& c) {
    auto draft = open_draft(c, item_of(c));
    if (!draft) return refusal_page(c, Refusal::not_found);
    auto found = gate(*draft, c.today());
    json::array all, examples;
    for (auto& problem : found.problems)
        all.push_back(json::object{{"part", problem.part}, {"text", json::object{{"zh", problem.text.zh}, {"en", problem.text.en}}}});
    for (auto& example : found.examples)
        examples.push_back(json::object{{"name", example.name}, {"holds", example.answerable && example.differences.empty()}});
    auto answer = head(*draft);
    answer["passed"] = found.passed();
    answer["problems"] = std::move(all);
    answer["examples"] = std::move(examples);
    return web::json(200, answer);
}

}  // namespace

void add_api(identity::Routes& routes, const Parts& parts) {
    add_import_api(routes, parts);
    routes.get("/api/editing/items", Act::edit_item, [](Context& c) { return list(c); });
    routes.get("/api/editing/items/{item}", Act::edit_item, [](Context& c) { return show(c); });
    routes.get("/api/editing/items/{item}/problems", Act::edit_item, [](Context& c) { return problems(c); });
}

}  // namespace yimen::editing
