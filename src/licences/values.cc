#include "licences/values.h"

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

// A licence names people: their numbers and telephones are nobody's business who sees it, and are not kept with it.
boost::json::value only_named(const catalogue::Field& field, const boost::json::value& value) {
    if (field.kind != catalogue::Field::Kind::person || !value.is_object()) return value;
    auto* name = value.get_object().if_contains("name");
    return boost::json::object{{"name", name ? *name : boost::json::value("")}};
}

std::string shown(const catalogue::Field& field, const boost::json::value& value) {
    using Kind = catalogue::Field::Kind;
    if (value.is_object() || field.kind == Kind::table || field.kind == Kind::files)
        return catalogue::value_words(field, &value, Language::zh);
    if (auto* several = value.if_array()) return joined(field, *several);
    std::string text(value.as_string());
    if (text.empty()) return text;
    if (field.kind == Kind::choice) return label(field.choices, text);
    if (field.kind == Kind::date) {
        auto day = parse_date(text);
        return day ? for_people(*day, Language::zh) : text;
    }
    return text + (field.kind == Kind::money ? "元" : field.unit.zh);
}

std::string of_form(std::string_view name, const cases::Case& c, const catalogue::ItemVersion& version) {
    auto* value = c.form.if_contains(name);
    auto* field = version.field(name);
    return value && field ? shown(*field, only_named(*field, *value)) : "";
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
    if (from == "holder.credit_code") return "";  // put by who knows the register
    if (from == "case.number") return c.number;
    if (from == "licence.number") return l.number;
    if (from == "licence.identifier") return l.identifier;
    if (from == "licence.valid_from") return for_people(l.valid_from, Language::zh);
    if (from == "licence.valid_to") return last_day_words(l, Language::zh);
    if (from == "licence.issued_on") return for_people(shanghai_date(l.issued_at), Language::zh);
    if (from == "authority.name") return l.authority_name;
    throw std::runtime_error(fmt::format("a licence type takes a value from \"{}\", which nothing provides", from));
}

// As it stands in the form or among the answers; null where it stands in neither.
boost::json::value entry_of(std::string_view from, const cases::Case& c, const catalogue::ItemVersion& version) {
    if (from.starts_with("form.")) {
        auto* field = version.field(from.substr(5));
        auto* value = field ? c.form.if_contains(field->name) : nullptr;
        return value ? only_named(*field, *value) : boost::json::value();
    }
    auto answer = from.starts_with("answer.") ? c.answers.find(std::string(from.substr(7))) : c.answers.end();
    return answer != c.answers.end() && version.question(from.substr(7)) ? boost::json::value(answer->second) : boost::json::value();
}

}  // namespace

void take_values(Licence& l, const Type& type, const cases::Case& c, const catalogue::ItemVersion& version, const Licence* before) {
    bool all_as_before = before && version.licence_effect == catalogue::LicenceEffect::replacement;
    for (auto& value : type.values) {
        auto text = value.of_case() && all_as_before ? std::string() : value_from(value.from, l, c, version);
        auto entry = all_as_before ? boost::json::value() : entry_of(value.from, c, version);
        bool carried = before && value.of_case() && text.empty();
        if (auto* kept = carried ? before->values.if_contains(value.name) : nullptr) text = kept->as_string();
        if (auto* kept = carried ? before->entries.if_contains(value.name) : nullptr) entry = *kept;
        l.values[value.name] = text;
        if (!catalogue::nothing(&entry)) l.entries[value.name] = std::move(entry);
    }
}

}  // namespace yimen::licences
