#include <xlsxwriter.h>

#include "catalogue/exchange_xlsx.h"

namespace yimen::catalogue {

namespace {

void must(lxw_error code, const ExchangeTable& table, size_t row) {
    if (code == LXW_NO_ERROR) return;
    throw std::runtime_error(
        fmt::format("{}, row {}: does not fit into a workbook ({}): export as CSV", table.name(), row, lxw_strerror(code)));
}

// "_x0041_" would be read as the letter A (ST_Xstring): its first character is written as such an escape itself.
std::string escaped(std::string_view text) {
    std::string all(text);
    for (size_t at = 0; (at = all.find("_x", at)) != std::string::npos; at += 2)
        if (at + 6 < all.size() && all[at + 6] == '_' &&
            std::all_of(all.begin() + static_cast<ptrdiff_t>(at) + 2, all.begin() + static_cast<ptrdiff_t>(at) + 6,
                        [](unsigned char c) { return std::isxdigit(c); }))
            all.insert(at, "_x005F"), at += 6;
    return all;
}

}  // namespace

struct XlsxWriter::Inside {
    struct Sheet {
        lxw_worksheet* sheet;
        lxw_row_t rows = 1;
    };
    std::filesystem::path file;
    lxw_workbook* book = nullptr;
    std::map<std::string, Sheet, std::less<>> sheets = {};
};

XlsxWriter::XlsxWriter(const std::filesystem::path& file, const ExchangeTables& columns) : inside_(new Inside{file}) {
    if (std::filesystem::exists(file)) throw std::runtime_error(file.string() + ": is there already; an export overwrites nothing");
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;  // each row goes to the disk when the next begins
    inside_->book = workbook_new_opt(file.c_str(), &options);
    if (!inside_->book) throw std::runtime_error(file.string() + ": cannot be written");
    for (auto* table : columns.all()) {
        auto* sheet = workbook_add_worksheet(inside_->book, table->name().c_str());
        if (!sheet) throw std::runtime_error(table->name() + ": no sheet can be made for it");
        inside_->sheets[table->name()] = {sheet};
        for (size_t i = 0; i < table->columns().size(); ++i)
            must(worksheet_write_string(sheet, 0, static_cast<lxw_col_t>(i), table->columns()[i].c_str(), nullptr), *table, 1);
        worksheet_freeze_panes(sheet, 1, 0);
    }
}

XlsxWriter::~XlsxWriter() {
    if (!inside_->book) return;
    workbook_close(inside_->book);
    std::error_code ignored;
    std::filesystem::remove(inside_->file, ignored);
}

void XlsxWriter::add(const ExchangeTables& tables) {
    for (auto* table : tables.all()) {
        auto& [sheet, next] = inside_->sheets.at(table->name());
        for (size_t row = 0; row < table->rows(); ++row, ++next)
            for (size_t i = 0; i < table->columns().size(); ++i)
                if (auto text = table->cell(row, i); !text.empty())
                    must(worksheet_write_string(sheet, next, static_cast<lxw_col_t>(i), escaped(text).c_str(), nullptr), *table, next + 1);
    }
}

void XlsxWriter::finish() {
    if (auto code = workbook_close(std::exchange(inside_->book, nullptr)); code != LXW_NO_ERROR)
        throw std::runtime_error(fmt::format("{}: could not be written to its end ({})", inside_->file.string(), lxw_strerror(code)));
}

void write_xlsx(const std::filesystem::path& file, const ExchangeTables& tables) {
    XlsxWriter writer(file, tables);
    writer.add(tables);
    writer.finish();
}

}  // namespace yimen::catalogue
