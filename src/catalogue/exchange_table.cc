#include "catalogue/exchange_table.h"

namespace yimen::catalogue {

std::string to_text(const ExchangeFault& fault, Language language) {
    const bool english = language == Language::en;
    std::string place = fault.table;
    auto add = [&](std::string_view part) { place += fmt::format("{}{}", place.empty() ? "" : english ? ", " : "，", part); };
    if (fault.row) add(english ? fmt::format("row {}", fault.row) : fmt::format("第 {} 行", fault.row));
    if (!fault.column.empty()) add(fault.column);
    return fmt::format("{}{}{}", place, english ? ": " : "：", fault.message.in(language));
}

std::optional<size_t> ExchangeTable::column(std::string_view name) const {
    auto found = std::ranges::find(columns_, name);
    if (found == columns_.end()) return std::nullopt;
    return static_cast<size_t>(found - columns_.begin());
}

void ExchangeTable::widen(std::string_view name, size_t count) {
    for (size_t i = 1; i <= count; ++i)
        if (auto next = fmt::format("{}{}", name, i); !column(next)) columns_.push_back(std::move(next));
}

void ExchangeTable::add_row(std::optional<int64_t> number) {
    numbers_.push_back(number.value_or(static_cast<int64_t>(begins_.size()) + 2));
    begins_.push_back(ends_.size());
}

bool ExchangeTable::add_cell(std::string_view text) {
    if (ends_.size() - begins_.back() >= columns_.size()) return false;
    text_ += text;
    ends_.push_back(text_.size());
    return true;
}

std::string_view ExchangeTable::cell(size_t row, size_t column) const {
    const size_t at = begins_[row] + column;
    if (at >= cells_end(row)) return {};
    const size_t begin = at == 0 ? 0 : ends_[at - 1];
    return std::string_view(text_).substr(begin, ends_[at] - begin);
}

std::string_view ExchangeTable::cell(size_t row, std::string_view name) const {
    auto at = column(name);
    return at ? cell(row, *at) : std::string_view();
}

bool ExchangeTable::blank(size_t row) const {
    for (size_t i = 0; i < columns_.size(); ++i)
        if (!cell(row, i).empty()) return false;
    return true;
}

void ExchangeTable::remove_last_row() {
    ends_.resize(begins_.back());
    text_.resize(ends_.empty() ? 0 : ends_.back());
    begins_.pop_back();
    numbers_.pop_back();
}

}  // namespace yimen::catalogue
