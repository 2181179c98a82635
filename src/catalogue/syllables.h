#pragma once
#include <cstdint>
#include <string_view>
#include <utility>

// Pinyin syllables as small numbers, in alphabetical order from 1.
namespace yimen::catalogue {

using Syllable = uint16_t;
constexpr Syllable no_syllable = 0;

// Of one Han character (its commonest reading); none for everything else. Safe from any thread.
Syllable syllable_of(std::string_view character);
std::string_view spelling(Syllable);
Syllable find_syllable(std::string_view text);
// Those that begin with `beginning`: from first to before last.
std::pair<Syllable, Syllable> syllables_from(std::string_view beginning);

}  // namespace yimen::catalogue
