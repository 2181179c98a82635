#pragma once
#include "catalogue/xlsx_cells.h"
#include "catalogue/xlsx_package.h"

// The large parts of a workbook, read tag by tag as they inflate: nothing of them is kept but what is handed on.
namespace yimen::catalogue {

// Refusals are thrown as Text by what is handed on, and by these, and end the reading.
void read_shared_strings(XlsxPackage&, XlsxBook&, size_t most_bytes);

struct XlsxRow {
    int64_t number = 0;  // 0: simply the next
    bool has_number = false;
    std::vector<XlsxCell> cells;
};
// False where there is no such part. A row with more cells than `most_cells`, or longer than `most_bytes`, is handed on cut off there:
// whoever takes it refuses it.
bool read_sheet_rows(XlsxPackage&, const std::string& part, size_t most_cells, size_t most_bytes,
                     const std::function<void(XlsxRow&)>& take);

}  // namespace yimen::catalogue
