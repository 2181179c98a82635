#pragma once
#include "catalogue/catalogue.h"

// What the parts of the search agree on: the phrases of an item, weights, and the keys of posting lists.
namespace yimen::catalogue {

// How much a find in each text counts; the class of a weight stands in the posting lists.
constexpr float weights[] = {1.5f, 3, 4, 5, 6, 7, 8, 10};
enum WeightClass : uint8_t { of_whom = 0, of_summary = 1, of_result = 2, of_code = 4, of_word = 6, of_name = 7 };

// Calls `visit(place, text, weight class)` for the names (0 and 1) and the words (2 …), which stand in order of importance.
template <class Visit>
void each_phrase(const ItemSummary& item, Visit visit) {
    visit(uint32_t(0), std::string_view(item.name.zh), uint8_t(of_name));
    if (item.name.en != item.name.zh) visit(uint32_t(1), std::string_view(item.name.en), uint8_t(of_name));
    uint32_t place = 2;
    for (std::string_view rest = item.words; !rest.empty(); ++place) {
        auto word = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), word.size() + 1));
        visit(place, word, static_cast<uint8_t>(std::max(2, of_word - static_cast<int>(place - 2) / 4)));
    }
}

// Keys: what kind in the highest bits, what exactly in the others.
enum class Kind : uint64_t { character = 1, pair = 2, word = 3, initials = 4, syllable = 5, syllables = 6, phrase = 7 };
constexpr uint64_t key(Kind kind, uint64_t what) { return static_cast<uint64_t>(kind) << 60 | what; }
constexpr uint64_t pair_key(Kind kind, uint64_t first, uint64_t second) { return key(kind, first << 21 | second); }
// Up to three letters; `first`: where the phrase begins.
constexpr uint64_t initials_key(std::string_view letters, bool first) {
    uint64_t what = first;
    for (char c : letters) what = what << 8 | static_cast<unsigned char>(c);
    return key(Kind::initials, what << 2 | letters.size());
}
// FNV-1a: a phrase as a whole.
constexpr uint64_t phrase_key(std::string_view folded) {
    uint64_t hash = 14695981039346656037ull;
    for (char c : folded) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
    return key(Kind::phrase, hash & ((uint64_t(1) << 60) - 1));
}

}  // namespace yimen::catalogue
