#include "catalogue/exchange_cells.h"

#include <charconv>

#include "base/text.h"

namespace yimen::catalogue {

namespace {

std::optional<int64_t> whole_number(std::string_view text) {
    // Spreadsheets write whole numbers with a fraction of nothing.
    if (auto dot = text.find('.'); dot != std::string_view::npos && text.find_first_not_of('0', dot + 1) == std::string_view::npos)
        text = text.substr(0, dot);
    int64_t value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::string shortened(std::string_view text) {
    auto first = first_characters(text, 40);
    return first.size() == text.size() ? std::string(text) : std::string(first) + "…";
}

std::optional<Date> date_in(std::string_view text) {
    std::string plain(text.substr(0, text.find_first_of(" T")));
    std::ranges::replace(plain, '/', '-');
    std::ranges::replace(plain, '.', '-');
    if (plain.size() == 8 && plain.find('-') == std::string::npos)
        plain = plain.substr(0, 4) + "-" + plain.substr(4, 2) + "-" + plain.substr(6);
    auto parts = split(plain, '-');
    if (parts.size() != 3) return std::nullopt;
    std::string iso(parts[0]);
    for (size_t i = 1; i < 3; ++i) iso += (parts[i].size() == 1 ? "-0" : "-") + std::string(parts[i]);
    return parse_date(iso);
}

}  // namespace

void ExchangeRow::fault(std::string_view column, Text message) const {
    faults_->add({table_->name(), table_->number(row_), std::string(column), std::move(message),
                  std::string(first_characters(table_->cell(row_, column), 200))});
}

std::string ExchangeRow::text(std::string_view column) const {
    std::string plain;
    for (char c : trim(table_->cell(row_, column)))
        if (c != '\r') plain += c;
    return plain;
}

std::string ExchangeRow::needed(std::string_view column) const {
    auto found = text(column);
    if (found.empty()) fault(column, {"没有填写：请填写", "is empty: write it"});
    return found;
}

int64_t ExchangeRow::number(std::string_view column, int64_t low, int64_t high, int64_t when_empty) const {
    auto found = text(column);
    if (found.empty()) return when_empty;
    auto value = whole_number(found);
    if (value && *value >= low && *value <= high) return *value;
    fault(column, told("“{}”应为 {} 至 {} 的整数", "\"{}\" must be a whole number from {} to {}", shortened(found), low, high));
    return when_empty;
}

int64_t ExchangeRow::needed_number(std::string_view column, int64_t low, int64_t high) const {
    if (needed(column).empty()) return low;
    return number(column, low, high, low);
}

bool ExchangeRow::yes(std::string_view column, bool when_empty) const {
    auto found = text(column);
    if (found.empty()) return when_empty;
    if (found == "1" || found == "是") return true;
    if (found == "0" || found == "否") return false;
    fault(column, told("“{}”应为 1（是）或 0（否）", "\"{}\" must be 1 (yes) or 0 (no)", shortened(found)));
    return when_empty;
}

std::optional<Date> ExchangeRow::date(std::string_view column) const {
    auto found = text(column);
    if (found.empty()) return std::nullopt;
    auto day = date_in(found);
    if (!day) fault(column, told("“{}”不是日期：请写成 2026-01-01 的样子", "\"{}\" is no date: write it as 2026-01-01", shortened(found)));
    return day;
}

std::string ExchangeRow::code(std::string_view column, std::initializer_list<std::pair<std::string_view, std::string_view>> codes,
                              std::string_view when_empty) const {
    auto found = text(column);
    if (found.empty()) return std::string(when_empty);
    std::string known;
    for (auto& [code, word] : codes) {
        if (found == code) return std::string(word);
        known += fmt::format("{}{}", known.empty() ? "" : ", ", code);
    }
    fault(column, told("“{}”不是本列的代码，可用的有：{}", "\"{}\" is no code of this column: {}", shortened(found), known));
    return std::string(when_empty);
}

std::vector<std::string> ExchangeRow::codes(std::string_view column) const {
    auto found = text(column);
    for (std::string_view separator : {"，", "、", "；", "^", ";", "|"})
        for (size_t at; (at = found.find(separator)) != std::string::npos;) found.replace(at, separator.size(), ",");
    std::vector<std::string> all;
    for (auto part : split(found, ','))
        if (auto word = trim(part); !word.empty()) all.emplace_back(word);
    return all;
}

}  // namespace yimen::catalogue
