#pragma once
#include "cases/store_answered.h"
#include "editing/parts.h"

// What stands between a draft and its publishing.
namespace yimen::editing {

// Something to mend, in words, and the part (with the entry: "materials/3") where it is mended.
struct Problem {
    std::string part;
    catalogue::Text text;
    std::string within = {};  // "choices/1/label/zh": where in the entry or form
};

// One example application (golden) run against the item: what came out otherwise than expected. Nothing: it holds.
struct Difference {
    std::string_view what;  // "situation", "needed", "exempt", "later", "fee": texts "editing.outcome_<what>"
    std::string expected, found;
};
struct Example {
    std::string name;
    std::vector<Difference> differences = {};
    bool answerable = true;  // false: its answers are not complete or not possible
};

struct Gate {
    std::vector<Problem> problems;  // all that must be mended before publishing
    std::vector<Example> examples;
    std::shared_ptr<const catalogue::ItemVersion> version;  // as it would be; nothing where it cannot be read
    bool decides = false;  // whether its tables can be followed: examples and past cases are tried on sound ones alone
    bool passed() const { return problems.empty(); }
};
// Everything that can be said without the database.
Gate gate(const Draft&, Date today);

// A case handed in earlier that the draft would treat otherwise.
struct Affected {
    std::string number;
    std::vector<Difference> differences = {};
};
struct Replay {
    size_t cases = 0;  // tried
    std::vector<Affected> affected;
};
// Each case by the version it is pinned to, and by the draft, with the same answers and the same documents held.
Replay replay(const catalogue::ItemVersion& next, const std::vector<cases::Answered>&, const catalogue::Catalogue&);
constexpr int most_replayed = 1'000;

}  // namespace yimen::editing
