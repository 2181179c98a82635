#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/codes.h"

// What the parsers of codes.h share. For base/codes_*.cc only.
namespace yimen::codes {

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
inline bool is_digit_or_capital(char c) { return is_digit(c) || is_capital(c); }

// With a–z as A–Z: people type codes as they come.
std::string capitals(std::string_view);

inline auto wrong(CodeError::Kind kind, size_t position) { return refuse(CodeError{kind, position}); }

// Reads `text` from the left: the first character that `fits(position, character)` says no to, or else a wrong length.
template <class Fits>
std::optional<CodeError> first_wrong(std::string_view text, size_t length, Fits fits) {
    for (size_t i = 0; i < text.size() && i < length; ++i)
        if (!fits(i, text[i])) return CodeError{CodeError::Kind::character, i};
    if (text.size() != length) return CodeError{CodeError::Kind::length, std::min(text.size(), length)};
    return std::nullopt;
}

// The number that digits write. Only for digits already checked, nine at most.
int number(std::string_view digits);

// The date that eight digits write, or where in them it stops being one: 0 year, 4 month, 6 day.
Result<Date, size_t> date(std::string_view digits);

// Where two digits leave the list of provincial prefixes of GB/T 2260: 0 or 1; none when they stand in it.
std::optional<size_t> unknown_province(std::string_view two_digits);

}  // namespace yimen::codes
