#include "catalogue/exchange_csv.h"
#include "fuzz.h"

using namespace yimen;

// Any bytes are a table or a fault that says something; a table that was read is written and read back as the same cells.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    auto read = catalogue::read_csv("t", fuzz::text(data, size), {.rows = 1'000, .columns = 20, .cell_bytes = 1'000});
    if (!read) return fuzz::must(!read.error().message.zh.empty() && !read.error().message.en.empty()), 0;
    const auto written = catalogue::write_csv(*read);
    auto again = catalogue::read_csv("t", written);
    fuzz::must(again && again->rows() == read->rows() && catalogue::write_csv(*again) == written);
    for (size_t row = 0; row < read->rows(); ++row)
        for (size_t column = 0; column < read->columns().size(); ++column) fuzz::must(again->cell(row, column) == read->cell(row, column));
    return 0;
}
