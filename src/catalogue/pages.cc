#include "catalogue/pages.h"

#include "catalogue/pages_asking.h"
#include "catalogue/published.h"
#include "catalogue/views.h"
#include "web/limits.h"

namespace yimen::catalogue {

namespace {

using identity::Act;
using identity::Context;
using web::Response;

Response home(const Parts& parts, Context& c) {
  auto shelf = parts.catalogue.shelf(c.today());
  return c.page(200, "catalogue/home", {{"title", web::words(c.language(), "catalogue.home_title")}},
                &shelf->browsing(c.language()));
}

Response search(const Parts& parts, web::RateLimit& limit, Context& c) {
  if (!limit.allow(c.request.client, c.now())) {
    auto refused = c.refused(429, "catalogue", "too_many_searches");
    return std::move(refused.header("Retry-After", "30"));
  }
  auto shelf = parts.catalogue.shelf(c.today());
  auto filter = filter_of(c.request);
  auto found = filter.query.empty() ? Found{} : look_for(*shelf, filter);
  auto view = found_view(found, filter, "/search", page_of(c.request), c.language());
  view["query"] = filter.query;
  view["compact"] = true;  // the heading says what the box is for
  view["title"] = filter.query.empty()
                      ? web::words(c.language(), "catalogue.search_title")
                      : web::words(c.language(), "catalogue.search_title_of", {{"query", filter.query}});
  return c.page(200, "catalogue/search", std::move(view), &shelf->browsing(c.language()));
}

// The department or theme as chosen, for the boxes of the form.
void mark_chosen(boost::json::array& options, std::string_view name) {
  for (auto& option : options) option.as_object()["chosen"] = option.at("name").as_string() == name;
}

Response items(const Parts& parts, Context& c) {
  auto shelf = parts.catalogue.shelf(c.today());
  auto filter = filter_of(c.request);
  filter.query.clear();
  auto& browsing = shelf->browsing(c.language());
  auto view = found_view(look_for(*shelf, filter), filter, "/items", page_of(c.request), c.language());
  for (auto* name : {"departments", "themes"}) view[name] = browsing.at(name);
  mark_chosen(view["departments"].as_array(), filter.department);
  mark_chosen(view["themes"].as_array(), filter.theme);
  view["online"] = filter.online;
  view["title"] = web::words(c.language(), "catalogue.items_title");
  return c.page(200, "catalogue/items", std::move(view), &browsing);
}

Response department(const Parts& parts, Context& c) {
  auto shelf = parts.catalogue.shelf(c.today());
  auto* found = find_department(*shelf, c.request.param("name"));
  if (!found) return c.refused(404, "catalogue", "no_department");
  auto view = department_view(*found, c.language());
  view["items"] = cards(found->items, c.language());
  return c.page(200, "catalogue/department", std::move(view), &shelf->browsing(c.language()));
}

Response theme(const Parts& parts, Context& c) {
  auto shelf = parts.catalogue.shelf(c.today());
  auto* found = find_theme(*shelf, c.request.param("name"));
  if (!found) return c.refused(404, "catalogue", "no_theme");
  auto view = theme_view(*found, c.language());
  view["items"] = cards(found->items, c.language());
  return c.page(200, "catalogue/theme", std::move(view), &shelf->browsing(c.language()));
}

// The item is looked up in the shelf and shown as it stands there: nothing of it is copied.
Response item(const Parts& parts, Context& c) {
  auto shelf = parts.catalogue.shelf(c.today());
  auto* views = shelf->views(c.request.param("item"));
  if (!views) return c.refused(404, "catalogue", "no_item");
  auto& shown = views->in(c.language());
  return c.page(200, "catalogue/item", {{"title", shown.at("name")}}, &shown);
}

}  // namespace

std::function<bool()> shelf_is_made(identity::Routes& routes, const Parts& parts) {
  return [&site = routes.site(), &parts] { return parts.catalogue.has_shelf(shanghai_date(site.clock.now())); };
}

void add_pages(identity::Routes& routes, const Parts& parts) {
  auto limit = std::make_shared<web::RateLimit>(std::max(60, parts.searches_per_minute / 4), parts.searches_per_minute);
  const identity::RouteLimits from_memory{.from_memory = shelf_is_made(routes, parts)};
  routes.get("/", Act::browse, [&parts](Context& c) { return home(parts, c); }, from_memory);
  routes.get("/search", Act::browse, [&parts, limit](Context& c) { return search(parts, *limit, c); });
  routes.get("/items", Act::browse, [&parts](Context& c) { return items(parts, c); });
  routes.get("/departments/{name}", Act::browse, [&parts](Context& c) { return department(parts, c); });
  routes.get("/themes/{name}", Act::browse, [&parts](Context& c) { return theme(parts, c); });
  routes.get("/items/{item}", Act::browse, [&parts](Context& c) { return item(parts, c); }, from_memory);
  add_guidance_pages(routes, parts);
}

}  // namespace yimen::catalogue
