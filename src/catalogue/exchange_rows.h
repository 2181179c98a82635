#pragma once
#include "catalogue/exchange_columns.h"
#include "catalogue/load.h"

namespace yimen::catalogue {

// Into how many parts (json_1, json_2 …) a version's JSON is divided.
size_t parts_needed(std::string_view content);
// Adds the rows of one version to every table; `content` is the JSON that the database keeps of it.
void add_rows(ExchangeTables&, const ItemVersion&, std::string_view content, const std::vector<Theme>&);

}  // namespace yimen::catalogue
