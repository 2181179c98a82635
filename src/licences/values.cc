#include "licences/licences.h"

#include "catalogue/forms.h"

namespace yimen::licences {

namespace {

using Language = yimen::Language;

std::string label(const std::vector<catalogue::Choice>& choices, std::string_view value) {
    for (auto& choice : choices)
        if (choice.value == value) return choice.label.zh;
    return std::string(value);
}

// Several choices stand one after the other; their labels may have commas of their own.
std::string joined(const catalogue::Field& field, const boost::json::array& values) {
    std::string text;
    for (auto& one : values) text += (text.empty() ? "" : "；") + label(field.choices, one.as_string());
    return text;
}

std::string shown(const catalogue::Field& field, const boost::json::value& value) {
    using Kind = catalogue::Field::Kind;
    if (value.is_object() || field.kind == Kind::table || field.kind == Kind::files) return catalogue::value_words(field, &value, Language::zh);
    if (auto* several = value.if_array()) return joined(field, *several);
    std::string text(value.as_string());
    if (text.empty()) return text;
    if (field.kind == Kind::choice) return label(field.choices, text);
    if (field.kind == Kind::date) {
        auto day = parse_date(text);
        return day ? for_people(*day, Language::zh) : text;
    }
    return text + field.unit.zh;
}

std::string of_form(std::string_view name, const cases::Case& c, const catalogue::ItemVersion& version) {
    auto* value = c.form.if_contains(name);
    auto* field = version.field(name);
    return value && field ? shown(*field, *value) : "";
}

std::string of_answers(std::string_view name, const cases::Case& c, const catalogue::ItemVersion& version) {
    auto answer = c.answers.find(std::string(name));
    auto* question = version.question(name);
    if (answer == c.answers.end() || !question) return "";
    return label(question->choices, answer->second) + question->unit.zh;
}

std::string value_from(std::string_view from, const Licence& l, const cases::Case& c, const catalogue::ItemVersion& version) {
    if (from.starts_with("form.")) return of_form(from.substr(5), c, version);
    if (from.starts_with("answer.")) return of_answers(from.substr(7), c, version);
    if (from == "applicant.name") return l.holder_name;
    if (from == "applicant.code") return l.holder_code_masked;
    if (from == "case.number") return c.number;
    if (from == "licence.number") return l.number;
    if (from == "licence.identifier") return l.identifier;
    if (from == "licence.valid_from") return for_people(l.valid_from, Language::zh);
    if (from == "licence.valid_to") return for_people(l.valid_to, Language::zh);
    if (from == "licence.issued_on") return for_people(shanghai_date(l.issued_at), Language::zh);
    if (from == "authority.name") return l.authority_name;
    throw std::runtime_error(fmt::format("a licence type takes a value from \"{}\", which nothing provides", from));
}

}  // namespace

boost::json::object values_of(const Type& type, const Licence& l, const cases::Case& c, const catalogue::ItemVersion& version) {
    boost::json::object values;
    for (auto& value : type.values) values[value.name] = value_from(value.from, l, c, version);
    return values;
}

}  // namespace yimen::licences
