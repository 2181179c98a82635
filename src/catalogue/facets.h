#pragma once
#include "catalogue/catalogue.h"

// By what a list of items can be narrowed, all of it in the address and in any combination.
namespace yimen::catalogue {

struct Filter {
    std::string query = {};  // empty: everything
    // Each empty: any.
    std::string department = {}, theme = {};
    std::string online = {};  // these five: "yes" or empty
    std::string event = {};
    std::string applicant = {};  // "person", "organisation"
    std::string type = {};       // item type of GB/T 39046
    std::string booking = {}, kiosk = {}, at_once = {}, self_service = {};
};

struct Dimension {
    std::string_view name;  // in addresses
    std::string Filter::*chosen;
    Text title;
    bool flag;  // yes, or no matter
    // The values an item has, each given to `visit`.
    void (*values)(const ItemSummary&, const std::function<void(std::string_view)>& visit);
};
const std::vector<Dimension>& dimensions();

// One way to narrow what was found: how many there would be with each value, everything else chosen staying as it is.
struct Facet {
    const Dimension* dimension;
    std::vector<std::pair<std::string, size_t>> values;  // the most first
    bool operator==(const Facet&) const = default;
};

}  // namespace yimen::catalogue
