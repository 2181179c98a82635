#include "catalogue/shelf.h"

#include "catalogue/views.h"

namespace yimen::catalogue {

namespace {

Items most_popular_first(Items items) {
  std::ranges::stable_sort(items, [](auto& a, auto& b) { return a->popularity > b->popularity; });
  return items;
}

std::vector<Shelf::Department> by_department(const Items& items) {
  std::map<std::string, Shelf::Department> departments;
  for (auto& item : items) {
    auto& department = departments[item->department];
    department.name = item->department;
    department.title = item->authority;
    department.items.push_back(item);
  }
  std::vector<Shelf::Department> all;
  for (auto& [name, department] : departments) all.push_back(std::move(department));
  return all;
}

std::vector<Shelf::OfTheme> by_theme(const Items& popular, const std::vector<Theme>& themes) {
  std::vector<Shelf::OfTheme> all;
  for (auto& theme : themes) {
    Shelf::OfTheme of{theme, {}};
    for (auto& item : popular)
      if (std::ranges::find(item->themes, theme.name) != item->themes.end()) of.items.push_back(item);
    if (!of.items.empty()) all.push_back(std::move(of));
  }
  return all;
}

}  // namespace

Shelf::Shelf(Date on, Items in_force, const std::vector<Theme>& all_themes)
    : day(on),
      items(std::move(in_force)),
      popular(most_popular_first(items)),
      themes(by_theme(popular, all_themes)),
      departments(by_department(items)),
      index(items) {
  for (auto& item : items) views_[item->item] = {item_view(*item, Language::zh), item_view(*item, Language::en)};
  browsing_ = {browse_view(*this, Language::zh), browse_view(*this, Language::en)};
}

std::shared_ptr<const ItemVersion> Shelf::find(std::string_view item) const {
  auto found = std::ranges::lower_bound(items, item, {}, [](auto& i) -> std::string_view { return i->item; });
  return found == items.end() || (*found)->item != item ? nullptr : *found;
}

const ItemViews* Shelf::views(std::string_view item) const {
  auto found = views_.find(item);
  return found == views_.end() ? nullptr : &found->second;
}

}  // namespace yimen::catalogue
