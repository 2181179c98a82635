#include "catalogue/exchange_csv.h"

#include "base/text.h"

namespace yimen::catalogue {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

void write_cell(std::string& out, std::string_view cell) {
    if (cell.find_first_of(",\"\r\n") == std::string_view::npos) {
        out += cell;
        return;
    }
    out += '"';
    for (char c : cell) {
        if (c == '"') out += '"';
        out += c;
    }
    out += '"';
}

void end_line(std::string& out) { out += "\r\n"; }

// Takes a file apart, record by record.
class CsvReader {
  public:
    CsvReader(const std::string& name, std::string_view bytes, const ExchangeLimits& limits) : name_(name), rest_(bytes), limits_(limits) {}

    Result<ExchangeTable, ExchangeFault> read() {
        if (rest_.starts_with(byte_order_mark)) rest_.remove_prefix(byte_order_mark.size());
        if (!valid_utf8(rest_))
            return refuse(fault({"不是 UTF-8 文本：请另存为“CSV UTF-8”", "is no UTF-8 text: save it as \"CSV UTF-8\""}));
        std::vector<std::string> columns;
        if (!read_record([&](std::string_view cell) { return columns.emplace_back(trim(cell)), columns.size() <= limits_.columns; }))
            return refuse(std::move(*fault_));
        if (columns.size() == 1 && columns[0].empty())
            return refuse(fault({"是空的：第一行应为列名", "is empty: the first row must hold the names of the columns"}));
        if (auto wrong = wrong_columns(columns)) return refuse(std::move(*wrong));
        ExchangeTable table(name_, std::move(columns));
        while (!rest_.empty()) {
            ++row_;
            if (table.rows() >= limits_.rows)
                return refuse(fault(told("超过 {} 行：请拆分文件", "more than {} rows: divide the file", limits_.rows)));
            table.add_row(row_);
            if (!read_record([&](std::string_view cell) { return table.add_cell(cell); })) return refuse(std::move(*fault_));
            if (table.blank(table.rows() - 1)) table.remove_last_row();
        }
        return table;
    }

  private:
    ExchangeFault fault(Text message) const { return {name_, row_, "", std::move(message)}; }

    std::optional<ExchangeFault> wrong_columns(const std::vector<std::string>& columns) const {
        std::set<std::string_view> seen;
        for (auto& column : columns)
            if (!column.empty() && !seen.insert(column).second)
                return ExchangeFault{name_,
                                     1,
                                     std::string(first_characters(column, 60)),
                                     {"这一列出现了两次：请删去一列", "this column stands twice: remove one"}};
        return std::nullopt;
    }

    bool fail(Text message) {
        fault_ = fault(std::move(message));
        return false;
    }

    // One record, its line end included; false with fault_ where it is none.
    template <class Take>
    bool read_record(Take take) {
        for (;;) {
            cell_.clear();
            const bool read = rest_.starts_with('"') ? read_quoted() : read_plain();
            if (!read) return false;
            if (cell_.size() > limits_.cell_bytes)
                return fail(told("有单元格超过 {} 字节：请缩短", "a cell is longer than {} bytes: shorten it", limits_.cell_bytes));
            if (!take(cell_))
                return fail(told("单元格比列多，或超过 {} 列：文字中含逗号时要用引号括起",
                                 "more cells than columns, or more than {} columns: a comma within a text needs quotes around the text",
                                 limits_.columns));
            if (rest_.starts_with(',')) {
                rest_.remove_prefix(1);
                continue;
            }
            if (rest_.starts_with("\r\n"))
                rest_.remove_prefix(2);
            else if (!rest_.empty())
                rest_.remove_prefix(1);
            return true;
        }
    }

    bool read_plain() {
        const auto end = std::min(rest_.find_first_of(",\"\r\n"), rest_.size());
        cell_ = rest_.substr(0, end);
        rest_.remove_prefix(end);
        if (rest_.starts_with('"'))
            return fail({"单元格中有引号：请用引号括起整个单元格，并把其中的引号写两遍",
                         "a quotation mark within a cell: put the cell in quotes and write the mark twice"});
        return true;
    }

    bool read_quoted() {
        rest_.remove_prefix(1);
        for (;;) {
            const auto end = rest_.find('"');
            if (end == std::string_view::npos)
                return fail({"单元格的引号没有结束：文件可能不完整", "the quotes of a cell do not end: the file may be cut off"});
            cell_ += rest_.substr(0, end);
            rest_.remove_prefix(end + 1);
            if (!rest_.starts_with('"')) break;
            cell_ += '"';
            rest_.remove_prefix(1);
        }
        if (rest_.empty() || rest_[0] == ',' || rest_[0] == '\r' || rest_[0] == '\n') return true;
        return fail({"引号结束与下一个逗号之间还有文字：单元格中的引号要写两遍",
                     "something stands between the end of a cell's quotes and the next comma: write quotation marks within a cell twice"});
    }

    const std::string& name_;
    std::string_view rest_;
    const ExchangeLimits& limits_;
    int64_t row_ = 1;
    std::string cell_;
    std::optional<ExchangeFault> fault_;
};

}  // namespace

std::string write_csv(const ExchangeTable& table) {
    std::string out(byte_order_mark);
    for (size_t i = 0; i < table.columns().size(); ++i) {
        if (i) out += ',';
        write_cell(out, table.columns()[i]);
    }
    end_line(out);
    append_csv_rows(out, table);
    return out;
}

void append_csv_rows(std::string& out, const ExchangeTable& table) {
    for (size_t row = 0; row < table.rows(); ++row) {
        for (size_t i = 0; i < table.columns().size(); ++i) {
            if (i) out += ',';
            write_cell(out, table.cell(row, i));
        }
        end_line(out);
    }
}

Result<ExchangeTable, ExchangeFault> read_csv(const std::string& name, std::string_view bytes, const ExchangeLimits& limits) {
    return CsvReader(name, bytes, limits).read();
}

}  // namespace yimen::catalogue
