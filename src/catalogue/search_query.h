#pragma once
#include "catalogue/search.h"
#include "catalogue/search_phrases.h"

namespace yimen::catalogue {

// One query while it is being answered. A query is cut into units: two characters next to each other, a lone character, a
// Latin word. Each adds to the items that have it, the more the rarer it is; then the best are looked at closely.
class SearchIndex::Query {
  public:
    Query(const SearchIndex&, std::string_view folded);
    ~Query();
    Query(const Query&) = delete;

    // The `most` with the greatest sums, in no order, and those that have the whole query as a name or word.
    std::vector<uint32_t> best(size_t most) const;
    // Pinyin is looked up by two or three syllables or initials at a time; here it is spelt out.
    struct Score {
        double sum, part;
    };
    Score exact(uint32_t document) const;

  private:
    struct Found {
        uint32_t document;
        float word;   // as an English word or a code
        float spelt;  // as pinyin, roughly
        float weight() const { return std::max(word, spelt); }
    };
    struct Unit {
        std::string text;
        double rarity = 0;
        std::vector<Found> found;  // of a Latin word, by document
    };
    void add_han(std::string_view characters);
    void add_latin(std::string_view word);
    double rarity(size_t count) const;
    void count(uint32_t document, double sum, double part);
    void find_words(std::string_view word, std::vector<Found>&) const;
    void find_codes(std::string_view word, std::vector<Found>&) const;
    void find_initials(std::string_view word, std::vector<Found>&) const;
    void find_syllables(std::string_view word, std::vector<Found>&) const;
    float spelt_in(uint32_t document, std::string_view letters) const;

    const SearchIndex& index_;
    const std::string folded_;
    std::vector<Unit> latin_;
    double whole_ = 0;
    size_t units_ = 0;
    struct Sums;
    Sums& sums_;
};

}  // namespace yimen::catalogue
