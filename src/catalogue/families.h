#pragma once
#include "catalogue/yaml.h"

namespace yimen::catalogue {

// One member of a family as if it had an item.yaml of its own. Each value keeps the line on which it was written, be it the
// member's or the family's common part.
struct Member {
    boost::json::value item;
    std::map<std::string, int, std::less<>> lines;
};
// The members of families/<family>.yaml: each key of a member replaces the common one; codes among a member's `materials` stand
// for the family's materials. What is wrong with the frame is added to the faults; what is wrong inside an item shows when the
// item is read.
std::vector<Member> members_of(const std::string& file, const YamlTree& family, std::vector<Fault>&);

}  // namespace yimen::catalogue
