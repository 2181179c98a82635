#include "base/text.h"
#include "catalogue/exchange_xlsx.h"
#include "catalogue/xlsx_cells.h"
#include "catalogue/xlsx_stream.h"

namespace yimen::catalogue {

namespace {

using Document = std::unique_ptr<pugi::xml_document>;

// Where a target named in xl/_rels/workbook.xml.rels stands.
std::string part_at(std::string_view target) {
    if (target.starts_with('/')) return std::string(target.substr(1));
    return "xl/" + std::string(target);
}

class XlsxReader {
  public:
    XlsxReader(XlsxPackage package, const ExchangeLimits& limits) : package_(std::move(package)), limits_(limits) {}

    Result<ExchangeTables, std::vector<ExchangeFault>> read() {
        ExchangeTables tables;
        try {
            read_book();
            bool basic = false;
            for (auto& [sheet, part] : sheets_)
                if (auto* table = tables.named(sheet)) {
                    *table = read_sheet(sheet, part);
                    basic |= table == &tables.basic;
                }
            if (!basic)
                throw ExchangeFault{"", 0, "",
                                    told("工作簿中没有 {} 这张表：其他表所说的事项都列在其中",
                                         "the workbook has no sheet {}: it names the items that the others tell of", tables.basic.name())};
        } catch (ExchangeFault& fault) {
            return refuse(std::vector{std::move(fault)});
        } catch (const Text& why) {
            return refuse(std::vector{unreadable_fault(why)});
        }
        return tables;
    }

    static ExchangeFault unreadable_fault(const Text& why) {
        return {"", 0, "", {"无法读取工作簿：" + why.zh, "the workbook cannot be read: " + why.en}};
    }

  private:
    // Nothing where there is no such part.
    Document document(const std::string& name) {
        auto part = package_.part(name);
        if (!part) throw std::move(part.error());
        if (part->empty()) return nullptr;
        bytes_ = std::move(*part);
        auto read = read_xlsx_xml(name, bytes_);
        if (!read) throw std::move(read.error());
        return std::move(*read);
    }

    void read_book() {
        std::map<std::string, std::string> targets;
        if (auto relations = document("xl/_rels/workbook.xml.rels"))
            for (auto& one : relations->document_element())
                if (std::string_view(one.attribute("TargetMode").value()) != "External")
                    targets[one.attribute("Id").value()] = part_at(one.attribute("Target").value());
        if (auto book = document("xl/workbook.xml")) {
            auto root = book->document_element();
            book_.from_1904 = child_of(root, "workbookPr").attribute("date1904").as_bool();
            for (auto& sheet : child_of(root, "sheets"))
                for (auto& attribute : sheet.attributes())
                    if (std::string_view(attribute.name()).ends_with(":id"))
                        sheets_.emplace_back(sheet.attribute("name").value(), targets[attribute.value()]);
        }
        read_shared_strings(package_, book_, limits_.text_bytes);
        if (auto styles = document("xl/styles.xml")) book_.dates = date_styles(styles->document_element());
    }

    ExchangeTable read_sheet(const std::string& name, const std::string& part) {
        std::optional<ExchangeTable> table;
        int64_t last = 0;
        std::vector<std::string> cells;
        // One cell and some bytes more than is taken, so that what is beyond is seen and refused.
        const bool found =
            read_sheet_rows(package_, part, limits_.columns + 1, (limits_.columns + 1) * limits_.cell_bytes, [&](XlsxRow& row) {
                const auto number = row.has_number ? row.number : last + 1;
                if (number <= last || number > 2'000'000'000)
                    throw ExchangeFault{
                        name, last, "", {"行的次序不对：请重新保存工作簿", "rows are not in order: save the workbook again"}};
                last = number;
                read_row(name, number, row, cells);
                if (!table)
                    table = heading(name, cells);
                else
                    add(*table, number, cells);
            });
        if (!found)
            throw ExchangeFault{
                name, 0, "", {"工作簿中没有这张表的内容：请重新保存", "the workbook does not hold this sheet's part: save it again"}};
        return table ? std::move(*table)
                     : throw ExchangeFault{
                           name,
                           0,
                           "",
                           {"这张表是空的：第一行应为列名", "the sheet is empty: its first row must hold the names of the columns"}};
    }

    void read_row(const std::string& sheet, int64_t number, XlsxRow& row, std::vector<std::string>& cells) const {
        cells.clear();
        for (auto& cell : row.cells) {
            auto column = cell.reference.empty() ? std::optional(cells.size()) : column_of(cell.reference);
            if (!column || *column < cells.size())
                throw ExchangeFault{
                    sheet, number, "", {"单元格的次序不对：请重新保存工作簿", "cells are not in order: save the workbook again"}};
            if (*column >= limits_.columns)
                throw ExchangeFault{sheet, number, "",
                                    told("超过 {} 列：请删去不属于本表的列",
                                         "has more than {} columns: take away what is not of this table", limits_.columns)};
            auto text = cell_text(cell, book_);
            if (!text) throw ExchangeFault{sheet, number, cell.reference, std::move(text.error())};
            if (text->size() > limits_.cell_bytes || !valid_utf8(*text))
                throw ExchangeFault{sheet, number, cell.reference,
                                    told("超过 {} 字节，或不是文字", "is longer than {} bytes, or no text", limits_.cell_bytes)};
            cells.resize(*column + 1);
            cells.back() = std::move(*text);
        }
        while (!cells.empty() && cells.back().empty()) cells.pop_back();
    }

    static ExchangeTable heading(const std::string& name, std::vector<std::string> cells) {
        std::set<std::string> seen;
        for (auto& cell : cells) {
            cell = std::string(trim(cell));
            if (!cell.empty() && !seen.insert(cell).second)
                throw ExchangeFault{name,
                                    1,
                                    std::string(first_characters(cell, 60)),
                                    {"这一列出现了两次：请删去一列", "this column stands twice: remove one"}};
        }
        return ExchangeTable(name, std::move(cells));
    }

    void add(ExchangeTable& table, int64_t number, const std::vector<std::string>& cells) {
        if (cells.empty()) return;
        if (table.rows() >= limits_.rows)
            throw ExchangeFault{table.name(), number, "",
                                told("超过 {} 行：请拆分工作簿", "more than {} rows: divide the workbook", limits_.rows)};
        table.add_row(number);
        for (auto& cell : cells) {
            if (!table.add_cell(cell) && !cell.empty())
                throw ExchangeFault{table.name(),
                                    number,
                                    "",
                                    {"最后一个有名称的列之外还有内容：请为该列命名，或清空",
                                     "a cell stands beyond the last named column: name its column or empty it"}};
            kept_bytes_ += cell.size();
            if (++kept_cells_ > limits_.cells || kept_bytes_ > limits_.text_bytes)
                throw ExchangeFault{table.name(),
                                    number,
                                    "",
                                    {"工作簿中的内容过多：请拆分，或使用 CSV", "the workbook holds too much: divide it, or use CSV"}};
        }
    }

    XlsxPackage package_;
    ExchangeLimits limits_;
    std::string bytes_;  // of the part being read, which its document points into
    XlsxBook book_;
    std::vector<std::pair<std::string, std::string>> sheets_;  // names and parts
    size_t kept_cells_ = 0, kept_bytes_ = 0;
};

}  // namespace

Result<ExchangeTables, std::vector<ExchangeFault>> read_xlsx(std::string_view bytes, const ExchangeLimits& limits) {
    auto package = XlsxPackage::open(bytes);
    if (!package) return refuse(std::vector{XlsxReader::unreadable_fault(package.error())});
    return XlsxReader(std::move(*package), limits).read();
}

}  // namespace yimen::catalogue
