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
  for (auto character : characters_of(folded))
    ends.push_back(static_cast<uint16_t>(end += sound_of_one(character).size()));
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

std::optional<std::string> SearchIndex::meant(std::string_view query) const {
  if (!valid_utf8(query)) return std::nullopt;
  const auto folded = fold(trim(first_characters(query, 100)));
  const auto sound = sound_of(folded);
  // Short words are near to too many others.
  if (sound.size() < 4) return std::nullopt;
  const size_t most = std::max<size_t>(1, sound.size() / 5);
  const size_t length = characters(folded);
  std::string_view nearest;
  float weight = 0;
  size_t least = most + 1;
  // The phrase as a whole, or as much of its beginning as was typed: "排水许可证" of "排水许可证核发（新办）".
  auto consider = [&](const Phrase& phrase, std::string_view its_sound, std::string_view shown) {
    auto far = distance(sound, its_sound, most);
    if (far > most || far > least || (far == least && phrase.weight <= weight)) return;
    std::tie(least, nearest, weight) = std::tuple(far, shown, phrase.weight);
  };
  for (auto& phrases : phrases_)
    for (auto& phrase : phrases) {
      if (phrase.folded.find(folded) != std::string::npos) return std::nullopt;
      consider(phrase, phrase.sound, phrase.shown);
      if (phrase.ends.size() > length && characters(phrase.shown) == phrase.ends.size())
        consider(phrase, std::string_view(phrase.sound).substr(0, phrase.ends[length - 1]),
                 first_characters(phrase.shown, length));
    }
  if (nearest.empty()) return std::nullopt;
  return std::string(nearest);
}

}  // namespace yimen::catalogue
