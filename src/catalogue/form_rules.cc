#include "catalogue/divisions.h"
#include "catalogue/form_seen.h"
#include "catalogue/form_values.h"

namespace yimen::catalogue {

namespace {

using Kind = Field::Kind;

// A rule that speaks of a field left open says nothing about this one: that field is told of by itself.
bool speaks_of_nothing(const ItemVersion& item, const Formula& when, FormSeen& seen) {
    return std::ranges::any_of(when.uses(), [&](auto& name) {
        auto* field = item.field(name);
        return field && seen.value(*field).null();
    });
}

std::vector<FormError> check_rules(const ItemVersion& item, const Field& field, FormSeen& seen) {
    std::vector<FormError> errors;
    for (auto& rule : field.valid) {
        auto holds = seen.evaluate(*rule.when);
        if (holds.is_true() || (holds.null() && speaks_of_nothing(item, *rule.when, seen))) continue;
        errors.push_back({field.name,
                          {fmt::format("{}：{}", field.label.zh, rule.message.zh), fmt::format("{}: {}", field.label.en, rule.message.en)},
                          ""});
    }
    return errors;
}

std::vector<FormError> check_field(const ItemVersion& item, const Field& field, const Values& values, FormSeen& seen, Date today,
                                   std::string_view signer) {
    auto* value = values.if_contains(field.name);
    boost::json::value computed;
    if (field.value) {
        computed = seen.computed(field);
        value = &computed;
    }
    // What is computed lacks nothing of its own: what it is computed from does.
    auto errors = check_value(field, !field.value && seen.required(field), value, today, signer);
    if (errors.empty() && !seen.value(field).null()) errors = check_rules(item, field, seen);
    return errors;
}

boost::json::object parts(const Facts& facts, std::string_view whose, Kind kind) {
    boost::json::object object;
    for (auto& part : parts_of(kind))
        if (auto found = facts.find(fmt::format("{}.{}", whose, part.name)); found != facts.end() && !found->second.empty())
            object[part.name] = found->second;
    return object;
}

// "applicant.address": the organisation's where one applies, the person's otherwise.
std::string of_applicant(const Facts& facts, std::string_view what) {
    const bool organisation = facts.contains("organisation.name");
    auto found = facts.find(fmt::format("{}.{}", organisation ? "organisation" : "person", what));
    return found == facts.end() ? "" : found->second;
}

std::string known_text(const Field& field, const Facts& facts, const Answers& answers) {
    std::string_view prefill = field.prefill;
    if (prefill.starts_with("applicant.")) return of_applicant(facts, prefill.substr(10));
    const bool from_answer = prefill.starts_with("answer.");
    auto& source = from_answer ? answers : facts;
    auto found = source.find(std::string(from_answer ? prefill.substr(7) : prefill));
    return found == source.end() ? "" : found->second;
}

bool offered(const Field& field, const boost::json::value& value) {
    return std::ranges::find(field.choices, std::string_view(value.as_string()), &Choice::value) != field.choices.end();
}

// What a licence says, as the form had it then: this form's field may be of another kind or have other choices, and is then left
// open.
boost::json::value of_licence(const Field& field, const std::string& text) {
    const bool list = field.kind == Kind::choices || field.kind == Kind::table;
    const bool parts = field.kind == Kind::address || field.kind == Kind::person || field.kind == Kind::organisation;
    boost::system::error_code none;
    auto value = text.starts_with(list ? '[' : '{') && (list || parts) ? boost::json::parse(text, none) : boost::json::value();
    if (none || (list && !value.is_array()) || (parts && value.is_null()))
        return field.kind == Kind::address ? address_from(text) : boost::json::value();
    if (!list && !parts) value = text;
    if (field.kind == Kind::choice && !offered(field, value)) return nullptr;
    if (field.kind == Kind::choices)
        for (auto& one : value.as_array())
            if (!one.is_string() || !offered(field, one)) return nullptr;
    return value;
}

boost::json::value prefilled(const Field& field, const Facts& facts, const Answers& answers) {
    if (field.prefill.empty()) return nullptr;
    if (field.prefill.starts_with("licence.")) {
        auto found = facts.find(field.prefill);
        return found == facts.end() || found->second.empty() ? boost::json::value() : of_licence(field, found->second);
    }
    if (field.kind == Kind::person || field.kind == Kind::organisation) {
        auto object = parts(facts, field.prefill, field.kind);
        return object.empty() ? boost::json::value() : object;
    }
    auto text = known_text(field, facts, answers);
    if (text.empty()) return nullptr;
    // What is not to be changed here stays as the register has it, word for word.
    if (field.kind == Kind::address && !field.locked) return address_from(text);
    return boost::json::value(text);
}

}  // namespace

std::vector<FormError> check_form(const ItemVersion& item, std::optional<size_t> section, const Values& values, const Answers& answers,
                                  Date today, std::string_view signer) {
    std::vector<FormError> errors;
    FormSeen seen(item, values, answers, today);
    for (size_t s = 0; s < item.form.size(); ++s) {
        if (section && *section != s) continue;
        for (auto& field : item.form[s].fields) {
            if (!seen.shown(field)) continue;
            for (auto& error : check_field(item, field, values, seen, today, signer)) errors.push_back(std::move(error));
        }
    }
    return errors;
}

Values prefill(const ItemVersion& item, const Facts& facts, const Answers& answers) {
    Values values;
    for (auto& section : item.form)
        for (auto& field : section.fields)
            if (auto value = prefilled(field, facts, answers); !value.is_null()) values[field.name] = std::move(value);
    return values;
}

}  // namespace yimen::catalogue
