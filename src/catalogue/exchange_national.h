#pragma once
#include <boost/json/object.hpp>

#include "catalogue/exchange_cells.h"
#include "catalogue/load.h"

namespace yimen::catalogue {

// All rows that tell of one item.
struct NationalRows {
    ExchangeRow basic;
    std::optional<ExchangeRow> extend;
    std::vector<ExchangeRow> materials, fees, questions;
};

// The item as its files would have it, made of the national columns alone: their Chinese stands for both languages, there is one
// situation, "general", and all materials are needed. What is wrong in a row becomes a fault there; the item is then worth
// nothing. `name`: of the item, as addresses have it.
boost::json::object item_from(const NationalRows&, const std::string& name, const std::vector<Theme>&, Date today);
// The same for a department that is not known yet.
boost::json::object department_from(const ExchangeRow& basic);

// The theme for a topic of the national lists (主题分类), a theme's own title or its name; nothing for another word.
std::optional<std::string> theme_for(std::string_view topic, const std::vector<Theme>&);

}  // namespace yimen::catalogue
