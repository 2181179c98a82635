#pragma once
#include "rules/program.h"
#include "rules/table.h"

namespace yimen::rules {

// Values of one column that no cell tells apart, and the rules whose cells they fit.
struct Region {
    std::string text;  // "(5..10)", "\"food\"", "other"; empty where the column has no test at all
    std::vector<bool> rules;
};

// The regions of a column, which cover everything allowed there; none when its cells are not made of constants.
std::vector<Region> regions_of(const Table&, const Table::Column&, std::span<const Domain> = {});
// What the cells of a column name; nothing where one is more than tests by constants.
std::optional<std::vector<Value>> points_of(const Table::Column&);

}  // namespace yimen::rules
