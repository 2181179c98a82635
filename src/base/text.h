#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace yimen {

// True for well-formed UTF-8 without surrogates, overlong forms or U+0000.
bool valid_utf8(std::string_view);
// The number of code points of well-formed UTF-8.
size_t characters(std::string_view utf8);
// The first `count` code points.
std::string_view first_characters(std::string_view utf8, size_t count);
// Without white space (also U+3000) at either end.
std::string_view trim(std::string_view);
std::vector<std::string_view> split(std::string_view, char separator);
std::string lower_ascii(std::string_view);

// NFKC, lower case, full-width forms folded: two spellings of one word become equal. For search and comparison only.
std::string fold(std::string_view utf8);
// Pinyin without tones, one entry per character, other characters kept: "排水A" → {"pai", "shui", "A"} (ICU Han-Latin; the
// commonest reading of each character, whatever its neighbours). ü is written v, as people type it: "绿" → {"lv"}.
std::vector<std::string> pinyin(std::string_view utf8);
// "排水许可证（新办）" → "psxkzxb": the first letter of each syllable, other letters and digits folded, the rest left out.
std::string pinyin_initials(std::string_view utf8);

}  // namespace yimen
