#include "base/codes_reading.h"

namespace yimen {
namespace {

constexpr size_t full_length = 18, birth_at = 6, order_end = 17;

// GB 11643: ISO/IEC 7064 MOD 11-2.
char check_character(std::string_view body) {
    static constexpr int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (size_t i = 0; i < order_end; ++i) sum += (body[i] - '0') * weights[i];
    return "10X98765432"[sum % 11];
}

// Residence permits of people from Taiwan begin with 83, which is no division of GB/T 2260.
bool taiwan_permit(std::string_view text) { return text.starts_with("83"); }

}  // namespace

Result<ResidentNumber, CodeError> ResidentNumber::parse(std::string_view typed, Date today) {
    using enum CodeError::Kind;
    const std::string text = codes::capitals(typed);
    auto fits = [](size_t i, char c) { return codes::is_digit(c) || (i == order_end && c == 'X'); };
    if (auto error = codes::first_wrong(text, full_length, fits)) return refuse(*error);
    if (auto at = codes::unknown_province(text); at && !taiwan_permit(text)) return codes::wrong(division, *at);
    auto born = codes::date(std::string_view(text).substr(birth_at, 8));
    if (!born) return codes::wrong(date, birth_at + born.error());
    if (*born > today) return codes::wrong(date, birth_at);
    if (text[order_end] != check_character(text)) return codes::wrong(check, order_end);
    ResidentNumber number;
    number.text_ = text;
    return number;
}

Date ResidentNumber::born() const { return *codes::date(std::string_view(text_).substr(birth_at, 8)); }

bool ResidentNumber::male() const { return (text_[16] - '0') % 2 == 1; }

std::string ResidentNumber::masked() const { return text_.substr(0, 6) + "********" + text_.substr(14); }

}  // namespace yimen
