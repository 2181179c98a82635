#include <stdexcept>

#include "base/codes_reading.h"

namespace yimen {
namespace {

constexpr size_t plain_length = 21, date_at = 6, sequence_at = 14, check_at = 20;
constexpr size_t printed_length = 24;

bool hyphen_at(size_t printed_position) { return printed_position == 6 || printed_position == 15 || printed_position == 22; }

// Where a character of the plain form stands in the printed one.
size_t printed_position(size_t i) { return i + (i >= date_at) + (i >= sequence_at) + (i >= check_at); }

// The plain 21 characters of either form.
Result<std::string, CodeError> plain(std::string_view text) {
    const bool printed = text.size() > date_at && text[date_at] == '-';
    auto fits = [&](size_t i, char c) {
        if (printed && hyphen_at(i)) return c == '-';
        return i + 1 == (printed ? printed_length : plain_length) ? codes::is_digit_or_capital(c) : codes::is_digit(c);
    };
    if (auto error = codes::first_wrong(text, printed ? printed_length : plain_length, fits)) return refuse(*error);
    std::string bare(text);
    std::erase(bare, '-');
    return bare;
}

}  // namespace

Result<CaseNumber, CodeError> CaseNumber::parse(std::string_view typed) {
    using enum CodeError::Kind;
    const std::string text = codes::capitals(typed);
    auto bare = plain(text);
    if (!bare) return refuse(bare.error());
    auto position = [&](size_t i) { return text.size() == plain_length ? i : printed_position(i); };
    const std::string_view view = *bare;
    if (auto at = codes::unknown_province(view)) return codes::wrong(division, *at);
    if (auto day = codes::date(view.substr(date_at, 8)); !day) return codes::wrong(date, position(date_at + day.error()));
    if (view.substr(sequence_at, 6) == "000000") return codes::wrong(structure, position(sequence_at));
    if (view[check_at] != mod37_36(view.substr(0, check_at))) return codes::wrong(check, position(check_at));
    CaseNumber number;
    number.text_ = *bare;
    return number;
}

CaseNumber CaseNumber::make(Division division, Date day, int64_t sequence) {
    if (sequence < 1 || sequence > 999999) throw std::invalid_argument("a case's sequence number is 1 to 999999");
    const std::string body = fmt::format("{}{:04}{:02}{:02}{:06}", division.text(), static_cast<int>(day.year()),
                                         static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()), sequence);
    auto made = parse(body + mod37_36(body));
    if (!made) throw std::invalid_argument("no case number can be made of this division and date");
    return *made;
}

std::string CaseNumber::printed() const {
    return fmt::format("{}-{}-{}-{}", text_.substr(0, date_at), text_.substr(date_at, 8), text_.substr(sequence_at, 6),
                       text_.substr(check_at));
}

}  // namespace yimen
