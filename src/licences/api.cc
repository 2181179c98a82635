#include "licences/pages_parts.h"

namespace yimen::licences {

namespace {

using identity::Act;
using web::Response;
using web::View;

// Programs get dates as ISO 8601 and a status by its word; colours and sentences are for pages.
View for_programs(View view, const Licence& l, const Context& c) {
    for (auto* of_the_page : {"path", "days_left", "successor"}) view.erase(of_the_page);
    view["status"] = name(l.status_on(c.today()));
    view["valid_from"] = to_iso(l.valid_from);
    view["valid_to"] = to_iso(l.valid_to);
    view["issued_on"] = to_iso(shanghai_date(l.issued_at));
    auto next = c.read([&](db::Tx& tx) { return successor(tx, l.division, l.id); });
    view["replaced_by"] =
        next ? boost::json::value(View{{"identifier", next->identifier}, {"verify", verify_address(*next, c.site)}}) : boost::json::value();
    return view;
}

View own_view(const Licence& l, const Parts& parts, const Context& c) {
    auto view = for_programs(card(l, parts.types, c), l, c);
    boost::json::array possible;
    for (auto& action : actions_view(l, parts, c)) possible.push_back(action.at("item"));
    view["items"] = std::move(possible);
    view["pdf"] = "/licences/" + to_text(l.id) + "/pdf";
    view["verify"] = verify_address(l, c.site);
    return view;
}

Response list(const Context& c, const Parts& parts) {
    boost::json::array licences;
    for (auto& licence : own_licences(c)) licences.push_back(own_view(licence, parts, c));
    return web::json(200, View{{"licences", std::move(licences)}});
}

Response show(const Context& c, const Parts& parts) {
    auto licence = own_licence(c);
    if (!licence) return c.refused(404, "licences", "not_found");
    auto view = own_view(*licence, parts, c);
    view["values"] = values_view(*licence, parts.types, c.language(), false);
    return web::json(200, view);
}

Response verify(const Context& c, const Parts& parts, web::RateLimit& limit) {
    if (!limit.allow(c.request.client, c.now())) return too_many(c);
    auto found = c.read([&](db::Tx& tx) { return by_token(tx, c.site.division, c.request.param("token")); });
    if (!found) return c.refused(404, "licences", "no_such_licence");
    return web::json(200, for_programs(verified_view(*found, parts.types, c), *found, c));
}

}  // namespace

void add_api(identity::Routes& routes, const Parts& parts) {
    auto limit = std::make_shared<web::RateLimit>(30, parts.lookups_per_minute);
    routes.get("/api/licences", Act::see_own_licences, [&parts](Context& c) { return list(c, parts); });
    routes.get("/api/licences/{id}", Act::see_own_licences, [&parts](Context& c) { return show(c, parts); });
    add_looking(routes, parts, "/api/work/{id}/licences/{licence}");
    routes.get("/api/verify/{token}", Act::verify_licence, [&parts, limit](Context& c) { return verify(c, parts, *limit); });
}

}  // namespace yimen::licences
