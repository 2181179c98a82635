#pragma once
#include <map>
#include <string>
#include <string_view>

#include <boost/json/value.hpp>

#include "base/result.h"

namespace yimen::catalogue {

// Something to mend in a file of the catalogue. `line` counts from 1; 0 where only the file is known.
struct Fault {
    std::string file;
    int line = 0;
    std::string message;  // what is wrong, and what to do about it
    bool operator==(const Fault&) const = default;
};
std::string to_text(const Fault&);  // "data/catalogue/water/…/item.yaml:12: …"

// A YAML file as JSON, and the line on which each value begins, by its path ("/questions/0/name").
// Whole numbers written without quotes (at most 15 digits, no leading zero) become integers, true and false booleans,
// everything else text; each can be read back as it was written.
struct YamlTree {
    boost::json::value value;
    std::map<std::string, int, std::less<>> lines;
};
// One document of at most 256 KiB, 20,000 values and 24 levels, in UTF-8. Anchors, aliases and tags are refused, and a
// key standing twice. Safe for bytes from anybody.
Result<YamlTree, Fault> read_yaml(std::string_view file, std::string_view bytes);

}  // namespace yimen::catalogue
