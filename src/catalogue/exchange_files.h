#pragma once
#include <filesystem>

#include "base/result.h"
#include "catalogue/exchange_columns.h"

// The tables as files: a folder with one CSV file a table, or one XLSX workbook with a sheet a table.
namespace yimen::catalogue {

// Throws std::runtime_error where the folder or file cannot be written. An export overwrites nothing.
void write_csv_folder(const std::filesystem::path& folder, const ExchangeTables&);

// Whichever stands at the path. Throws std::runtime_error where nothing does.
Result<ExchangeTables, std::vector<ExchangeFault>> read_exchange(const std::filesystem::path&);

}  // namespace yimen::catalogue
