#include "catalogue/form_seen.h"
#include "catalogue/read_item.h"

// What no single field of a form shows.
namespace yimen::catalogue {

namespace {

using Kind = Field::Kind;

// What registers can tell of an applicant, and the kind of field that takes it where one kind alone does.
struct Source {
    std::string_view name;
    std::optional<Kind> kind;
};
constexpr Source sources[] = {{"person", Kind::person},
                              {"person.name", {}},
                              {"person.number", {}},
                              {"person.phone", {}},
                              {"person.address", {}},
                              {"organisation", Kind::organisation},
                              {"organisation.name", {}},
                              {"organisation.credit_code", {}},
                              {"organisation.legal_representative", {}},
                              {"organisation.address", {}},
                              {"organisation.phone", {}},
                              {"applicant.name", {}},
                              {"applicant.address", {}},
                              {"applicant.phone", {}}};

void check_prefill(const ItemVersion& item, const Field& field, const Reader& place) {
    if (field.prefill.empty()) return;
    if (field.prefill.starts_with("answer.")) {
        if (!item.question(field.prefill.substr(7))) place.fault(fmt::format("there is no question for prefill \"{}\"", field.prefill));
        return;
    }
    if (field.prefill.starts_with("licence.")) return;  // check_licence.cc knows what a licence says
    auto source = std::ranges::find(sources, field.prefill, &Source::name);
    std::vector<std::string_view> names;
    for (auto& one : sources) names.push_back(one.name);
    if (source == std::end(sources))
        return place.fault(fmt::format("nothing can be prefilled from \"{}\"; it may be {}, answer.<question> or licence.<value>",
                                       field.prefill, fmt::join(names, ", ")));
    bool of_parts = field.kind == Kind::person || field.kind == Kind::organisation;
    if (source->kind ? *source->kind != field.kind : of_parts)
        place.fault(fmt::format("\"{}\" cannot fill in a field of this kind", field.prefill));
    if (field.kind == Kind::table || field.kind == Kind::files || field.kind == Kind::signature || field.kind == Kind::declaration)
        place.fault("a field of this kind is never prefilled: leave out prefill");
}

std::vector<std::string> answers_to(const ItemVersion& item, const std::string& name) {
    std::vector<std::string> values;
    if (name == who_applies) return {"person", "organisation"};
    auto* field = item.field(name);
    auto* question = item.question(name);
    for (auto& choice : field ? field->choices : question ? question->choices : std::vector<Choice>()) values.push_back(choice.value);
    return values;
}

void check_compared(const ItemVersion& item, const std::shared_ptr<const Formula>& formula, const Reader& place) {
    if (!formula) return;
    for (auto& [name, text] : formula->compared()) {
        auto values = answers_to(item, name);
        if (!values.empty() && std::ranges::find(values, text) == values.end())
            place.fault(fmt::format("\"{}\" has no answer \"{}\"; it has {}", name, text, fmt::join(values, ", ")));
    }
}

void check_rules(const ItemVersion& item, const Field& field, Reader place) {
    check_compared(item, field.visible, place["visible"]);
    check_compared(item, field.required_when, place["required"]);
    check_compared(item, field.value, place["value"]);
    auto valid = place["valid"].list();
    for (size_t i = 0; i < field.valid.size() && i < valid.size(); ++i) check_compared(item, field.valid[i].when, valid[i]);
}

// Which fields decide whether a field is shown and what it holds, so that a ring of them is found.
class Rings {
  public:
    explicit Rings(const ItemVersion& item) {
        for (auto& section : item.form)
            for (auto& field : section.fields)
                for (auto& formula : {section.visible, field.visible, field.value})
                    if (formula)
                        for (auto& name : formula->uses())
                            if (item.field(name)) leads_to_[field.name].insert(name);
    }
    // "a, b, a"; empty where the field does not depend on itself.
    std::string through(const std::string& name) {
        std::vector<std::string> way;
        std::set<std::string> seen;
        return found(name, name, way, seen) ? fmt::format("{}", fmt::join(way, ", ")) : "";
    }

  private:
    bool found(const std::string& from, const std::string& sought, std::vector<std::string>& way, std::set<std::string>& seen) {
        way.push_back(from);
        for (auto& next : leads_to_[from]) {
            if (next == sought) return way.push_back(next), true;
            if (seen.insert(next).second && found(next, sought, way, seen)) return true;
        }
        way.pop_back();
        return false;
    }
    std::map<std::string, std::set<std::string>> leads_to_;
};

bool declares(const Field& field) { return field.kind == Kind::declaration || field.kind == Kind::signature; }

void check_section(const ItemVersion& item, const Section& section, Reader place, std::set<std::string>& names, Rings& rings) {
    auto fields = place["fields"].list();
    check_compared(item, section.visible, place["visible"]);
    bool only_declares = std::ranges::all_of(section.fields, declares);
    for (size_t i = 0; i < fields.size(); ++i) {
        auto& field = section.fields[i];
        if (!names.insert(field.name).second) fields[i].fault(fmt::format("a second field \"{}\": rename one", field.name));
        if (item.question(field.name)) fields[i].fault(fmt::format("\"{}\" is a question too: rename the field", field.name));
        if (field.name.find('-') != std::string::npos) fields[i].fault("a name is of letters, digits and \"_\": rename the field");
        if (field.name == who_applies) fields[i].fault("\"applicant\" stands for who applies, person or organisation: rename the field");
        if (field.kind == Kind::signature && !only_declares)
            fields[i].fault("a signature is given when handing in: put it into a section of declarations alone");
        check_prefill(item, field, fields[i]);
        check_rules(item, field, fields[i]);
        if (auto ring = rings.through(field.name); !ring.empty())
            fields[i].fault(fmt::format("the field depends on itself ({}): break the ring in visible or value", ring));
    }
}

void check_columns(const Section& section, Reader place) {
    auto fields = place["fields"].list();
    for (size_t i = 0; i < fields.size(); ++i) {
        std::set<std::string> columns;
        for (auto& column : section.fields[i].columns)
            if (!columns.insert(column.name).second) fields[i].fault(fmt::format("a second column \"{}\": rename one", column.name));
    }
}

}  // namespace

void check_form(const ItemVersion& item, const Piece& piece, std::vector<Fault>& faults) {
    Reader form(piece, faults);
    auto sections = form["sections"].list();
    std::set<std::string> names, section_names;
    Rings rings(item);
    for (size_t s = 0; s < item.form.size(); ++s) {
        check_section(item, item.form[s], sections[s], names, rings);
        if (!section_names.insert(item.form[s].name).second)
            sections[s].fault(fmt::format("a second section \"{}\": rename one", item.form[s].name));
    }
    for (size_t s = 0; s < item.form.size(); ++s) check_columns(item.form[s], sections[s]);
}

}  // namespace yimen::catalogue
