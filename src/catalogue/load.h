#pragma once
#include <vector>

#include <boost/json/object.hpp>

#include "base/embedded.h"
#include "catalogue/catalogue.h"
#include "catalogue/yaml.h"

namespace yimen::catalogue {

struct Theme {
    std::string name;
    Text title, hint;
};
struct LifeEvent {
    std::string name;
    Text title, hint;
    std::string for_whom;  // "person" or "organisation"
};

// An item as read from its files: data/catalogue/<department>/department.yaml and either <item>/ beside it with item.yaml
// and (where it has a form of its own) form.yaml, or a member of families/<family>.yaml. `stored` is what the database
// keeps and read_stored reads back.
struct LoadedItem {
    ItemVersion version;
    boost::json::object stored;
};
struct LoadedCatalogue {
    std::vector<Theme> themes;           // data/catalogue/themes.yaml, in the order to show
    std::vector<LifeEvent> life_events;  // data/catalogue/life-events.yaml, likewise
    std::vector<LoadedItem> items;       // those without a fault
    std::vector<Fault> faults;           // all, in order of file and line, each once
};
// `files`: everything under data/catalogue/, from the program or from a folder; with those under data/licences/, items are
// checked against these types of licences, otherwise against the program's.
LoadedCatalogue load_catalogue(const std::vector<EmbeddedFile>& files);
// The faults alone; none: everything may be published.
std::vector<Fault> check_catalogue(const std::vector<EmbeddedFile>& files);

// `name` says in faults where it came from.
Result<ItemVersion, std::vector<Fault>> read_stored(const boost::json::object& stored, const std::string& name);

}  // namespace yimen::catalogue
