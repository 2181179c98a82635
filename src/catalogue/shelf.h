#pragma once
#include "catalogue/load.h"
#include "catalogue/search.h"

namespace yimen::catalogue {

// What pages show of one item in one language and what never changes with the request: made once.
struct ItemViews {
  boost::json::object zh, en;
  const boost::json::object& in(Language l) const { return l == Language::en ? en : zh; }
};

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
  Shelf(Date day, Items in_force, const std::vector<Theme>& themes);
  std::shared_ptr<const ItemVersion> find(std::string_view item) const;
  const ItemViews* views(std::string_view item) const;
  // What the home page shows: see browse_view.
  const boost::json::object& browsing(Language l) const { return browsing_.in(l); }

  Date day;
  Items items;    // by name of the item
  Items popular;  // the most popular first, all of them
  std::vector<OfTheme> themes;
  std::vector<Department> departments;
  SearchIndex index;

 private:
  std::map<std::string, ItemViews, std::less<>> views_;
  ItemViews browsing_;
};

}  // namespace yimen::catalogue
