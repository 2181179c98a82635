#include "licences/registering.h"

#include <boost/json.hpp>

#include "identity/store_register.h"

namespace yimen::licences {

namespace {

identity::By by(const cases::Desk& desk, const cases::Case& c) { return {c.division, desk.actor, desk.now}; }

std::string kept_text(const Licence& l, std::string_view name) {
    auto* value = name.empty() ? nullptr : l.values.if_contains(name);
    return value && value->is_string() ? std::string(value->as_string()) : "";
}

std::string part(const boost::json::object& person, std::string_view name) {
    auto* value = person.if_contains(name);
    return value && value->is_string() ? std::string(value->as_string()) : "";
}

std::string representative_name(const Type& type, const Licence& l) {
    auto* entry = l.entries.if_contains(type.registers->representative);
    return entry && entry->is_object() ? part(entry->get_object(), "name") : kept_text(l, type.registers->representative);
}

}  // namespace

std::optional<identity::Named> representative_of(const Type& type, const cases::Case& c) {
    if (!type.registers) return std::nullopt;
    auto* value = type.value(type.registers->representative);
    auto* typed = value && value->from.starts_with("form.") ? c.form.if_contains(std::string_view(value->from).substr(5)) : nullptr;
    if (!typed || !typed->is_object()) return std::nullopt;
    auto& person = typed->get_object();
    identity::Named named{part(person, "name"), part(person, "number"), part(person, "phone")};
    return named.name.empty() || named.number.empty() ? std::nullopt : std::optional(std::move(named));
}

void found(cases::Desk& desk, const Type& type, Licence& l, const cases::Case& c) {
    auto applicant = identity::find_person(desk.tx, c.division, c.person).value();
    auto name = kept_text(l, type.registers->name), representative = representative_name(type, l);
    auto made = identity::found_organisation(
        desk.tx, desk.keys.fields, by(desk, c),
        {name.empty() ? applicant.name : name, type.registers->kind, kept_text(l, type.registers->address),
         representative.empty() ? applicant.name : representative, representative_of(type, c), c.person, c.number});
    l.organisation = made.id;
    l.holder_name = made.name;
    l.holder_code_masked = identity::masked_number(made.credit_code);
}

void enter_change(cases::Desk& desk, const Type& type, Licence& l, const cases::Case& c) {
    auto entered = identity::find_organisation(desk.tx, c.division, l.organisation).value();
    auto put = [](std::string& there, const std::string& fresh) {
        if (!fresh.empty()) there = fresh;
    };
    put(entered.name, kept_text(l, type.registers->name));
    put(entered.legal_representative, representative_name(type, l));
    put(entered.address, kept_text(l, type.registers->address));
    identity::change_registration(desk.tx, desk.keys.fields, by(desk, c), entered, representative_of(type, c), c.number);
    l.holder_name = entered.name;
}

Licence as_registered(cases::Desk& desk, const Type& type, const cases::Case& c) {
    auto organisation = identity::find_organisation(desk.tx, c.division, c.organisation).value();
    Licence l;
    l.values[type.registers->name] = organisation.name;
    l.values[type.registers->address] = organisation.address;
    if (!type.registers->representative.empty()) l.values[type.registers->representative] = organisation.legal_representative;
    return l;
}

}  // namespace yimen::licences
