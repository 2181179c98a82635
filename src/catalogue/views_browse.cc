#include "catalogue/browse.h"
#include "catalogue/views.h"

namespace yimen::catalogue {

namespace {

constexpr size_t popular_at_home = 6;

// The most important everyday word of an item in the language: what a search may look like.
std::string example(const ItemVersion& item, Language language) {
  auto ascii = [](unsigned char c) { return c < 0x80; };
  for (auto& word : item.words)
    if (std::ranges::all_of(word, ascii) == (language == Language::en)) return word;
  return {};
}

boost::json::array examples(const Items& popular, Language language) {
  boost::json::array all;
  for (auto& item : popular) {
    auto word = example(*item, language);
    if (!word.empty() && all.size() < popular_at_home)
      all.push_back(
          View{{"text", word}, {"path", filter_path("/search", {.query = word, .department = {}, .theme = {}})}});
  }
  return all;
}

}  // namespace

View department_view(const Shelf::Department& department, Language language) {
  return {{"name", department.name},
          {"path", "/departments/" + department.name},
          {"title", department.title.in(language)},
          {"count", department.items.size()},
          {"one", department.items.size() == 1}};
}

View theme_view(const Shelf::OfTheme& of, Language language) {
  return {{"name", of.theme.name},
          {"path", "/themes/" + of.theme.name},
          {"title", of.theme.title.in(language)},
          {"hint", of.theme.hint.in(language)},
          {"count", of.items.size()},
          {"one", of.items.size() == 1}};
}

View browse_view(const Shelf& shelf, Language language) {
  boost::json::array themes, departments;
  for (auto& theme : shelf.themes) themes.push_back(theme_view(theme, language));
  for (auto& department : shelf.departments) departments.push_back(department_view(department, language));
  return {{"popular", cards(shelf.popular, language, popular_at_home)},
          {"examples", examples(shelf.popular, language)},
          {"themes", std::move(themes)},
          {"departments", std::move(departments)},
          {"item_count", shelf.items.size()}};
}

std::string filter_path(std::string_view path, const Filter& filter, size_t page) {
  std::string query;
  auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) query += fmt::format("{}{}={}", query.empty() ? "?" : "&", name, escaped(value));
  };
  add("q", filter.query);
  add("department", filter.department);
  add("theme", filter.theme);
  add("online", filter.online ? "yes" : "");
  add("page", page > 1 ? std::to_string(page) : "");
  return std::string(path) + query;
}

View found_view(const Found& found, const Filter& filter, std::string_view path, size_t page, Language language) {
  const size_t pages = std::max<size_t>(1, (found.hits.size() + results_a_page - 1) / results_a_page);
  page = std::clamp<size_t>(page, 1, pages);
  const size_t from = (page - 1) * results_a_page, to = std::min(from + results_a_page, found.hits.size());
  boost::json::array items, facets;
  for (size_t i = from; i < to; ++i) items.push_back(hit_view(found.hits[i], filter.query, language));
  for (auto& [department, count] : found.departments) {
    auto view = department_view(*department, language);
    auto narrowed = filter;
    narrowed.department = department->name;
    view["count"] = count;
    view["path"] = filter_path(path, narrowed);
    view["chosen"] = filter.department == department->name;
    facets.push_back(std::move(view));
  }
  auto wider = filter;
  wider.department.clear();
  return {
      {"items", std::move(items)},
      {"count", found.hits.size()},
      {"one", found.hits.size() == 1},
      {"several_departments", found.departments.size() > 1 || !filter.department.empty()},
      {"facets", std::move(facets)},
      {"any", !found.hits.empty()},
      {"everywhere", filter_path(path, wider)},
      {"narrowed", !filter.department.empty()},
      {"several_pages", pages > 1},
      {"number", page},
      {"pages", pages},
      {"previous", page > 1 ? filter_path(path, filter, page - 1) : ""},
      {"next", page < pages ? filter_path(path, filter, page + 1) : ""},
      {"suggestion", found.suggestion},
      {"suggestion_path", found.suggestion.empty()
                              ? ""
                              : filter_path("/search", {.query = found.suggestion, .department = {}, .theme = {}})}};
}

}  // namespace yimen::catalogue
