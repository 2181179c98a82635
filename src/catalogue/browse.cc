#include "catalogue/browse.h"

#include "base/text.h"
#include "catalogue/views.h"

namespace yimen::catalogue {

namespace {

constexpr size_t most_hits = 400;
// Below this share of the query in the best hit, what was meant is guessed.
constexpr double found_well = 0.999;
// Hits that are this much worse than the best only happen to share a character with the query.
constexpr double too_far_behind = 0.12;

bool fits(const ItemVersion& item, const Filter& filter) {
  return (filter.department.empty() || item.department == filter.department) &&
         (filter.theme.empty() || std::ranges::find(item.themes, filter.theme) != item.themes.end()) &&
         (!filter.online || item.online());
}

std::vector<Hit> everything(const Shelf& shelf) {
  std::vector<Hit> hits;
  for (auto& item : shelf.popular) hits.push_back({item, 0, {}, 1});
  return hits;
}

std::vector<Hit> hits_of(const Shelf& shelf, const std::string& query) {
  auto hits = shelf.index.search(query, most_hits);
  if (!hits.empty())
    std::erase_if(hits, [best = hits.front().score](auto& hit) { return hit.score < best * too_far_behind; });
  return hits;
}

void count_departments(Found& found, const Shelf& shelf) {
  std::map<std::string_view, size_t> counts;
  for (auto& hit : found.hits) ++counts[hit.item->department];
  for (auto& department : shelf.departments)
    if (auto count = counts.find(department.name); count != counts.end())
      found.departments.emplace_back(&department, count->second);
  std::ranges::stable_sort(found.departments, std::ranges::greater(), [](auto& d) { return d.second; });
}

template <class List>
auto named(const List& list, std::string_view name, auto name_of) -> decltype(&*list.begin()) {
  auto found = std::ranges::find_if(list, [&](auto& one) { return name_of(one) == name; });
  return found == list.end() ? nullptr : &*found;
}

}  // namespace

const Shelf::Department* find_department(const Shelf& shelf, std::string_view name) {
  return named(
      shelf.departments, name, [](auto& d) -> auto& { return d.name; });
}

const Shelf::OfTheme* find_theme(const Shelf& shelf, std::string_view name) {
  return named(
      shelf.themes, name, [](auto& t) -> auto& { return t.theme.name; });
}

Found look_for(const Shelf& shelf, const Filter& filter) {
  Found found;
  const bool searching = !trim(filter.query).empty();
  found.hits = searching ? hits_of(shelf, filter.query) : everything(shelf);
  if (searching && (found.hits.empty() || found.hits.front().part < found_well))
    found.suggestion = shelf.index.meant(filter.query).value_or("");
  auto wider = filter;
  wider.department.clear();
  std::erase_if(found.hits, [&](auto& hit) { return !fits(*hit.item, wider); });
  count_departments(found, shelf);
  std::erase_if(found.hits, [&](auto& hit) { return !fits(*hit.item, filter); });
  return found;
}

}  // namespace yimen::catalogue
