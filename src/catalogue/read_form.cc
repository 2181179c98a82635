#include "catalogue/form_seen.h"
#include "catalogue/read_item.h"

namespace yimen::catalogue {

namespace {

using Kind = Field::Kind;

constexpr std::pair<std::string_view, Kind> kinds[] = {{"text", Kind::text},
                                                       {"long_text", Kind::long_text},
                                                       {"number", Kind::number},
                                                       {"money", Kind::money},
                                                       {"date", Kind::date},
                                                       {"choice", Kind::choice},
                                                       {"choices", Kind::choices},
                                                       {"yes_no", Kind::yes_no},
                                                       {"phone", Kind::phone},
                                                       {"email", Kind::email},
                                                       {"credit_code", Kind::credit_code},
                                                       {"resident_number", Kind::resident_number},
                                                       {"address", Kind::address},
                                                       {"person", Kind::person},
                                                       {"organisation", Kind::organisation},
                                                       {"table", Kind::table},
                                                       {"files", Kind::files},
                                                       {"declaration", Kind::declaration},
                                                       {"signature", Kind::signature}};

Kind read_kind(const Reader& r) {
    auto word = r.text();
    std::string known;
    for (auto& [name, kind] : kinds) {
        if (name == word) return kind;
        known += fmt::format("{}{}", known.empty() ? "" : ", ", name);
    }
    if (!word.empty()) r.fault(fmt::format("\"{}\" is no kind of field; it may be {}", word, known));
    return Kind::text;
}

// The names that every formula of the form may use, wherever they stand in it.
Formula::Names names_of(Reader form, const std::vector<Question>& questions) {
    Formula::Names names{std::string(who_applies)};
    for (auto& question : questions) names.insert(question.name);
    for (auto& section : form["sections"].list()) {
        Reader part = section;
        for (auto& field : part["fields"].list()) {
            Reader r = field;
            if (auto name = r["name"]; name.there()) names.insert(name.text());
        }
    }
    return names;
}

enum class Clock { no, yes };
std::shared_ptr<const Formula> read_formula(const Reader& r, const Formula::Names& names, Clock clock = Clock::no) {
    auto text = r.text();
    auto formula = Formula::read(text, names);
    if (!formula) {
        r.fault(fmt::format("at character {}: {}. Questions and fields that may be named: {}", formula.error().position + 1,
                            formula.error().en, fmt::join(names, ", ")));
        return {};
    }
    if (clock == Clock::no && formula->asks_the_clock())
        r.fault("only `valid` may ask for today's date: a form must read the same on every day");
    return std::make_shared<const Formula>(std::move(*formula));
}

void read_required(const Reader& r, Field& f, const Formula::Names& names) {
    if (!r.there()) return;
    auto text = r.text();
    if (text == "true" || text == "false")
        f.required = text == "true";
    else
        f.required_when = read_formula(r, names);
}

void read_rules(Reader& r, Field& f, const Formula::Names& names) {
    read_required(r["required"], f, names);
    if (auto visible = r["visible"]; visible.there()) f.visible = read_formula(visible, names);
    if (auto value = r["value"]; value.there()) f.value = read_formula(value, names);
    for (auto& part : r["valid"].list()) {
        Reader one = part;
        auto when = read_formula(one["when"], names, Clock::yes);
        f.valid.push_back({std::move(when), one["message"].words()});
        one.done();
    }
}

// A cell holds one short text; a table inside a table nobody could fill in.
bool simple(Kind kind) {
    switch (kind) {
        case Kind::text:
        case Kind::number:
        case Kind::money:
        case Kind::date:
        case Kind::choice:
        case Kind::yes_no:
        case Kind::phone:
        case Kind::email:
        case Kind::credit_code:
        case Kind::resident_number:
            return true;
        default:
            return false;
    }
}

bool computable(Kind kind) {
    return kind == Kind::text || kind == Kind::number || kind == Kind::money || kind == Kind::date || kind == Kind::yes_no ||
           kind == Kind::choice;
}

void check_reading(const Reader& r, const Field& f) {
    if ((f.kind == Kind::choice || f.kind == Kind::choices) != !f.choices.empty())
        r.fault("fields of kind choice and choices need choices, and no other kind may have any");
    if (f.low && f.high && *f.low > *f.high) r.fault("low is above high: nothing could be entered");
    if (f.locked && f.prefill.empty()) r.fault("locked without prefill could never be filled in: add prefill");
    if (f.value && !computable(f.kind))
        r.fault("only a text, number, money, date, yes_no or choice can be computed: change the kind or leave out value");
    if (f.value && !f.prefill.empty()) r.fault("computed and prefilled at once: leave out value or prefill");
    if ((f.kind == Kind::table) != !f.columns.empty()) r.fault("a field of kind table needs columns, and no other kind may have any");
    if (f.rows_low > f.rows_high) r.fault("rows_low is above rows_high: no number of rows would do");
}

Field read_field(Reader r, const Formula::Names& names, bool column) {
    constexpr int64_t most = 1'000'000'000;
    Field f;
    f.name = r["name"].text();
    f.label = r["label"].words();
    f.hint = r["hint"].words(false);
    f.kind = read_kind(r["kind"]);
    f.choices = read_choices(r["choices"]);
    f.unit = r["unit"].words(false);
    if (auto low = r["low"]; low.there()) f.low = low.number(-most, most);
    if (auto high = r["high"]; high.there()) f.high = high.number(-most, most);
    f.max_characters = static_cast<int>(r["max_characters"].number(1, 20'000, f.kind == Kind::long_text ? 2000 : 200));
    if (column) {
        f.required = r["required"].flag(true);
        if (!simple(f.kind)) r["kind"].fault("a column is of a kind that is one short text: no table, address, files and the like");
    } else {
        read_rules(r, f, names);
        f.prefill = r["prefill"].text("");
        f.locked = r["locked"].flag(false);
        for (auto& part : r["columns"].list()) f.columns.push_back(read_field(part, names, true));
        f.rows_low = static_cast<int>(r["rows_low"].number(0, 100, f.required ? 1 : 0));
        f.rows_high = static_cast<int>(r["rows_high"].number(1, 100, 50));
        f.file_types = r["file_types"].texts();
        f.text = r["text"].words(false);
    }
    check_reading(r, f);
    r.done();
    return f;
}

}  // namespace

Form read_form(const Piece& piece, const std::vector<Question>& questions, std::vector<Fault>& faults) {
    std::vector<Section> sections;
    Reader form(piece, faults);
    std::vector<Fault> told_later;  // a name that is wrong is told where the field is read
    auto names = names_of(Reader(piece, told_later), questions);
    for (auto& part : form["sections"].list()) {
        Reader r = part;
        Section section{r["name"].text(), r["title"].words(), r["intro"].words(false), {}, {}};
        if (auto visible = r["visible"]; visible.there()) section.visible = read_formula(visible, names);
        for (auto& field : r["fields"].list()) section.fields.push_back(read_field(field, names, false));
        r.done();
        sections.push_back(std::move(section));
    }
    form.done();
    if (sections.empty()) form.fault("a form needs at least one section");
    return Form(std::move(sections));
}

}  // namespace yimen::catalogue
