#pragma once
#include <filesystem>

#include "base/result.h"
#include "catalogue/exchange_columns.h"

// The tables as one workbook (Office Open XML, ISO/IEC 29500), a sheet a table, every cell a text.
namespace yimen::catalogue {

// A workbook that grows by some rows of every table at a time; what is written of it waits on the disk.
class XlsxWriter {
  public:
    // Overwrites nothing. `columns`: the tables as they will come, with all their columns.
    XlsxWriter(const std::filesystem::path& file, const ExchangeTables& columns);
    ~XlsxWriter();  // takes an unfinished file away
    XlsxWriter(const XlsxWriter&) = delete;
    void add(const ExchangeTables&);
    void finish();

  private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};
// Throws std::runtime_error where the file cannot be written, or naming what does not fit into a sheet.
void write_xlsx(const std::filesystem::path& file, const ExchangeTables&);
// Sheets of other names are passed over. Refuses the workbook with what is wrong in it; bounded in time and memory for any bytes.
Result<ExchangeTables, std::vector<ExchangeFault>> read_xlsx(std::string_view bytes, const ExchangeLimits& = {});

}  // namespace yimen::catalogue
