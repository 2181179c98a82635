#include <array>

#include "base/text.h"
#include "catalogue/search.h"
#include "catalogue/search_terms.h"

namespace yimen::catalogue {

namespace {

std::string sound_of_one(std::string_view character) {
    return han(character) ? syllable(character) : latin(character) ? std::string(character) : std::string();
}

}  // namespace

std::string sound_of(std::string_view folded) {
    std::string sound;
    for (auto character : characters_of(folded)) sound += sound_of_one(character);
    return sound;
}

std::vector<uint16_t> sound_ends(std::string_view folded) {
    std::vector<uint16_t> ends;
    size_t end = 0;
    for (auto character : characters_of(folded)) ends.push_back(static_cast<uint16_t>(end += sound_of_one(character).size()));
    return ends;
}

size_t distance(std::string_view a, std::string_view b, size_t most) {
    const size_t difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
    if (difference > most) return most + 1;
    std::vector<size_t> before, last(b.size() + 1), now(b.size() + 1);
    for (size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (size_t i = 1; i <= a.size(); ++i) {
        now[0] = i;
        size_t least = i;
        for (size_t j = 1; j <= b.size(); ++j) {
            now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = std::min(now[j], before[j - 2] + 1);
            least = std::min(least, now[j]);
        }
        if (least > most) return most + 1;
        before = std::exchange(last, now);
    }
    return std::min(last[b.size()], most + 1);
}

std::vector<uint64_t> sound_keys(std::string_view sound) {
    std::vector<uint64_t> keys;
    for (size_t i = 0; i + 3 <= sound.size(); ++i) {
        auto letter = [&](size_t at) { return uint64_t(static_cast<unsigned char>(sound[i + at])); };
        keys.push_back(letter(0) << 16 | letter(1) << 8 | letter(2));
    }
    std::ranges::sort(keys);
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return keys;
}

namespace {

// The phrases with the most of the keys, those with more first; one changed letter takes away three keys at most.
std::vector<uint32_t> nearest(const PostingLists& lists, const std::vector<uint64_t>& keys, size_t phrases) {
    constexpr size_t most = 400;
    thread_local std::vector<uint8_t> counts;
    thread_local std::vector<uint32_t> touched;
    if (counts.size() < phrases) counts.resize(phrases);
    for (auto key : keys)
        PostingLists::each(lists.find(key), [&](uint32_t phrase, uint8_t) {
            if (counts[phrase]++ == 0) touched.push_back(phrase);
        });
    std::array<size_t, 256> with{};
    for (auto phrase : touched) ++with[counts[phrase]];
    size_t least = 255;
    for (size_t sum = with[255]; least > 1 && sum + with[least - 1] <= most; --least) sum += with[least - 1];
    std::vector<uint32_t> found;
    for (auto phrase : touched) {
        if (counts[phrase] >= least || (counts[phrase] + 1u == least && found.size() < most)) found.push_back(phrase);
        counts[phrase] = 0;
    }
    touched.clear();
    return found;
}

}  // namespace

std::optional<std::string> SearchIndex::meant(std::string_view query) const {
    if (!valid_utf8(query)) return std::nullopt;
    const auto folded = fold_quickly(trim(first_characters(query, 100)));
    const auto sound = sound_of(folded).substr(0, 200);
    // Short words are near to too many others.
    if (sound.size() < 4) return std::nullopt;
    const size_t most = std::max<size_t>(1, sound.size() / 5);
    const size_t length = characters(folded);
    std::string_view meant;
    size_t least = most + 1;
    uint32_t place = 0;
    // The phrase as a whole, or as much of its beginning as was typed: "排水许可证" of "排水许可证核发（新办）". Names come
    // before words.
    auto consider = [&](uint32_t its_place, std::string_view its_sound, std::string_view shown) {
        auto far = distance(sound, its_sound, most);
        if (far > most || far > least || (far == least && its_place >= place)) return;
        std::tie(least, meant, place) = std::tuple(far, shown, its_place);
    };
    for (auto number : nearest(sounds_, sound_keys(sound), phrases_.size())) {
        auto& phrase = phrases_[number];
        const auto shown = text(phrase);
        const auto its_folded = fold_quickly(shown);
        if (its_folded.find(folded) != std::string::npos) return std::nullopt;
        const auto its_sound = sound_of(its_folded);
        const auto its_place = phrase.place < 2 ? 0 : phrase.place;
        consider(its_place, its_sound, shown);
        if (const auto ends = sound_ends(its_folded); ends.size() > length && characters(shown) == ends.size())
            consider(its_place, std::string_view(its_sound).substr(0, ends[length - 1]), first_characters(shown, length));
    }
    if (meant.empty()) return std::nullopt;
    return std::string(meant);
}

}  // namespace yimen::catalogue
