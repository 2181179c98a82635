#pragma once
#include "catalogue/shelf.h"

// Looking through the catalogue: what the home page shows, lists by department and theme, results of a search.
namespace yimen::catalogue {

using View = boost::json::object;

struct Filter {
  std::string query, department, theme;  // empty: any
  bool online = false;                   // only what can be applied for here
};
struct Found {
  std::vector<Hit> hits;   // best first; without a query the most popular first
  std::string suggestion;  // "did you mean", where the query was found poorly or not at all
  // How many of what the query found each department has, the most first: the facets of the search page.
  std::vector<std::pair<const Shelf::Department*, size_t>> departments;
};
// Unknown names of departments and themes find nothing.
Found look_for(const Shelf&, const Filter&);

const Shelf::Department* find_department(const Shelf&, std::string_view name);
const Shelf::OfTheme* find_theme(const Shelf&, std::string_view name);

// The address with this filter and page; empty parts are left out.
std::string filter_path(std::string_view path, const Filter&, size_t page = 1);
// One page of what was found, with the ways to the others: "items", "count", "pages", "previous", "next", "from", "to".
View found_view(const Found&, const Filter&, std::string_view path, size_t page, Language);
View department_view(const Shelf::Department&, Language);
View theme_view(const Shelf::OfTheme&, Language);

constexpr size_t results_a_page = 20;

}  // namespace yimen::catalogue
