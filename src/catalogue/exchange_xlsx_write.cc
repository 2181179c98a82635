#include <xlsxwriter.h>

#include "catalogue/exchange_xlsx.h"

namespace yimen::catalogue {

namespace {

void must(lxw_error code, const ExchangeTable& table, size_t row) {
    if (code == LXW_NO_ERROR) return;
    throw std::runtime_error(fmt::format("{}, row {}: does not fit into a workbook ({}): export as CSV", table.name(), row, lxw_strerror(code)));
}

// "_x0041_" would be read as the letter A (ST_Xstring): its first character is written as such an escape itself.
std::string escaped(std::string_view text) {
    std::string all(text);
    for (size_t at = 0; (at = all.find("_x", at)) != std::string::npos; at += 2)
        if (at + 6 < all.size() && all[at + 6] == '_' && std::all_of(all.begin() + static_cast<ptrdiff_t>(at) + 2, all.begin() + static_cast<ptrdiff_t>(at) + 6, [](unsigned char c) { return std::isxdigit(c); }))
            all.insert(at, "_x005F"), at += 6;
    return all;
}

void write_sheet(lxw_workbook* book, const ExchangeTable& table) {
    auto* sheet = workbook_add_worksheet(book, table.name().c_str());
    if (!sheet) throw std::runtime_error(table.name() + ": no sheet can be made for it");
    for (size_t i = 0; i < table.columns().size(); ++i)
        must(worksheet_write_string(sheet, 0, static_cast<lxw_col_t>(i), table.columns()[i].c_str(), nullptr), table, 1);
    for (size_t row = 0; row < table.rows(); ++row)
        for (size_t i = 0; i < table.columns().size(); ++i)
            if (auto text = table.cell(row, i); !text.empty())
                must(worksheet_write_string(sheet, static_cast<lxw_row_t>(row + 1), static_cast<lxw_col_t>(i), escaped(text).c_str(), nullptr), table, row + 2);
    worksheet_freeze_panes(sheet, 1, 0);
}

}  // namespace

void write_xlsx(const std::filesystem::path& file, const ExchangeTables& tables) {
    if (std::filesystem::exists(file)) throw std::runtime_error(file.string() + ": is there already; an export overwrites nothing");
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;  // each row goes to the disk when the next begins
    auto* book = workbook_new_opt(file.c_str(), &options);
    if (!book) throw std::runtime_error(file.string() + ": cannot be written");
    try {
        for (auto* table : tables.all()) write_sheet(book, *table);
    } catch (...) {
        workbook_close(book);
        std::filesystem::remove(file);
        throw;
    }
    if (auto code = workbook_close(book); code != LXW_NO_ERROR) throw std::runtime_error(fmt::format("{}: could not be written to its end ({})", file.string(), lxw_strerror(code)));
}

}  // namespace yimen::catalogue
