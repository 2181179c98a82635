#include "catalogue/pages.h"

#include "catalogue/published.h"
#include "catalogue/views.h"

namespace yimen::catalogue {

namespace {

using identity::Act;
using identity::Context;
using web::Response;

Response home(const Parts& parts, Context& c) {
    auto shelf = parts.catalogue.shelf(c.today());
    return c.page(200, "catalogue/home", {{"title", web::words(c.language(), "catalogue.home_title")}, {"own_search", true}},
                  &shelf->browsing(c.language()));
}

// The item is shown as it is kept: nothing of it is copied.
Response item(const Parts& parts, Context& c) {
    auto known = parts.catalogue.open(c.request.param("item"), c.today());
    if (!known) return c.refused(404, "catalogue", "no_item");
    auto& shown = known->views.in(c.language());
    return c.page(200, "catalogue/item", {{"title", shown.at("name")}}, &shown);
}

}  // namespace

std::function<bool(const web::Request&)> item_is_open(identity::Routes& routes, const Parts& parts) {
    return [&site = routes.site(), &parts](const web::Request& request) {
        return parts.catalogue.is_open(request.param("item"), shanghai_date(site.clock.now()));
    };
}

void add_pages(identity::Routes& routes, const Parts& parts) {
    auto shelf_is_made = [&site = routes.site(), &parts](const web::Request&) {
        return parts.catalogue.has_shelf(shanghai_date(site.clock.now()));
    };
    routes.get("/", Act::browse, [&parts](Context& c) { return home(parts, c); }, {.from_memory = shelf_is_made});
    routes.get("/items/{item}", Act::browse, [&parts](Context& c) { return item(parts, c); }, {.from_memory = item_is_open(routes, parts)});
    add_finding_pages(routes, parts);
    add_guidance_pages(routes, parts);
}

}  // namespace yimen::catalogue
