#include "catalogue/search.h"

#include "base/text.h"
#include "catalogue/search_query.h"
#include "catalogue/search_terms.h"

namespace yimen::catalogue {

namespace {

// Put in order by the sum of their parts, so many are compared with the query as a whole.
constexpr size_t compared_whole = 300;

// Of matters that fit a query alike, people mean the one that most come for: the new permit, not its cancellation.
double asked_for(const ItemSummary& item) { return 0.55 + 0.45 * item.popularity / 100.0; }

// What the whole query and a whole phrase have in common counts more than the sum of the parts.
double phrase_bonus(const ItemSummary& item, const std::string& query, std::string& word) {
    double best = 0;
    each_phrase(item, [&](uint32_t place, std::string_view text, uint8_t weight_class) {
        const auto folded = fold_quickly(text);
        const double weight = weights[weight_class];
        double bonus = 0;
        if (folded == query)
            bonus = 4 * weight;
        else if (folded.find(query) != std::string::npos)
            bonus = (folded.starts_with(query) ? 1.5 : 1.2) * weight;
        else if (folded.size() > 3 && query.find(folded) != std::string::npos)
            bonus = 2.0 * weight * static_cast<double>(folded.size()) / static_cast<double>(query.size());
        if (bonus <= best) return;
        best = bonus;
        word = place < 2 ? std::string_view() : text;
    });
    return best;
}

}  // namespace

std::vector<Hit> SearchIndex::search(std::string_view query, size_t limit) const {
    if (!valid_utf8(query) || items_.empty()) return {};
    const auto folded = fold_quickly(trim(first_characters(query, 100)));
    Query asked(*this, folded);
    std::vector<Hit> hits;
    for (auto document : asked.best(std::max(limit, compared_whole))) {
        auto& item = *items_[document];
        auto score = asked.exact(document);
        if (score.part <= 0) continue;
        Hit hit{&item, 0, {}, score.part};
        hit.score = (score.sum + phrase_bonus(item, folded, hit.word)) * asked_for(item);
        hits.push_back(std::move(hit));
    }
    auto better = [](const Hit& a, const Hit& b) { return std::tie(b.score, a.item->item) < std::tie(a.score, b.item->item); };
    limit = std::min(limit, hits.size());
    std::partial_sort(hits.begin(), hits.begin() + static_cast<std::ptrdiff_t>(limit), hits.end(), better);
    hits.resize(limit);
    return hits;
}

std::string_view SearchIndex::text(const Phrase& phrase) const {
    std::string_view found;
    each_phrase(*items_[phrase.item], [&](uint32_t place, std::string_view text, uint8_t) {
        if (place == phrase.place) found = text;
    });
    return found;
}

size_t SearchIndex::bytes() const {
    size_t words = 0;
    for (auto& [word, number] : words_) words += sizeof word + sizeof number + (word.capacity() > 15 ? word.capacity() + 1 : 0);
    return lists_.bytes() + sounds_.bytes() + words + codes_.capacity() * sizeof codes_[0] + phrases_.capacity() * sizeof(Phrase);
}

}  // namespace yimen::catalogue
