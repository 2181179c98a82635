#include "catalogue/search.h"

#include <cmath>

#include "base/text.h"
#include "catalogue/search_terms.h"

namespace yimen::catalogue {

namespace {

constexpr float of_name = 10, of_word = 8, of_result = 4, of_summary = 3, of_authority = 3, of_code = 6, of_whom = 1.5;

// Pinyin from each syllable to the end of a run, in full and by initials: "paishui", "shui", "ps", "s".
std::vector<std::string> spellings(std::string_view run) {
  std::string full, initials;
  std::vector<std::string> all;
  auto characters = characters_of(run);
  for (auto c = characters.rbegin(); c != characters.rend(); ++c) {
    auto one = syllable(*c);
    full = one + full;
    initials = one.substr(0, 1) + initials;
    all.push_back(full);
    all.push_back(initials);
  }
  return all;
}

}  // namespace

struct SearchIndex::Unit {
  bool han;
  std::string text;
};

SearchIndex::SearchIndex(Items items) : items_(std::move(items)), phrases_(items_.size()) {
  for (uint32_t i = 0; i < items_.size(); ++i) {
    auto& item = *items_[i];
    for (auto* name : {&item.name.zh, &item.name.en}) add_phrase(i, *name, of_name);
    // Words stand in order of importance.
    float weight = of_word;
    for (auto& word : item.words) add_phrase(i, word, weight), weight = std::max(weight * 0.97f, 4.f);
    for (auto [text, weight] : {std::pair{&item.result_name, of_result},
                                {&item.summary, of_summary},
                                {&item.authority, of_authority},
                                {&item.for_whom, of_whom}})
      add(i, text->zh, weight), add(i, text->en, weight);
    for (auto* code : {&item.task_code, &item.catalogue_code, &item.item}) add(i, *code, of_code);
  }
  std::ranges::sort(keys_, {}, &Key::text);
}

void SearchIndex::add(uint32_t item, std::string_view text, float weight) {
  auto folded = fold(text);
  auto put = [&](std::string_view gram) {
    auto& postings = grams_[std::string(gram)];
    if (postings.empty() || postings.back().item != item) postings.push_back({item, weight});
    postings.back().weight = std::max(postings.back().weight, weight);
  };
  for (auto& run : runs(folded)) {
    if (!run.han) {
      keys_.push_back({stem(run.text), {item, weight}});
      continue;
    }
    auto characters = characters_of(run.text);
    for (size_t i = 0; i < characters.size(); ++i) {
      put(characters[i]);
      if (i + 1 < characters.size()) put({characters[i].data(), characters[i].size() + characters[i + 1].size()});
    }
  }
}

void SearchIndex::add_phrase(uint32_t item, std::string_view text, float weight) {
  add(item, text, weight);
  auto folded = fold(text);
  for (auto& run : runs(folded)) {
    if (!run.han) continue;
    // Where the phrase begins with what was typed, that is the better guess.
    auto all = spellings(run.text);
    for (size_t i = 0; i < all.size(); ++i)
      keys_.push_back({all[i], {item, i + 2 >= all.size() ? weight : weight * 0.6f}});
  }
  auto sound = sound_of(folded);
  auto ends = sound_ends(folded);
  phrases_[item].push_back({std::move(folded), std::string(text), weight, std::move(sound), std::move(ends)});
}

std::vector<SearchIndex::Unit> SearchIndex::units(std::string_view folded) const {
  std::vector<Unit> all, idle_ones;
  for (auto& run : runs(folded)) {
    if (!run.han) {
      (idle(run.text) ? idle_ones : all).push_back({false, stem(run.text)});
      continue;
    }
    auto characters = characters_of(run.text);
    if (characters.size() == 1) all.push_back({true, std::string(run.text)});
    for (size_t i = 0; i + 1 < characters.size(); ++i)
      all.push_back({true, std::string(characters[i]) + std::string(characters[i + 1])});
  }
  return all.empty() ? idle_ones : all;
}

std::unordered_map<uint32_t, float> SearchIndex::matches(const Unit& unit) const {
  std::unordered_map<uint32_t, float> found;
  if (unit.han) {
    if (auto postings = grams_.find(unit.text); postings != grams_.end())
      for (auto& p : postings->second) found.emplace(p.item, p.weight);
    return found;
  }
  auto key = std::ranges::lower_bound(keys_, unit.text, {}, &Key::text);
  for (; key != keys_.end() && key->text.starts_with(unit.text); ++key) {
    // A whole word counts fully, a beginning in the measure of what was typed of it.
    const float part = static_cast<float>(unit.text.size()) / static_cast<float>(key->text.size());
    auto& weight = found[key->posting.item];
    weight = std::max(weight, key->posting.weight * (0.5f + 0.5f * part));
  }
  return found;
}

// What the whole query and a whole phrase have in common counts more than the sum of the parts.
double SearchIndex::phrase_bonus(uint32_t item, const std::string& query, std::string& word) const {
  double best = 0;
  for (size_t i = 0; i < phrases_[item].size(); ++i) {
    auto& phrase = phrases_[item][i];
    double bonus = 0;
    if (phrase.folded == query)
      bonus = 4 * phrase.weight;
    else if (phrase.folded.find(query) != std::string::npos)
      bonus = (phrase.folded.starts_with(query) ? 1.5 : 1.2) * phrase.weight;
    else if (phrase.folded.size() > 3 && query.find(phrase.folded) != std::string::npos)
      bonus = 2.0 * phrase.weight * static_cast<double>(phrase.folded.size()) / static_cast<double>(query.size());
    if (bonus <= best) continue;
    best = bonus;
    word = i < 2 ? std::string() : phrase.shown;
  }
  return best;
}

std::vector<Hit> SearchIndex::search(std::string_view query, size_t limit) const {
  if (!valid_utf8(query)) return {};
  auto folded = fold(trim(first_characters(query, 100)));
  auto parts = units(folded);
  std::unordered_map<uint32_t, std::pair<double, double>> scores;  // sum, and how much of the query was found
  double whole = 0;
  for (auto& unit : parts) {
    auto found = matches(unit);
    const double rarity =
        std::log(1.0 + static_cast<double>(items_.size()) / (1.0 + static_cast<double>(found.size())));
    whole += rarity;
    for (auto& [item, weight] : found) {
      scores[item].first += rarity * weight;
      scores[item].second += rarity;
    }
  }
  std::vector<Hit> hits;
  for (auto& [item, score] : scores) {
    Hit hit{items_[item], 0, {}, score.second / whole};
    hit.score = score.first * (score.second / whole) / static_cast<double>(parts.size()) +
                phrase_bonus(item, folded, hit.word) + items_[item]->popularity * 0.01;
    hits.push_back(std::move(hit));
  }
  auto better = [](const Hit& a, const Hit& b) {
    return std::tie(b.score, a.item->item) < std::tie(a.score, b.item->item);
  };
  limit = std::min(limit, hits.size());
  std::partial_sort(hits.begin(), hits.begin() + static_cast<std::ptrdiff_t>(limit), hits.end(), better);
  hits.resize(limit);
  return hits;
}

}  // namespace yimen::catalogue
