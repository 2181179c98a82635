#include "catalogue/pages.h"
#include "catalogue/pages_asking.h"
#include "catalogue/published.h"
#include "catalogue/views.h"
#include "catalogue/views_figures.h"
#include "web/limits.h"

// Search, and the lists by life event, theme and department.
namespace yimen::catalogue {

namespace {

using identity::Act;
using identity::Context;
using web::Response;

Response search(const Parts& parts, web::RateLimit& limit, Context& c) {
    if (!limit.allow(c.request.client, c.now())) {
        auto refused = c.refused(429, "catalogue", "too_many_searches");
        return std::move(refused.header("Retry-After", "30"));
    }
    auto shelf = parts.catalogue.shelf(c.today());
    auto filter = filter_of(c.request);
    auto found = filter.query.empty() ? Found{} : look_for(*shelf, filter);
    auto view = found_view(*shelf, found, filter, "/search", page_of(c.request), c.language());
    view["query"] = filter.query;
    view["compact"] = true;  // the heading says what the box is for
    view["own_search"] = true;
    view["title"] = filter.query.empty() ? web::words(c.language(), "catalogue.search_title")
                                         : web::words(c.language(), "catalogue.search_title_of", {{"query", filter.query}});
    return c.page(200, "catalogue/search", std::move(view), &shelf->browsing(c.language()));
}

View list_view(const Shelf& shelf, const Filter& filter, Context& c) {
    return found_view(shelf, look_for(shelf, filter), filter, "/items", page_of(c.request), c.language());
}

Response items(const Parts& parts, Context& c) {
    auto shelf = parts.catalogue.shelf(c.today());
    auto filter = filter_of(c.request);
    filter.query.clear();
    auto view = list_view(*shelf, filter, c);
    view["title"] = web::words(c.language(), "catalogue.items_title");
    return c.page(200, "catalogue/items", std::move(view), &shelf->browsing(c.language()));
}

// The list of one department, theme or life event: from there on it is narrowed as any list.
Response list_of(Context& c, const Shelf& shelf, const Filter& filter, View head) {
    auto view = list_view(shelf, filter, c);
    for (auto* name : {"title", "hint"})
        if (auto* text = head.if_contains(name)) view[name] = *text;
    view["below"] = true;
    return c.page(200, "catalogue/items", std::move(view), &shelf.browsing(c.language()));
}

Response department(const Parts& parts, Context& c) {
    auto shelf = parts.catalogue.shelf(c.today());
    auto* found = find_department(*shelf, c.request.param("name"));
    if (!found) return c.refused(404, "catalogue", "no_department");
    return list_of(c, *shelf, {.department = found->name}, department_view(*found, c.language()));
}

Response theme(const Parts& parts, Context& c) {
    auto shelf = parts.catalogue.shelf(c.today());
    auto* found = find_theme(*shelf, c.request.param("name"));
    if (!found) return c.refused(404, "catalogue", "no_theme");
    return list_of(c, *shelf, {.theme = found->theme.name}, theme_view(*found, c.language()));
}

Response life_event(const Parts& parts, Context& c) {
    auto shelf = parts.catalogue.shelf(c.today());
    auto* found = find_event(*shelf, c.request.param("name"));
    if (!found) return c.refused(404, "catalogue", "no_life_event");
    return list_of(c, *shelf, {.event = found->event.name}, event_view(*found, c.language()));
}

Response figures(const Parts& parts, Context& c) {
    auto shelf = parts.catalogue.shelf(c.today());
    auto view = figures_view(*shelf, c.language());
    view["title"] = web::words(c.language(), "catalogue.figures_title");
    return c.page(200, "catalogue/figures", std::move(view), &shelf->browsing(c.language()));
}

}  // namespace

void add_finding_pages(identity::Routes& routes, const Parts& parts) {
    auto limit = std::make_shared<web::RateLimit>(std::max(60, parts.searches_per_minute / 4), parts.searches_per_minute);
    routes.get("/search", Act::browse, [&parts, limit](Context& c) { return search(parts, *limit, c); });
    routes.get("/items", Act::browse, [&parts](Context& c) { return items(parts, c); });
    routes.get("/departments/{name}", Act::browse, [&parts](Context& c) { return department(parts, c); });
    routes.get("/themes/{name}", Act::browse, [&parts](Context& c) { return theme(parts, c); });
    routes.get("/life-events/{name}", Act::browse, [&parts](Context& c) { return life_event(parts, c); });
    routes.get("/catalogue/figures", Act::browse, [&parts](Context& c) { return figures(parts, c); });
}

}  // namespace yimen::catalogue
