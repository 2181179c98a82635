#include "catalogue/read_item.h"

namespace yimen::catalogue {

namespace {

Field::Kind read_kind(const Reader& r) {
  using Kind = Field::Kind;
  return r.one_of<Kind>({{"text", Kind::text},
                         {"long_text", Kind::long_text},
                         {"number", Kind::number},
                         {"money", Kind::money},
                         {"date", Kind::date},
                         {"choice", Kind::choice},
                         {"choices", Kind::choices},
                         {"yes_no", Kind::yes_no},
                         {"phone", Kind::phone},
                         {"credit_code", Kind::credit_code},
                         {"resident_number", Kind::resident_number},
                         {"address", Kind::address},
                         {"declaration", Kind::declaration}});
}

Field read_field(Reader r) {
  using Kind = Field::Kind;
  constexpr int64_t most = 1'000'000'000;
  Field f;
  f.name = r["name"].text();
  f.label = r["label"].words();
  f.hint = r["hint"].words(false);
  f.kind = read_kind(r["kind"]);
  f.choices = read_choices(r["choices"]);
  f.unit = r["unit"].words(false);
  f.required = r["required"].flag(true);
  if (auto low = r["low"]; low.there()) f.low = low.number(-most, most);
  if (auto high = r["high"]; high.there()) f.high = high.number(-most, most);
  f.max_characters = static_cast<int>(r["max_characters"].number(1, 20'000, f.kind == Kind::long_text ? 2000 : 200));
  f.prefill = r["prefill"].text("");
  f.locked = r["locked"].flag(false);
  f.shown_when = r["shown_when"].condition();
  if ((f.kind == Kind::choice || f.kind == Kind::choices) != !f.choices.empty())
    r.fault("fields of kind choice and choices need choices, and no other kind may have any");
  if (f.low && f.high && *f.low > *f.high) r.fault("low is above high: nothing could be entered");
  if (f.locked && f.prefill.empty()) r.fault("locked without prefill could never be filled in: add prefill");
  r.done();
  return f;
}

}  // namespace

std::vector<Section> read_form(const Piece& piece, std::vector<Fault>& faults) {
  std::vector<Section> sections;
  Reader form(piece, faults);
  for (auto& part : form["sections"].list()) {
    Reader r = part;
    Section section{r["name"].text(), r["title"].words(), r["intro"].words(false), {}};
    for (auto& field : r["fields"].list()) section.fields.push_back(read_field(field));
    r.done();
    sections.push_back(std::move(section));
  }
  form.done();
  if (sections.empty()) form.fault("a form needs at least one section");
  return sections;
}

}  // namespace yimen::catalogue
