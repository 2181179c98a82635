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
constexpr std::string_view words_of_addresses[] = {"ask", "answering", "lang", "elder", "item", "q", "page"};

// As expressions of rules and forms can name it.
bool plain_name(std::string_view name) {
  return !name.empty() && name[0] >= 'a' && name[0] <= 'z' &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == name.npos;
}

KnownNames check_questions(const ItemVersion& item, Reader& r) {
  KnownNames known;
  auto places = r["questions"].list();
  for (size_t i = 0; i < item.questions.size(); ++i) {
    auto& q = item.questions[i];
    if (std::ranges::find(words_of_addresses, q.name) != std::end(words_of_addresses))
      places[i]["name"].fault(fmt::format("\"{}\" has a meaning of its own in addresses; choose another name", q.name));
    if (!plain_name(q.name))
      places[i]["name"].fault(fmt::format("\"{}\" must be small letters, digits and _, beginning with a letter", q.name));
    auto& entry = known[q.name];
    entry.number = q.kind == Question::Kind::number;
    entry.values = q.kind == Question::Kind::yes_no ? std::vector<std::string>{"yes", "no"} : values_of(q.choices);
  }
  check_unique(
      item.questions, [](auto& q) { return q.name; }, r["questions"], "question");
  return known;
}

void check_situations(const ItemVersion& item, Reader& r) {
  if (item.situations.empty()) return r.fault("situations: at least one is needed");
  check_unique(
      item.situations, [](auto& s) { return s.name; }, r["situations"], "situation");
}

void check_materials(const ItemVersion& item, Reader& r) {
  auto places = r["materials"].list();
  for (size_t i = 0; i < item.materials.size(); ++i) {
    auto& m = item.materials[i];
  }
  check_unique(
      item.materials, [](auto& m) { return m.code; }, r["materials"], "material");
}

void check_form(const ItemVersion& item, const Piece& piece, std::vector<Fault>& faults, KnownNames known) {
  Reader form(piece, faults);
  auto sections = form["sections"].list();
  std::set<std::string> names;
  for (size_t s = 0; s < item.form.size(); ++s) {
    auto fields = sections[s]["fields"].list();
    for (size_t i = 0; i < fields.size(); ++i) {
      auto& field = item.form[s].fields[i];
      if (!names.insert(field.name).second)
        fields[i].fault(fmt::format("a second field \"{}\": rename one", field.name));
      check_condition(field.shown_when, known, fields[i]);
      if (field.prefill.starts_with("answer.") && !item.question(field.prefill.substr(7)))
        fields[i].fault(fmt::format("there is no question for prefill \"{}\"", field.prefill));
      auto yes_no = field.kind == Field::Kind::yes_no || field.kind == Field::Kind::declaration;
      known[field.name] = {yes_no ? std::vector<std::string>{"yes", "no"} : values_of(field.choices),
                           field.kind == Field::Kind::number || field.kind == Field::Kind::money};
    }
  }
  check_unique(
      item.form, [](auto& s) { return s.name; }, form["sections"], "section");
}

}  // namespace

void check_item(const ItemVersion& item, const Piece& piece, const Piece& form, std::vector<Fault>& faults) {
  Reader r(piece, faults);
  auto known = check_questions(item, r);
  check_situations(item, r);
  check_materials(item, r);
  if (item.online() && item.form.empty()) r.fault("online needs form.yaml beside it, or a standard form in data/catalogue/forms");
  if (form.value) check_form(item, form, faults, std::move(known));
}

}  // namespace yimen::catalogue
