#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/catalogue.h"

// The national interchange tables as rows of text, whatever file they come from or go to.
namespace yimen::catalogue {

// What is wrong in a row and how to mend it. `row` counts as a spreadsheet does: the column names are row 1; 0 where the whole
// table or file is meant.
struct ExchangeFault {
    std::string table;
    int64_t row = 0;
    std::string column;
    Text message;
    std::string value = {};  // what stands there, shortened
};
std::string to_text(const ExchangeFault&, Language = Language::en);  // "up_task_general_basic, row 7, promise_day: …"

// A sentence in both languages, filled with the same values.
template <class... A>
Text told(fmt::format_string<const A&...> zh, fmt::format_string<const A&...> en, const A&... a) {
    return {fmt::format(zh, a...), fmt::format(en, a...)};
}

// The bounds of what is read; what is written keeps to them.
struct ExchangeLimits {
    size_t rows = 2'000'000;
    size_t columns = 256;
    size_t cell_bytes = 256 << 10;
    // Of all tables together: one shared text of a workbook may stand in every cell.
    size_t cells = 60'000'000, text_bytes = size_t{1} << 30;
};

// All cells one behind the other in one text: a hundred thousand rows cost little more than their bytes.
class ExchangeTable {
  public:
    explicit ExchangeTable(std::string name = {}, std::vector<std::string> columns = {})
        : name_(std::move(name)), columns_(std::move(columns)) {}

    const std::string& name() const { return name_; }
    const std::vector<std::string>& columns() const { return columns_; }
    std::optional<size_t> column(std::string_view name) const;

    // Adds columns at the end, numbered on, until there are so many of the name: json_2, json_3 …
    void widen(std::string_view name, size_t count);

    // Begins a row; `number` is its place in its file, where that is not simply the next.
    void add_row(std::optional<int64_t> number = {});
    // The next cell of the last row; false where the row is full.
    bool add_cell(std::string_view text);

    size_t rows() const { return begins_.size(); }
    int64_t number(size_t row) const { return numbers_[row]; }
    // Empty where the row ends before that column.
    std::string_view cell(size_t row, size_t column) const;
    // Empty too where the table has no such column.
    std::string_view cell(size_t row, std::string_view column) const;
    bool blank(size_t row) const;
    void remove_last_row();

  private:
    size_t cells_end(size_t row) const { return row + 1 < begins_.size() ? begins_[row + 1] : ends_.size(); }

    std::string name_;
    std::vector<std::string> columns_;
    std::string text_;
    std::vector<size_t> ends_;    // of each cell in text_
    std::vector<size_t> begins_;  // of each row in ends_
    std::vector<int64_t> numbers_;
};

}  // namespace yimen::catalogue
