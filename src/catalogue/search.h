#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/catalogue.h"
#include "catalogue/postings.h"

// Finding items by what people type: names, everyday words, departments and codes, in Chinese and English, by single
// characters, by pinyin in full or by its initials. In memory, made anew from the versions in force; safe from any
// thread.
namespace yimen::catalogue {

struct Hit {
    const ItemSummary* item;  // kept by the index
    double score = 0;
    std::string word;  // the everyday word that matched best, where the name itself did not; may be empty
    double part = 0;   // how much of the query was found in it, weighted by rarity: 1 all
};

class SearchIndex {
  public:
    explicit SearchIndex(Items items);
    // Best first; nothing for a query without a letter, digit or character. Queries are cut at 100 characters.
    std::vector<Hit> search(std::string_view query, size_t limit) const;
    // The known name or word that sounds or is spelt nearly as the query ("排水许可正" → "排水许可证"); nothing where
    // none is near enough, or the query is itself part of one. For queries whose hits are poor.
    std::optional<std::string> meant(std::string_view query) const;
    // Of the index itself, without the items it keeps.
    size_t bytes() const;

  private:
    class Maker;
    class Query;
    struct Phrase {
        uint32_t item;
        uint32_t place;  // 0 and 1 the names, then the words
    };
    std::string_view text(const Phrase&) const;

    Items items_;  // the most popular first: a list cut short keeps what people come for
    PostingLists lists_;
    std::vector<std::pair<std::string, uint32_t>> words_;  // Latin words, sorted, with their number among the keys
    std::vector<std::pair<uint64_t, uint32_t>> codes_;     // catalogue codes of twelve digits, sorted, with their items
    PostingLists sounds_;                                  // of each three letters of a phrase's sound, the phrases
    std::vector<Phrase> phrases_;                          // each text once
};

// A text in pieces, those that match the query marked: for <mark> in a list of results.
struct Stretch {
    std::string text;
    bool marked = false;
    bool operator==(const Stretch&) const = default;
};
std::vector<Stretch> mark(std::string_view text, std::string_view query);

}  // namespace yimen::catalogue
