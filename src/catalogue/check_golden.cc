#include "catalogue/check_rules.h"
#include "catalogue/decimal.h"

namespace yimen::catalogue {

namespace {

std::vector<std::string> texts(const boost::json::object& golden, std::string_view name) {
    std::vector<std::string> all;
    auto* list = golden.if_contains(name);
    if (list && list->is_array())
        for (auto& one : list->get_array())
            if (auto* text = one.if_string()) all.emplace_back(*text);
    std::ranges::sort(all);
    return all;
}

std::vector<std::string> codes(const Outcome& outcome, Need need) {
    std::vector<std::string> all;
    for (auto& m : outcome.materials)
        if (m.need == need) all.push_back(m.material->code);
    std::ranges::sort(all);
    return all;
}

// As in the file: numbers and flags stand for themselves.
std::string plain(const boost::json::value& value) {
    if (auto* text = value.if_string()) return std::string(*text);
    return boost::json::serialize(value);
}

Answers answers_of(const boost::json::object& golden) {
    Answers answers;
    if (auto* given = golden.if_contains("answers"); given && given->is_object())
        for (auto& [name, answer] : given->get_object()) answers[name] = plain(answer);
    return answers;
}

// As a form keeps it: a number and a flag as text, whatever is inside of lists and parts alike.
boost::json::value kept(const boost::json::value& value) {
    if (auto* flag = value.if_bool()) return *flag ? "yes" : "no";
    if (value.is_number()) return boost::json::value(boost::json::serialize(value));
    if (auto* list = value.if_array()) {
        boost::json::array out;
        for (auto& one : *list) out.push_back(kept(one));
        return out;
    }
    auto* object = value.if_object();
    if (!object) return value;
    boost::json::object out;
    for (auto& [name, member] : *object) out[name] = kept(member);
    return out;
}

std::string signer_of(const ItemVersion& item, const Values& values) {
    for (auto& section : item.form)
        for (auto& field : section.fields)
            if (auto* value = field.kind == Field::Kind::signature ? values.if_contains(field.name) : nullptr; value && value->is_object())
                if (auto* name = value->get_object().if_contains("name"); name && name->is_string()) return std::string(name->get_string());
    return "";
}

void check_form_of(const ItemVersion& item, const boost::json::object& golden, const std::string& file, std::vector<Fault>& faults) {
    auto errors = golden_form(item, golden);
    auto wanted = golden_form_errors(golden);
    if (!errors) {
        if (!wanted.empty()) faults.push_back({file, 0, "form_errors stands without a form: write the form's values, or remove it"});
        return;
    }
    for (auto& error : *errors)
        if (std::ranges::find(wanted, error.field) == wanted.end())
            faults.push_back(
                {file, 0,
                 fmt::format("form: \"{}\" is in error ({}): mend its value, or name it in form_errors", error.field, error.message.en)});
    auto found = fields_of(*errors);
    for (auto& name : wanted)
        if (std::ranges::find(found, name) == found.end())
            faults.push_back(
                {file, 0,
                 fmt::format(
                     "form_errors names \"{}\", but the form's rules find nothing wrong with it: change its value, or remove the name",
                     name)});
}

}  // namespace

std::vector<std::string> golden_form_errors(const boost::json::object& golden) { return texts(golden, "form_errors"); }

std::vector<std::string> fields_of(const std::vector<FormError>& errors) {
    std::set<std::string> names;
    for (auto& error : errors) names.insert(error.field);
    return {names.begin(), names.end()};
}

namespace {

// Forms may ask for days from today on: an example is filled in on a day of its own.
Date day_of(const ItemVersion& item, const boost::json::object& golden) {
    auto* day = golden.if_contains("day");
    auto* text = day ? day->if_string() : nullptr;
    auto date = text ? parse_date(*text) : std::nullopt;
    return date ? *date : item.from;
}

}  // namespace

std::optional<std::vector<FormError>> golden_form(const ItemVersion& item, const boost::json::object& golden) {
    auto* form = golden.if_contains("form");
    if (!form || !form->is_object()) return std::nullopt;
    auto values = kept(*form).as_object();
    auto answers = answers_of(golden);
    const bool organisation = item.for_applicant("organisation") &&
                              (!item.for_applicant("person") ||
                               std::ranges::any_of(texts(golden, "held"), [](auto& held) { return held.starts_with("organisation:"); }));
    answers.try_emplace("applicant", organisation ? "organisation" : "person");
    auto errors = check_form(item, {}, values, answers, day_of(item, golden), signer_of(item, values));
    for (auto& [name, value] : values)
        if (!item.field(name))
            errors.push_back({std::string(name),
                              {fmt::format("表单没有“{}”一栏", std::string_view(name)),
                               fmt::format("the form has no field \"{}\"", std::string_view(name))},
                              ""});
    return errors;
}

std::vector<Fault> check_golden(const ItemVersion& item, const boost::json::object& golden, const std::string& file) {
    std::vector<Fault> faults;
    auto fault = [&](std::string message) { faults.push_back({file, 0, std::move(message)}); };
    auto differs = [&](std::string_view what, std::string_view wanted, std::string_view found) {
        if (wanted != found) fault(fmt::format("{} must be {}, but the rules give {}", what, wanted, found));
    };
    const auto answers = answers_of(golden);
    for (auto& [name, answer] : answers)
        if (!item.question(name)) fault(fmt::format("there is no question \"{}\"", name));
    auto held = texts(golden, "held");
    auto outcome = guide(item, answers, Held(held.begin(), held.end()));
    if (!outcome) {
        fault(fmt::format("answers are missing or impossible: {}", fmt::join(outcome.error(), ", ")));
        return faults;
    }
    for (auto& [name, wanted] : golden) {
        if (name == "situation") differs(name, plain(wanted), outcome->situation->name);
        if (name == "fee" && parse_decimal(plain(wanted)) != outcome->situation->fee.value * 10'000)
            differs(name, plain(wanted), yuan_text(outcome->situation->fee));
        if (name == "promised_days") differs(name, plain(wanted), std::to_string(outcome->situation->promised.days));
        if (name == "on_the_spot") differs(name, plain(wanted), outcome->situation->on_the_spot ? "true" : "false");
    }
    for (auto& [name, need] : {std::pair<std::string_view, Need>{"needed", Need::needed}, {"exempt", Need::exempt}, {"later", Need::later}})
        differs(name, fmt::format("[{}]", fmt::join(texts(golden, name), ", ")),
                fmt::format("[{}]", fmt::join(codes(*outcome, need), ", ")));
    check_form_of(item, golden, file, faults);
    return faults;
}

}  // namespace yimen::catalogue
