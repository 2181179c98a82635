#include <boost/json.hpp>

#include "base/text.h"
#include "cases/about_licence.h"
#include "identity/store.h"
#include "licences/registering.h"
#include "licences/store.h"
#include "licences/values.h"

// What a grant does to a licence: the first of a number, its next version, or its end.
namespace yimen::licences {

namespace {

using catalogue::LicenceEffect;

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    if (auto at = text.find(what); at != std::string::npos) text.replace(at, what.size(), with);
    return text;
}

Date day_after(Date day) { return Date(std::chrono::sys_days(day) + std::chrono::days(1)); }

// A licence of n years lasts to the day before the n-th anniversary; 29 February counts as 28 February.
Date last_day(Date from, std::chrono::months term) {
    auto anniversary = from + term;
    if (!anniversary.ok()) anniversary = anniversary.year() / anniversary.month() / std::chrono::last;
    return Date(std::chrono::sys_days(anniversary) - std::chrono::days(1));
}

Date last_day(Date from, const Type& type, const catalogue::ItemVersion& version) {
    if (version.licence_years) return last_day(from, std::chrono::years(version.licence_years));
    if (type.years) return last_day(from, std::chrono::years(type.years));
    return type.months ? last_day(from, std::chrono::months(type.months)) : no_end;
}

// The end of what is licensed, where the form says it: a building site's drainage does not outlive the construction.
Date not_after(Date last, const Type& type, const cases::Case& c, Date first) {
    auto* value = type.ends_with.empty() ? nullptr : c.form.if_contains(type.ends_with);
    auto* text = value ? value->if_string() : nullptr;
    auto end = text ? parse_date(*text) : std::nullopt;
    return end ? std::max(first, std::min(last, *end)) : last;
}

// Without its check character: one licence a case.
std::string serial_of(const cases::Case& c) { return c.number.substr(0, c.number.size() - 1); }

struct Issuer {
    std::string name;
    CreditCode code;
};
Issuer issuer_of(db::Tx& tx, const cases::Case& c) {
    auto found = identity::find_authority(tx, c.division, c.authority);
    if (!found) throw std::runtime_error("the deciding authority is not in the register");
    auto code = CreditCode::parse(found->credit_code);
    if (!code) throw std::runtime_error("the deciding authority has no valid credit code");
    return {found->name_zh, *code};
}

// A version keeps the serial and counts one up; behind the last number that three digits hold it begins anew.
std::string next_identifier(const Licence& before, const Type& type, const Issuer& issuer, const cases::Case& c) {
    auto parts = split(before.identifier, '.');
    constexpr size_t serial = 7, version = 8;
    auto type_code = issuer.code.text() + type.code_suffix;
    const int next = parts.size() > version ? std::atoi(std::string(parts[version]).c_str()) + 1 : 1;
    if (next < 2 || next > 999) return LicenceIdentifier::make(type_code, issuer.code, serial_of(c), 1).text();
    return LicenceIdentifier::make(type_code, issuer.code, parts[serial], next).text();
}

Licence begun(cases::Desk& desk, const Type& type, const cases::Case& c, const Issuer& issuer) {
    Licence l;
    l.division = c.division;
    l.id = make_id<LicenceTag>();
    l.type = type.type;
    l.person = c.person;
    l.organisation = c.organisation;
    l.holder_name = c.applicant_name;
    l.holder_code_masked = holder_code(desk.tx, c);
    l.authority = c.authority;
    l.authority_name = issuer.name;
    l.case_id = c.id;
    l.token = crypto::random_token(16);
    l.issued_at = desk.now;
    l.status = name(Status::valid);
    return l;
}

void put(cases::Desk& desk, Licence& l, const cases::Case& c, std::string_view event, const Licence* before) {
    l.signature = desk.keys.ledger.sign(canonical(l));
    insert(desk.tx, l);
    boost::json::object facts{{"event", event}, {"identifier", l.identifier}, {"case", c.number}};
    if (before) facts["replaces"] = before->identifier;
    ledger::record(desk.tx,
                   {l.division, "licence", {l.id.value}, desk.actor, "decide_case", desk.now, nullptr, std::move(facts), digest(l)},
                   ledger::Head::fresh());
}

void end(cases::Desk& desk, Licence l, Status status, const cases::Case& c, std::string_view event, std::string_view by) {
    boost::json::object was{{"status", l.status}}, becomes{{"status", name(status)}, {"event", event}, {"case", c.number}};
    if (!by.empty()) becomes["replaced_by"] = by;
    l.status = name(status);
    set_status(desk.tx, l);
    ledger::record(
        desk.tx, {l.division, "licence", {l.id.value}, desk.actor, "decide_case", desk.now, std::move(was), std::move(becomes), digest(l)});
}

// A renewed term follows on the old one; what is changed or replaced keeps its own.
void set_term(Licence& l, const Licence& before, const Type& type, const cases::Case& c, const catalogue::ItemVersion& version) {
    bool renewed = version.licence_effect == LicenceEffect::renewal && !before.for_good();
    l.valid_from = renewed ? day_after(before.valid_to) : before.valid_from;
    l.valid_to = renewed ? not_after(last_day(l.valid_from, type, version), type, c, l.valid_from) : before.valid_to;
}

// Printed in full: everybody may know it.
void put_credit_code(cases::Desk& desk, const Type& type, Licence& l) {
    for (auto& value : type.values) {
        if (value.from != "holder.credit_code") continue;
        auto holder = l.organisation ? identity::find_organisation(desk.tx, l.division, l.organisation) : std::nullopt;
        l.values[value.name] = holder ? holder->credit_code : "";
    }
}

Licence next_version(cases::Desk& desk, const Type& type, const cases::Case& c, const catalogue::ItemVersion& version,
                     const Licence& before) {
    auto issuer = issuer_of(desk.tx, c);
    auto l = begun(desk, type, c, issuer);
    if (version.licence_effect == LicenceEffect::replacement) l.holder_name = before.holder_name;
    l.replaces = before.id;
    l.number = before.number;
    l.identifier = next_identifier(before, type, issuer, c);
    set_term(l, before, type, c, version);
    take_values(l, type, c, version, &before);
    if (type.registers && version.licence_effect == LicenceEffect::change) enter_change(desk, type, l, c);
    put_credit_code(desk, type, l);
    auto event = name(version.licence_effect);
    put(desk, l, c, event, &before);
    end(desk, before, Status::changed, c, event, l.identifier);
    return l;
}

// The first of its number: by a first grant, or by a change of what was registered before the library had licences of the type.
Licence first_version(cases::Desk& desk, const Type& type, const cases::Case& c, const catalogue::ItemVersion& version) {
    auto issuer = issuer_of(desk.tx, c);
    auto l = begun(desk, type, c, issuer);
    auto serial = serial_of(c);
    l.identifier = LicenceIdentifier::make(issuer.code.text() + type.code_suffix, issuer.code, serial, 1).text();
    l.number = replaced(type.number_form, "{serial}", serial.substr(6));
    l.valid_from = desk.today();
    l.valid_to = not_after(last_day(l.valid_from, type, version), type, c, l.valid_from);
    bool anew = version.licence_effect == LicenceEffect::newly;
    auto registered = anew ? std::nullopt : std::optional(as_registered(desk, type, c));
    take_values(l, type, c, version, registered ? &*registered : nullptr);
    if (type.registers && anew) found(desk, type, l, c);
    if (version.licence_effect == LicenceEffect::change) enter_change(desk, type, l, c);
    put_credit_code(desk, type, l);
    put(desk, l, c, anew ? "issue" : name(version.licence_effect), nullptr);
    return l;
}

// What has its place today, row locked.
std::optional<Licence> newest(db::Tx& tx, Division division, LicenceId id) {
    for (auto next = successor(tx, division, id); next; next = successor(tx, division, id)) id = next->id;
    return lock(tx, division, id);
}

// Who is named must be whom the register knows by that number.
std::optional<cases::Refusal> cannot_register(cases::Desk& desk, const Type& type, const cases::Case& c) {
    auto named = representative_of(type, c);
    bool other = named && identity::named_otherwise(desk.tx, desk.keys.fields, c.division, *named);
    return other ? std::optional(cases::Refusal::representative_other_name) : std::nullopt;
}

}  // namespace

std::optional<cases::Refusal> cannot_take_effect(cases::Desk& desk, const Types& types, const cases::Case& c,
                                                 const catalogue::ItemVersion& version) {
    if (version.licence_type.empty()) return std::nullopt;
    auto* type = types.find(version.licence_type);
    if (!type) return cases::Refusal::licence_unknown;
    if (c.organisation && identity::ended_on(desk.tx, c.division, c.organisation)) return cases::Refusal::organisation_ended;
    if (auto refusal = cannot_register(desk, *type, c)) return refusal;
    return cases::licence_refusal(desk, c, version, cases::Moment::grant);
}

std::optional<Licence> take_effect(cases::Desk& desk, const Types& types, const cases::Case& c, const catalogue::ItemVersion& version) {
    if (version.licence_type.empty()) return std::nullopt;
    if (version.licence_effect == LicenceEffect::newly) return issue(desk, types, c, version);
    auto* type = types.find(version.licence_type);
    auto before = c.licence ? newest(desk.tx, c.division, c.licence) : std::nullopt;
    if (!type || (!before && !type->registers)) throw std::runtime_error("a case was granted about a licence that there is none of");
    if (version.licence_effect != LicenceEffect::cancellation)
        return before ? next_version(desk, *type, c, version, *before) : first_version(desk, *type, c, version);
    if (before) end(desk, *before, Status::cancelled, c, name(version.licence_effect), "");
    if (type->registers) identity::end_registration(desk.tx, {c.division, desk.actor, desk.now}, c.organisation, c.number);
    return std::nullopt;
}

Licence issue(cases::Desk& desk, const Types& types, const cases::Case& c, const catalogue::ItemVersion& version) {
    auto* type = types.find(version.licence_type);
    if (!type) throw std::runtime_error("no licence type " + version.licence_type);
    return first_version(desk, *type, c, version);
}

}  // namespace yimen::licences
