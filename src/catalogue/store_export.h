#pragma once
#include <filesystem>

#include "catalogue/exchange_columns.h"
#include "catalogue/load.h"
#include "db/database.h"

namespace yimen::catalogue {

// Writes the versions of `items` as the interchange tables into one file, some hundred items at a time, so that memory does not grow
// with the list: an XLSX workbook, or a ZIP archive with a CSV file a table. Overwrites nothing. What lies beside the file while it is
// made has its name with something behind. Throws std::runtime_error where it cannot be written.
void write_workbook(db::Database&, Division, const Items& items, const std::vector<Theme>&, const std::filesystem::path& file);
void write_csv_archive(db::Database&, Division, const Items& items, const std::vector<Theme>&, const std::filesystem::path& file);

}  // namespace yimen::catalogue
