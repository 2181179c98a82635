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
        department.title = item->authority();
        department.items.push_back(item);
    }
    std::vector<Shelf::Department> all;
    for (auto& [name, department] : departments) all.push_back(std::move(department));
    return all;
}

template <class Of, class Shown>
std::vector<Of> by_name(const Items& popular, const std::vector<Shown>& all, std::vector<std::string> ItemSummary::*names) {
    std::map<std::string_view, Items> of;
    for (auto& item : popular)
        for (auto& name : (*item).*names) of[name].push_back(item);
    std::vector<Of> shown;
    for (auto& one : all)
        if (auto found = of.find(one.name); found != of.end()) shown.push_back({one, std::move(found->second)});
    return shown;
}

Figures count_up(const Items& items) {
    Figures figures;
    for (auto& item : items) figures.add(*item);
    return figures;
}

}  // namespace

Shelf::Shelf(Date on, Items in_force, const std::vector<Theme>& all_themes, const std::vector<LifeEvent>& all_events)
    : day(on),
      items(std::move(in_force)),
      popular(most_popular_first(items)),
      themes(by_name<OfTheme>(popular, all_themes, &ItemSummary::themes)),
      events(by_name<OfEvent>(popular, all_events, &ItemSummary::life_events)),
      departments(by_department(items)),
      figures(count_up(items)),
      index(items) {
    browsing_zh_ = browse_view(*this, Language::zh);
    browsing_en_ = browse_view(*this, Language::en);
}

}  // namespace yimen::catalogue
