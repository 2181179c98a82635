#pragma once
#include "catalogue/figures.h"
#include "catalogue/load.h"
#include "catalogue/search.h"

namespace yimen::catalogue {

// All that is on offer on one day, ready to be shown and searched. Immutable: a publishing or a new day makes a new
// one.
struct Shelf {
    struct Department {
        std::string name;
        Text title;
        Items items;  // by name
    };
    struct OfTheme {
        Theme theme;
        Items items;  // the most popular first
    };
    struct OfEvent {
        LifeEvent event;
        Items items;  // the most popular first
    };
    Shelf(Date day, Items in_force, const std::vector<Theme>& themes, const std::vector<LifeEvent>& events);
    // What the home page shows: see browse_view.
    const boost::json::object& browsing(Language l) const { return l == Language::en ? browsing_en_ : browsing_zh_; }

    Date day;
    Items items;    // by name of the item
    Items popular;  // the most popular first, all of them
    std::vector<OfTheme> themes;
    std::vector<OfEvent> events;
    std::vector<Department> departments;
    Figures figures;
    SearchIndex index;

  private:
    boost::json::object browsing_zh_, browsing_en_;
};

}  // namespace yimen::catalogue
