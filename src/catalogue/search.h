#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "catalogue/catalogue.h"

// Finding items by what people type: names, everyday words, departments and codes, in Chinese and English, by single
// characters, by pinyin in full or by its initials. In memory, made anew from the versions in force; safe from any
// thread.
namespace yimen::catalogue {

using Items = std::vector<std::shared_ptr<const ItemVersion>>;

struct Hit {
  std::shared_ptr<const ItemVersion> item;
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
  // none is near enough, or the query is itself part of one. Looks at every phrase: for queries whose hits are poor.
  std::optional<std::string> meant(std::string_view query) const;

 private:
  struct Posting {
    uint32_t item;
    float weight;
  };
  struct Key {
    std::string text;  // a Latin word, or pinyin from some syllable to the end
    Posting posting;
  };
  struct Phrase {
    std::string folded, shown;
    float weight;
    std::string sound;           // pinyin of its characters, Latin letters as they are, nothing else
    std::vector<uint16_t> ends;  // of each character, in `sound`
  };
  struct Unit;  // one part of a query: a character, two characters, or a Latin word

  void add(uint32_t item, std::string_view text, float weight);
  void add_phrase(uint32_t item, std::string_view text, float weight);
  std::vector<Unit> units(std::string_view folded) const;
  std::unordered_map<uint32_t, float> matches(const Unit&) const;
  double phrase_bonus(uint32_t item, const std::string& query, std::string& word) const;

  Items items_;
  std::unordered_map<std::string, std::vector<Posting>> grams_;
  std::vector<Key> keys_;                     // sorted
  std::vector<std::vector<Phrase>> phrases_;  // of each item: its names first, then its words
};

// A text in pieces, those that match the query marked: for <mark> in a list of results.
struct Stretch {
  std::string text;
  bool marked = false;
  bool operator==(const Stretch&) const = default;
};
std::vector<Stretch> mark(std::string_view text, std::string_view query);

}  // namespace yimen::catalogue
