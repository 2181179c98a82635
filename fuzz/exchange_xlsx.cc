#include "catalogue/exchange_testing.h"
#include "fuzz.h"

using namespace yimen;

namespace {

void read(std::string_view bytes) {
    auto tables = catalogue::read_xlsx(bytes, {.rows = 1'000, .columns = 20, .cell_bytes = 1'000});
    if (!tables)
        return fuzz::must(!tables.error().empty() && !tables.error().front().message.zh.empty() &&
                          !tables.error().front().message.en.empty());
    for (auto* table : tables->all())
        for (size_t row = 0; row < table->rows(); ++row)
            for (size_t column = 0; column < table->columns().size(); ++column)
                fuzz::must(valid_utf8(table->cell(row, column)) || table->cell(row, column).empty());
}

}  // namespace

// Any bytes as a workbook, and as the parts of one (the first line the styles, the second the shared texts, then the sheet), are
// tables of well-formed text or a fault that says something.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const auto bytes = fuzz::text(data, size);
    read(bytes);
    auto [styles, rest] = fuzz::first_line(bytes);
    auto [strings, sheet] = fuzz::first_line(rest);
    read(catalogue::workbook(std::string(sheet), {{"xl/styles.xml", std::string(styles)}, {"xl/sharedStrings.xml", std::string(strings)}}));
    return 0;
}
