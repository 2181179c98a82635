#include <charconv>

#include "catalogue/search_query.h"
#include "catalogue/search_terms.h"
#include "catalogue/syllables.h"

// Latin letters and digits: English words, codes, and pinyin by initials and by syllables.
namespace yimen::catalogue {

namespace {

// However common a beginning is, so many are looked at; the most popular stand first in each list.
constexpr size_t most_found = 50'000, most_words = 400, most_ways = 8;
// What pinyin counts before it is spelt out.
constexpr float roughly = 0.7f;

using List = PostingLists::List;

// The documents that are in all lists, with the weight they have in the first.
std::vector<std::pair<uint32_t, uint8_t>> in_all(const std::vector<List>& lists) {
    std::vector<std::pair<uint32_t, uint8_t>> common;
    if (lists.empty()) return common;
    PostingLists::each(lists[0], [&](uint32_t document, uint8_t weight) { common.emplace_back(document, weight); });
    for (size_t i = 1; i < lists.size() && !common.empty(); ++i) {
        size_t at = 0, kept = 0;
        PostingLists::each(lists[i], [&](uint32_t document, uint8_t) {
            while (at < common.size() && common[at].first < document) ++at;
            if (at < common.size() && common[at].first == document) common[kept++] = common[at++];
        });
        common.resize(kept);
    }
    return common;
}

// One way to read letters as pinyin: whole syllables, and perhaps the beginning of one more.
struct Reading {
    std::vector<Syllable> syllables;
    std::pair<Syllable, Syllable> last{0, 0};
    bool cut_short() const { return last.first < last.second; }
};

void readings(std::string_view letters, Reading& open, std::vector<Reading>& all) {
    if (all.size() >= most_ways) return;
    if (letters.empty()) return all.push_back(open);
    for (size_t length = std::min<size_t>(6, letters.size()); length > 0; --length)
        if (auto syllable = find_syllable(letters.substr(0, length)); syllable != no_syllable) {
            open.syllables.push_back(syllable);
            readings(letters.substr(length), open, all);
            open.syllables.pop_back();
        }
    if (auto range = syllables_from(letters); range.first < range.second && all.size() < most_ways) {
        all.push_back(open);
        all.back().last = range;
    }
}

// How much of the characters from `at` the letters spell, in full or by initials; 0 where they spell something else.
float share_spelt(const std::vector<std::string_view>& spellings, size_t at, std::string_view letters) {
    size_t full = 0;
    for (size_t i = at; i < spellings.size(); ++i) full += spellings[i].size();
    size_t initials = 0;
    while (initials < letters.size() && at + initials < spellings.size() && spellings[at + initials][0] == letters[initials]) ++initials;
    float share = 0;
    if (initials == letters.size()) share = static_cast<float>(initials) / static_cast<float>(spellings.size() - at);
    auto rest = letters;
    for (size_t i = at; i < spellings.size() && !rest.empty(); ++i) {
        const size_t same = std::min(rest.size(), spellings[i].size());
        if (rest.substr(0, same) != spellings[i].substr(0, same)) return share;
        rest.remove_prefix(same);
    }
    return rest.empty() ? std::max(share, static_cast<float>(letters.size()) / static_cast<float>(full)) : share;
}

}  // namespace

void SearchIndex::Query::find_words(std::string_view word, std::vector<Found>& found) const {
    auto known = std::ranges::lower_bound(index_.words_, word, {}, [](auto& one) -> std::string_view { return one.first; });
    for (size_t words = 0; known != index_.words_.end() && known->first.starts_with(word) && words < most_words; ++known, ++words) {
        // A whole word counts fully, a beginning in the measure of what was typed of it.
        const float share = static_cast<float>(word.size()) / static_cast<float>(known->first.size());
        PostingLists::each(index_.lists_.find(key(Kind::word, known->second)), [&](uint32_t document, uint8_t weight) {
            if (found.size() < most_found) found.push_back({document, weights[weight] * (0.5f + 0.5f * share), 0});
        });
    }
}

// The twelve digits of a catalogue code, the first of them, or as they stand at the end of a task code (after 18 characters of
// the authority's credit code and the level).
void SearchIndex::Query::find_codes(std::string_view word, std::vector<Found>& found) const {
    auto digits = word.size() > 19 && word.size() <= 31 ? word.substr(19) : word;
    auto number = code_number(digits);
    if (!number || digits.size() < 2 || digits.size() > 12) return;
    uint64_t low = *number, width = 1;
    for (size_t i = digits.size(); i < 12; ++i) low *= 10, width *= 10;
    const float weight = weights[of_code] * (0.5f + 0.5f * static_cast<float>(digits.size()) / 12);
    auto at = std::ranges::lower_bound(index_.codes_, low, {}, [](auto& one) { return one.first; });
    for (; at != index_.codes_.end() && at->first < low + width && found.size() < most_found; ++at)
        found.push_back({at->second, weight, 0});
}

void SearchIndex::Query::find_initials(std::string_view word, std::vector<Found>& found) const {
    std::vector<List> lists;
    const size_t width = std::min<size_t>(3, word.size());
    for (size_t i = 0; i + width <= word.size(); ++i) lists.push_back(index_.lists_.find(initials_key(word.substr(i, width), width == 1)));
    for (auto& [document, weight] : in_all(lists)) found.push_back({document, 0, weights[weight] * roughly});
}

void SearchIndex::Query::find_syllables(std::string_view word, std::vector<Found>& found) const {
    std::vector<Reading> all;
    Reading open;
    readings(word, open, all);
    for (auto& reading : all) {
        auto& syllables = reading.syllables;
        std::vector<List> lists;
        for (size_t i = 0; i + 1 < syllables.size(); ++i)
            lists.push_back(index_.lists_.find(pair_key(Kind::syllables, syllables[i], syllables[i + 1])));
        if (syllables.size() == 1 && !reading.cut_short()) lists.push_back(index_.lists_.find(key(Kind::syllable, syllables[0])));
        for (auto& [document, weight] : in_all(lists)) found.push_back({document, 0, weights[weight] * roughly});
        if (syllables.size() > 1 || !reading.cut_short() || word.size() < 2) continue;
        // One syllable and the beginning of another, or a beginning alone.
        const size_t enough = found.size() + most_found;
        auto [first, last] = reading.last;
        const auto low = syllables.empty() ? key(Kind::syllable, first) : pair_key(Kind::syllables, syllables[0], first);
        const auto high = syllables.empty() ? key(Kind::syllable, last) : pair_key(Kind::syllables, syllables[0], last);
        index_.lists_.each_key(low, high, [&](uint64_t, List list) {
            PostingLists::each(list, [&](uint32_t document, uint8_t weight) {
                if (found.size() < enough) found.push_back({document, 0, weights[weight] * roughly});
            });
        });
    }
}

float SearchIndex::Query::spelt_in(uint32_t document, std::string_view letters) const {
    float best = 0;
    each_phrase(*index_.items_[document], [&](uint32_t, std::string_view text, uint8_t weight) {
        const auto folded = fold_quickly(text);
        for (auto& run : runs(folded)) {
            if (!run.han) continue;
            std::vector<std::string_view> spellings;
            for (auto character : characters_of(run.text)) {
                auto syllable = syllable_of(character);
                spellings.push_back(syllable == no_syllable ? character : spelling(syllable));
            }
            for (size_t at = 0; at < spellings.size(); ++at)
                if (auto share = share_spelt(spellings, at, letters); share > 0)
                    best = std::max(best, weights[weight] * (at == 0 ? 1 : 0.6f) * (0.5f + 0.5f * share));
        }
    });
    return best;
}

}  // namespace yimen::catalogue
