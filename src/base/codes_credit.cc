#include "base/codes_reading.h"

namespace yimen {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr size_t length = 18, check_at = 17;

// GB 32100: ISO/IEC 7064 MOD 31-3.
char check_character(std::string_view body) {
    int sum = 0, weight = 1;
    for (size_t i = 0; i < check_at; ++i) {
        sum += static_cast<int>(alphabet.find(body[i])) * weight;
        weight = weight * 3 % 31;
    }
    return alphabet[(31 - sum % 31) % 31];
}

// Characters 3–8 are the registering authority's division; national authorities have 100000.
bool fits(size_t i, char c) {
    if (i >= 2 && i < 8) return codes::is_digit(c);
    return alphabet.find(c) != std::string_view::npos;
}

}  // namespace

Result<CreditCode, CodeError> CreditCode::parse(std::string_view typed) {
    const std::string text = codes::capitals(typed);
    if (auto error = codes::first_wrong(text, length, fits)) return refuse(*error);
    if (text[check_at] != check_character(text)) return codes::wrong(CodeError::Kind::check, check_at);
    CreditCode code;
    code.text_ = text;
    return code;
}

}  // namespace yimen
