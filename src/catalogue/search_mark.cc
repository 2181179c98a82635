#include "base/text.h"
#include "catalogue/search.h"
#include "catalogue/search_terms.h"

namespace yimen::catalogue {

namespace {

// Marks characters [from, from + count).
void cover(std::vector<bool>& marked, size_t from, size_t count) {
    std::fill_n(marked.begin() + static_cast<std::ptrdiff_t>(from), count, true);
}

void mark_han(std::vector<bool>& marked, const std::vector<std::string>& folded, std::string_view run) {
    auto wanted = characters_of(run);
    const size_t width = std::min<size_t>(2, wanted.size());
    for (size_t w = 0; w + width <= wanted.size(); ++w)
        for (size_t i = 0; i + width <= folded.size(); ++i)
            if (std::equal(wanted.begin() + static_cast<std::ptrdiff_t>(w), wanted.begin() + static_cast<std::ptrdiff_t>(w + width),
                           folded.begin() + static_cast<std::ptrdiff_t>(i)))
                cover(marked, i, width);
}

// How many characters from `at` spell the query: by pinyin in full (the last may be cut short) or by initials.
size_t spelt(const std::vector<std::string>& folded, size_t at, std::string_view query, bool initials) {
    size_t count = 0;
    while (!query.empty() && at + count < folded.size() && han(folded[at + count])) {
        auto one = syllable(folded[at + count]);
        if (initials) one.resize(1);
        const size_t common = std::min(one.size(), query.size());
        if (one.substr(0, common) != query.substr(0, common)) return 0;
        query.remove_prefix(common);
        ++count;
    }
    return query.empty() ? count : 0;
}

void mark_latin(std::vector<bool>& marked, const std::vector<std::string>& folded, std::string_view word) {
    const auto wanted = stem(word);
    for (size_t i = 0; i < folded.size(); ++i) {
        size_t same = 0;
        while (same < wanted.size() && i + same < folded.size() && folded[i + same] == wanted.substr(same, 1)) ++same;
        if (same == wanted.size() && (i == 0 || !latin(folded[i - 1]))) cover(marked, i, same);
        if (word.size() < 2) continue;
        for (bool initials : {false, true})
            if (auto count = spelt(folded, i, word, initials)) cover(marked, i, count);
    }
}

}  // namespace

std::vector<Stretch> mark(std::string_view text, std::string_view query) {
    auto characters = characters_of(text);
    std::vector<std::string> folded;
    for (auto c : characters) folded.push_back(c.size() == 1 ? lower_ascii(c) : std::string(c));
    std::vector<bool> marked(characters.size());
    const auto folded_query = valid_utf8(query) ? fold(first_characters(query, 100)) : std::string();
    for (auto& run : runs(folded_query)) {
        if (run.han)
            mark_han(marked, folded, run.text);
        else if (!idle(run.text))
            mark_latin(marked, folded, run.text);
    }
    std::vector<Stretch> stretches;
    for (size_t i = 0; i < characters.size(); ++i) {
        if (stretches.empty() || stretches.back().marked != marked[i]) stretches.push_back({"", marked[i]});
        stretches.back().text += characters[i];
    }
    return stretches;
}

}  // namespace yimen::catalogue
