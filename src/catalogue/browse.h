#pragma once
#include "catalogue/facets.h"
#include "catalogue/shelf.h"

// Looking through the catalogue: what the home page shows, lists by department and theme, results of a search.
namespace yimen::catalogue {

using View = boost::json::object;

struct Found {
    std::vector<Hit> hits;      // best first; without a query the most popular first
    std::string suggestion;     // "did you mean", where the query was found poorly or not at all
    std::vector<Facet> facets;  // those with more than nothing, in the order of dimensions()
};
// Unknown names of departments, themes … find nothing.
Found look_for(const Shelf&, const Filter&);

const Shelf::Department* find_department(const Shelf&, std::string_view name);
const Shelf::OfTheme* find_theme(const Shelf&, std::string_view name);
const Shelf::OfEvent* find_event(const Shelf&, std::string_view name);

// The address with this filter and page; empty parts are left out.
std::string filter_path(std::string_view path, const Filter&, size_t page = 1);
// One page of what was found, with the ways to the others: "items", "count", "pages", "previous", "next"; how it can be
// narrowed ("flags", "groups") and widened again ("chosen"). `path`: of the page that lists.
View found_view(const Shelf&, const Found&, const Filter&, std::string_view path, size_t page, Language);
// The facets as data: [{name, title, values: [{value, title, count}]}].
boost::json::array facets_view(const Shelf&, const Found&, Language);
View event_view(const Shelf::OfEvent&, Language);
View department_view(const Shelf::Department&, Language);
View theme_view(const Shelf::OfTheme&, Language);

constexpr size_t results_a_page = 20;

}  // namespace yimen::catalogue
