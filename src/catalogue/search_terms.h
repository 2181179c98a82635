#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Cutting texts and queries into what the search compares.
namespace yimen::catalogue {

// The characters of well-formed UTF-8, each as its bytes.
std::vector<std::string_view> characters_of(std::string_view utf8);
bool han(std::string_view character);
bool latin(std::string_view character);  // a–z or 0–9, after folding

// A run of Han characters, or one Latin word or number.
struct Run {
    bool han;
    std::string_view text;
    size_t at;  // in bytes
};
std::vector<Run> runs(std::string_view folded);

// As fold of base/text.h, at once for what names are made of: Han characters, ASCII, full-width forms.
std::string fold_quickly(std::string_view utf8);
char32_t code_point(std::string_view character);
// Digits as a number; nothing for anything else or more than 18 of them.
std::optional<uint64_t> code_number(std::string_view digits);

// Pinyin of one character without tone; itself where it has none.
std::string syllable(std::string_view character);
// How a text sounds: the pinyin of its characters and its Latin letters and digits, nothing between them.
std::string sound_of(std::string_view folded);
// Where the sound of each character ends in sound_of.
std::vector<uint16_t> sound_ends(std::string_view folded);
// Each three letters of a sound, once and sorted, as a number.
std::vector<uint64_t> sound_keys(std::string_view sound);
// Letters to add, drop, change or swap with a neighbour to make one of the other (optimal string alignment); where it
// would be more than `most`, most + 1.
size_t distance(std::string_view a, std::string_view b, size_t most);
// "permits" and "permit" count as one word.
std::string stem(std::string_view word);
// Words that say nothing ("the", "how"), left out where others stand beside them.
bool idle(std::string_view word);

}  // namespace yimen::catalogue
