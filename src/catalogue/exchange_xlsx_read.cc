#include "base/text.h"
#include "catalogue/exchange_xlsx.h"
#include "catalogue/xlsx_cells.h"
#include "catalogue/xlsx_package.h"

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
            if (!basic) throw ExchangeFault{"", 0, "", fmt::format("the workbook has no sheet {}: it names the items that the others tell of", tables.basic.name())};
        } catch (ExchangeFault& fault) {
            return refuse(std::vector{std::move(fault)});
        }
        return tables;
    }

  private:
    // Nothing where there is no such part.
    Document document(const std::string& name) {
        auto part = package_.part(name);
        if (!part) throw ExchangeFault{"", 0, "", "the workbook cannot be read: " + part.error()};
        if (part->empty()) return nullptr;
        bytes_ = std::move(*part);
        auto read = read_xlsx_xml(name, bytes_);
        if (!read) throw ExchangeFault{"", 0, "", "the workbook cannot be read: " + read.error()};
        return std::move(*read);
    }

    void read_book() {
        std::map<std::string, std::string> targets;
        if (auto relations = document("xl/_rels/workbook.xml.rels"))
            for (auto& one : relations->document_element())
                if (std::string_view(one.attribute("TargetMode").value()) != "External") targets[one.attribute("Id").value()] = part_at(one.attribute("Target").value());
        if (auto book = document("xl/workbook.xml")) {
            auto root = book->document_element();
            book_.from_1904 = child_of(root, "workbookPr").attribute("date1904").as_bool();
            for (auto& sheet : child_of(root, "sheets"))
                for (auto& attribute : sheet.attributes())
                    if (std::string_view(attribute.name()).ends_with(":id")) sheets_.emplace_back(sheet.attribute("name").value(), targets[attribute.value()]);
        }
        if (auto strings = document("xl/sharedStrings.xml")) book_.strings = shared_strings(strings->document_element());
        if (auto styles = document("xl/styles.xml")) book_.dates = date_styles(styles->document_element());
    }

    ExchangeTable read_sheet(const std::string& name, const std::string& part) {
        auto sheet = document(part);
        if (!sheet) throw ExchangeFault{name, 0, "", "the workbook does not hold this sheet's part: save it again"};
        std::optional<ExchangeTable> table;
        int64_t last = 0;
        for (auto& row : child_of(sheet->document_element(), "sheetData")) {
            const auto number = row.attribute("r") ? row.attribute("r").as_llong(0) : last + 1;
            if (number <= last || number > 2'000'000'000) throw ExchangeFault{name, last, "", "rows are not in order: save the workbook again"};
            last = number;
            auto cells = read_row(name, number, row);
            if (!table) table = heading(name, std::move(cells));
            else add(*table, number, cells);
        }
        return table ? std::move(*table) : throw ExchangeFault{name, 0, "", "the sheet is empty: its first row must hold the names of the columns"};
    }

    std::vector<std::string> read_row(const std::string& sheet, int64_t number, const pugi::xml_node& row) {
        std::vector<std::string> cells;
        for (auto& cell : row) {
            if (local_name(cell) != "c") continue;
            auto column = cell.attribute("r") ? column_of(cell.attribute("r").value()) : std::optional(cells.size());
            if (!column || *column < cells.size()) throw ExchangeFault{sheet, number, "", "cells are not in order: save the workbook again"};
            if (*column >= limits_.columns) throw ExchangeFault{sheet, number, "", fmt::format("has more than {} columns: take away what is not of this table", limits_.columns)};
            auto text = cell_text(cell, book_);
            const std::string place = cell.attribute("r").value();
            if (!text) throw ExchangeFault{sheet, number, place, std::move(text.error())};
            if (text->size() > limits_.cell_bytes || !valid_utf8(*text)) throw ExchangeFault{sheet, number, place, fmt::format("is longer than {} bytes, or no text", limits_.cell_bytes)};
            cells.resize(*column + 1);
            cells.back() = std::move(*text);
        }
        return cells;
    }

    static ExchangeTable heading(const std::string& name, std::vector<std::string> cells) {
        std::set<std::string> seen;
        for (auto& cell : cells) {
            cell = std::string(trim(cell));
            if (!cell.empty() && !seen.insert(cell).second) throw ExchangeFault{name, 1, std::string(first_characters(cell, 60)), "this column stands twice: remove one"};
        }
        return ExchangeTable(name, std::move(cells));
    }

    void add(ExchangeTable& table, int64_t number, const std::vector<std::string>& cells) const {
        if (std::ranges::all_of(cells, [](auto& cell) { return cell.empty(); })) return;
        if (table.rows() >= limits_.rows) throw ExchangeFault{table.name(), number, "", fmt::format("more than {} rows: divide the workbook", limits_.rows)};
        table.add_row(number);
        for (auto& cell : cells)
            if (!table.add_cell(cell) && !cell.empty()) throw ExchangeFault{table.name(), number, "", "a cell stands beyond the last named column: name its column or empty it"};
    }

    XlsxPackage package_;
    ExchangeLimits limits_;
    std::string bytes_;  // of the part being read, which its document points into
    XlsxBook book_;
    std::vector<std::pair<std::string, std::string>> sheets_;  // names and parts
};

}  // namespace

Result<ExchangeTables, std::vector<ExchangeFault>> read_xlsx(std::string_view bytes, const ExchangeLimits& limits) {
    auto package = XlsxPackage::open(bytes);
    if (!package) return refuse(std::vector{ExchangeFault{"", 0, "", "the workbook cannot be read: " + package.error()}});
    return XlsxReader(std::move(*package), limits).read();
}

}  // namespace yimen::catalogue
