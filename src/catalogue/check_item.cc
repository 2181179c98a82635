#include "catalogue/condition.h"
#include "catalogue/read_item.h"

namespace yimen::catalogue {

namespace {

// A name conditions may use: what its values can be, or nothing where any will do.
struct Known {
  std::vector<std::string> values;
  bool number = false;
};
using KnownNames = std::map<std::string, Known>;

std::vector<std::string> values_of(const std::vector<Choice>& choices) {
  std::vector<std::string> values;
  for (auto& c : choices) values.push_back(c.value);
  return values;
}

void check_condition(const std::shared_ptr<const Condition>& condition, const KnownNames& known, const Reader& place) {
  if (!condition) return;
  for (auto& c : condition->comparisons()) {
    auto found = known.find(c.name);
    if (found == known.end()) {
      place.fault(fmt::format("there is no question or field \"{}\" before this", c.name));
      continue;
    }
    for (auto& value : c.values) {
      if (found->second.number && !parse_decimal(value))
        place.fault(fmt::format("\"{}\" is a number: \"{}\" can never be its value", c.name, value));
      auto& values = found->second.values;
      if (!values.empty() && std::ranges::find(values, value) == values.end())
        place.fault(fmt::format("\"{}\" has no answer \"{}\"; it has {}", c.name, value, fmt::join(values, ", ")));
    }
  }
}

template <class T, class Name>
void check_unique(const std::vector<T>& things, Name name, Reader list, std::string_view what) {
  auto places = list.list();
  std::set<std::string> seen;
  for (size_t i = 0; i < things.size(); ++i)
    if (!seen.insert(name(things[i])).second)
      places[i].fault(fmt::format("a second {} \"{}\": rename one", what, name(things[i])));
}

// Answers stand in addresses beside these.
constexpr std::string_view words_of_addresses[] = {"ask", "answering", "lang", "elder", "item", "q", "page", "applicant"};

KnownNames check_questions(const ItemVersion& item, Reader& r) {
  KnownNames known;
  auto places = r["questions"].list();
  for (size_t i = 0; i < item.questions.size(); ++i) {
    auto& q = item.questions[i];
    if (std::ranges::find(words_of_addresses, q.name) != std::end(words_of_addresses))
      places[i]["name"].fault(fmt::format("\"{}\" has a meaning of its own in addresses; choose another name", q.name));
    check_condition(q.asked_when, known, places[i]);
    auto& entry = known[q.name];
    entry.number = q.kind == Question::Kind::number;
    entry.values = q.kind == Question::Kind::yes_no ? std::vector<std::string>{"yes", "no"} : values_of(q.choices);
  }
  check_unique(
      item.questions, [](auto& q) { return q.name; }, r["questions"], "question");
  return known;
}

void check_situations(const ItemVersion& item, Reader& r, const KnownNames& known) {
  auto places = r["situations"].list();
  if (places.empty()) return r.fault("situations: at least one is needed");
  for (size_t i = 0; i < item.situations.size(); ++i) {
    check_condition(item.situations[i].when, known, places[i]);
    const bool last = i + 1 == item.situations.size();
    if (last && item.situations[i].when)
      places[i].fault("the last situation must be without \"when\": it takes the rest");
    if (!last && !item.situations[i].when) places[i].fault("only the last situation may be without \"when\"");
  }
  check_unique(
      item.situations, [](auto& s) { return s.name; }, r["situations"], "situation");
}

void check_materials(const ItemVersion& item, Reader& r, const KnownNames& known) {
  auto places = r["materials"].list();
  for (size_t i = 0; i < item.materials.size(); ++i) {
    auto& m = item.materials[i];
    check_condition(m.needed_when, known, places[i]);
    check_condition(m.later_when, known, places[i]);
    if (item.online() && m.file_types.empty() && m.exempt_source != "form")
      places[i].fault("online applications upload it: say in file_types how (pdf, png, jpeg)");
  }
  check_unique(
      item.materials, [](auto& m) { return m.code; }, r["materials"], "material");
}

}  // namespace

void check_item(const ItemVersion& item, const Piece& piece, const Piece& form, std::vector<Fault>& faults) {
  Reader r(piece, faults);
  auto known = check_questions(item, r);
  check_situations(item, r, known);
  check_materials(item, r, known);
  for (auto& applicant : r["applicants"].list())
    if (auto kind = applicant.text(); kind != "person" && kind != "organisation") applicant.fault("an applicant may be person or organisation");
  if (item.applicants.empty()) r.fault("applicants: person, organisation or both are needed");
  static const std::set<std::string> channels{"online", "window", "kiosk"};
  for (auto& channel : r["channels"].list())
    if (!channels.contains(channel.text())) channel.fault("a channel may be online, window or kiosk");
  if (item.channels.empty()) r.fault("channels: at least one is needed");
  if (item.themes.empty()) r.fault("themes: at least one is needed, so that it can be found by browsing");
  if (item.words.empty()) r.fault("words: write the everyday words people search by");
  if (form.value) check_form(item, form, faults);
}

}  // namespace yimen::catalogue
