#include "base/codes_reading.h"
#include "base/credit_code.h"

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

// GB 11714 over the eight characters of an organisation code, letters counting from A = 10.
char organisation_check(std::string_view serial) {
    constexpr int weights[] = {3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (size_t i = 0; i < 8; ++i) sum += weights[i] * (codes::is_digit(serial[i]) ? serial[i] - '0' : serial[i] - 'A' + 10);
    const int check = 11 - sum % 11;
    return check == 10 ? 'X' : check == 11 ? '0' : static_cast<char>('0' + check);
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

CreditCode new_credit_code(char department, char category, Division division, std::string_view serial) {
    std::string text = fmt::format("{}{}{}{}", department, category, division.text(), serial);
    bool sound = serial.size() == 8 && std::ranges::all_of(serial, [](char c) { return alphabet.find(c) != std::string_view::npos; });
    if (!sound) throw std::invalid_argument("not the eight characters of an organisation code: " + std::string(serial));
    text += organisation_check(serial);
    text += check_character(text);
    auto code = CreditCode::parse(text);
    if (!code) throw std::invalid_argument("cannot be in a credit code: " + text);
    return *code;
}

}  // namespace yimen
