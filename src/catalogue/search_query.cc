#include "catalogue/search_query.h"

#include <cmath>

#include "catalogue/search_terms.h"

namespace yimen::catalogue {

// One number for each item, kept by the thread so that a query costs what it finds and not what there is.
struct SearchIndex::Query::Sums {
    struct Of {
        float sum = 0, part = 0;
    };
    std::vector<Of> of;
    std::vector<uint32_t> touched;

    static Sums& mine() {
        thread_local Sums sums;
        return sums;
    }
};

SearchIndex::Query::Query(const SearchIndex& index, std::string_view folded) : index_(index), folded_(folded), sums_(Sums::mine()) {
    if (sums_.of.size() < index_.items_.size()) sums_.of.resize(index_.items_.size());
    auto all = runs(folded_);
    const bool idle_only = std::ranges::all_of(all, [](auto& run) { return !run.han && idle(run.text); });
    for (auto& run : all) {
        if (!run.han) {
            if (idle_only || !idle(run.text)) add_latin(run.text);
            continue;
        }
        auto characters = characters_of(run.text);
        if (characters.size() == 1) add_han(run.text);
        for (size_t i = 0; i + 1 < characters.size(); ++i) add_han({characters[i].data(), characters[i].size() + characters[i + 1].size()});
    }
}

SearchIndex::Query::~Query() {
    for (auto document : sums_.touched) sums_.of[document] = {};
    sums_.touched.clear();
}

double SearchIndex::Query::rarity(size_t count) const {
    return std::log(1.0 + static_cast<double>(index_.items_.size()) / (1.0 + static_cast<double>(count)));
}

void SearchIndex::Query::count(uint32_t document, double sum, double part) {
    auto& of = sums_.of[document];
    if (of.part == 0) sums_.touched.push_back(document);
    of.sum += static_cast<float>(sum);
    of.part += static_cast<float>(part);
}

void SearchIndex::Query::add_han(std::string_view text) {
    auto characters = characters_of(text);
    const auto wanted = characters.size() == 1 ? key(Kind::character, code_point(characters[0]))
                                               : pair_key(Kind::pair, code_point(characters[0]), code_point(characters[1]));
    auto list = index_.lists_.find(wanted);
    const double rare = rarity(list.count);
    whole_ += rare;
    ++units_;
    PostingLists::each(list, [&](uint32_t document, uint8_t weight) { count(document, rare * weights[weight], rare); });
}

void SearchIndex::Query::add_latin(std::string_view word) {
    Unit unit{stem(word), 0, {}};
    auto& found = unit.found;
    find_words(unit.text, found);
    find_codes(word, found);
    if (std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; })) {
        unit.text = word;
        find_initials(word, found);
        find_syllables(word, found);
    }
    std::ranges::sort(found, {}, &Found::document);
    size_t kept = 0;
    for (auto& one : found) {
        if (kept && found[kept - 1].document == one.document) {
            found[kept - 1].word = std::max(found[kept - 1].word, one.word);
            found[kept - 1].spelt = std::max(found[kept - 1].spelt, one.spelt);
        } else {
            found[kept++] = one;
        }
    }
    found.resize(kept);
    unit.rarity = rarity(kept);
    whole_ += unit.rarity;
    ++units_;
    for (auto& one : found) count(one.document, unit.rarity * one.weight(), unit.rarity);
    latin_.push_back(std::move(unit));
}

std::vector<uint32_t> SearchIndex::Query::best(size_t most) const {
    std::vector<std::pair<float, uint32_t>> heap;  // the least on top
    const auto greater = std::greater<std::pair<float, uint32_t>>();
    for (auto document : sums_.touched) {
        auto& of = sums_.of[document];
        const std::pair<float, uint32_t> one{of.sum * of.part, ~document};
        if (heap.size() < most) {
            heap.push_back(one);
            std::ranges::push_heap(heap, greater);
        } else if (one > heap.front()) {
            std::ranges::pop_heap(heap, greater);
            heap.back() = one;
            std::ranges::push_heap(heap, greater);
        }
    }
    std::vector<uint32_t> documents;
    for (auto& [score, document] : heap) documents.push_back(~document);
    PostingLists::each(index_.lists_.find(phrase_key(folded_)), [&](uint32_t document, uint8_t) {
        if (sums_.of[document].part > 0 && documents.size() < 2 * most) documents.push_back(document);
    });
    std::ranges::sort(documents);
    documents.erase(std::unique(documents.begin(), documents.end()), documents.end());
    return documents;
}

SearchIndex::Query::Score SearchIndex::Query::exact(uint32_t document) const {
    auto& of = sums_.of[document];
    double sum = of.sum, part = of.part;
    for (auto& unit : latin_) {
        auto found = std::ranges::lower_bound(unit.found, document, {}, &Found::document);
        if (found == unit.found.end() || found->document != document || found->spelt == 0) continue;
        const float exactly = std::max(found->word, spelt_in(document, unit.text));
        sum += unit.rarity * (exactly - found->weight());
        if (exactly == 0) part -= unit.rarity;
    }
    // Sums of floats do not come back to nothing or to the whole exactly.
    const double share = part < 1e-4 ? 0 : std::min(1.0, part / whole_ > 0.99999 ? 1.0 : part / whole_);
    return {sum * share / static_cast<double>(units_), share};
}

}  // namespace yimen::catalogue
