#include <unordered_set>

#include "base/text.h"
#include "catalogue/search.h"
#include "catalogue/search_phrases.h"
#include "catalogue/search_terms.h"
#include "catalogue/syllables.h"

namespace yimen::catalogue {

class SearchIndex::Maker {
  public:
    explicit Maker(SearchIndex& index) : index_(index) {}

    void add(uint32_t document) {
        auto& item = *index_.items_[document];
        document_ = document;
        grams_.clear();
        each_phrase(item, [&](uint32_t place, std::string_view text, uint8_t weight) { add_phrase(place, text, weight); });
        for (auto [text, weight] : {std::pair{&item.result_name, of_result},
                                    {&item.summary, of_summary},
                                    {&item.authority(), of_summary},
                                    {&item.for_whom, of_whom}})
            add_text(fold_quickly(text->zh), weight), add_text(fold_quickly(text->en), weight);
        add_codes(item);
        put();
    }

    void finish() {
        index_.lists_ = lists_.finish();
        index_.sounds_ = sounds_.finish();
        for (auto& [word, number] : words_) index_.words_.emplace_back(word, number);
        std::ranges::sort(index_.words_);
        std::ranges::sort(index_.codes_);
        index_.phrases_.shrink_to_fit();
        index_.codes_.shrink_to_fit();
    }

  private:
    void add_word(const std::string& word, uint8_t weight) {
        auto number = words_.emplace(word, static_cast<uint32_t>(words_.size())).first->second;
        grams_.emplace_back(key(Kind::word, number), weight);
    }

    void add_text(std::string_view folded, uint8_t weight) {
        for (auto& run : runs(folded)) {
            if (!run.han) {
                add_word(stem(run.text), weight);
                continue;
            }
            uint64_t before = 0;
            for (auto character : characters_of(run.text)) {
                const uint64_t code = code_point(character);
                grams_.emplace_back(key(Kind::character, code), weight);
                if (before) grams_.emplace_back(pair_key(Kind::pair, before, code), weight);
                before = code;
            }
        }
    }

    void add_phrase(uint32_t place, std::string_view text, uint8_t weight) {
        const auto folded = fold_quickly(text);
        add_text(folded, weight);
        grams_.emplace_back(phrase_key(folded), weight);
        for (auto& run : runs(folded))
            if (run.han) add_spelling(run.text, weight);
        add_sound(place, folded);
    }

    // By initials of up to three characters and by one or two syllables; from the middle of a phrase it counts less.
    void add_spelling(std::string_view han, uint8_t weight) {
        std::string initials;
        Syllable before = no_syllable;
        auto counted = [&](size_t beginning) { return beginning == 0 ? weight : static_cast<uint8_t>(std::max(0, weight - 3)); };
        for (auto character : characters_of(han)) {
            const auto syllable = syllable_of(character);
            initials += syllable == no_syllable ? '?' : spelling(syllable)[0];
            const size_t length = initials.size();
            if (length == 1) grams_.emplace_back(initials_key(initials, true), weight);
            for (size_t width : {2u, 3u})
                if (length >= width)
                    grams_.emplace_back(initials_key(std::string_view(initials).substr(length - width), false), counted(length - width));
            grams_.emplace_back(key(Kind::syllable, syllable), counted(length - 1));
            if (before != no_syllable) grams_.emplace_back(pair_key(Kind::syllables, before, syllable), counted(length - 2));
            before = syllable;
        }
    }

    void add_sound(uint32_t place, const std::string& folded) {
        if (!heard_.insert(phrase_key(folded)).second) return;
        auto keys = sound_keys(sound_of(folded));
        if (keys.empty()) return;
        const auto phrase = static_cast<uint32_t>(index_.phrases_.size());
        index_.phrases_.push_back({document_, place});
        for (auto one : keys) sounds_.add(one, phrase, 0);
    }

    // What is unlike the national list's codes can still be found, as a word.
    void add_codes(const ItemSummary& item) {
        grams_.emplace_back(phrase_key(item.item), of_code);
        auto& code = item.catalogue_code;
        if (auto number = code_number(code); number && code.size() == 12)
            index_.codes_.emplace_back(*number, document_);
        else
            add_text(fold_quickly(code), of_code);
        const bool usual = item.task_code.size() == 31 && item.task_code.ends_with(code);
        add_text(fold_quickly(usual ? item.task_code.substr(0, 18) : item.task_code), usual ? uint8_t(of_whom) : uint8_t(of_code));
    }

    void put() {
        std::ranges::sort(grams_);
        for (size_t i = 0; i < grams_.size(); ++i)
            if (i + 1 == grams_.size() || grams_[i + 1].first != grams_[i].first) lists_.add(grams_[i].first, document_, grams_[i].second);
    }

    SearchIndex& index_;
    PostingLists::Builder lists_, sounds_;
    std::unordered_map<std::string, uint32_t> words_;
    std::unordered_set<uint64_t> heard_;
    std::vector<std::pair<uint64_t, uint8_t>> grams_;  // of one item; the greatest weight of each key counts
    uint32_t document_ = 0;
};

SearchIndex::SearchIndex(Items items) : items_(std::move(items)) {
    std::ranges::stable_sort(items_, [](auto& a, auto& b) { return a->popularity > b->popularity; });
    Maker maker(*this);
    for (uint32_t i = 0; i < items_.size(); ++i) maker.add(i);
    maker.finish();
}

}  // namespace yimen::catalogue
