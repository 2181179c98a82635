#include "licences/licences.h"

#include <boost/json.hpp>

#include "document/document.h"
#include "identity/store.h"
#include "licences/store.h"

namespace yimen::licences {

namespace {

constexpr std::string_view status_names[] = {"valid", "suspended", "changed", "expired", "cancelled", "revoked"};

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    if (auto at = text.find(what); at != std::string::npos) text.replace(at, what.size(), with);
    return text;
}

// A licence of n years lasts to the day before the n-th anniversary; 29 February counts as 28 February.
Date last_day(Date from, int years) {
    auto anniversary = from + std::chrono::years(years);
    if (!anniversary.ok()) anniversary = anniversary.year() / anniversary.month() / std::chrono::last;
    return Date(std::chrono::sys_days(anniversary) - std::chrono::days(1));
}

// The end of what is licensed, where the form says it: a building site's drainage does not outlive the construction.
Date not_after(Date last, const Type& type, const cases::Case& c, Date first) {
    auto* value = c.form.if_contains(type.ends_with);
    auto* text = value ? value->if_string() : nullptr;
    auto end = text ? parse_date(*text) : std::nullopt;
    return end ? std::max(first, std::min(last, *end)) : last;
}

identity::Authority issuer_of(db::Tx& tx, const cases::Case& c) {
    auto issuer = identity::find_authority(tx, c.division, c.authority);
    if (!issuer) throw std::runtime_error("the deciding authority is not in the register");
    return *issuer;
}

}  // namespace

std::string_view name(Status status) { return status_names[static_cast<int>(status)]; }

Status Licence::status_on(Date today) const {
    auto found = std::find(std::begin(status_names), std::end(status_names), status);
    if (found == std::end(status_names)) throw std::runtime_error("licence: a status that is none: " + status);
    auto stored = static_cast<Status>(found - std::begin(status_names));
    return stored == Status::valid && today > valid_to ? Status::expired : stored;
}

std::string canonical(const Licence& l) {
    std::string text;
    auto add = [&](std::string_view part) { text += fmt::format("{}:{},", part.size(), part); };
    add("yimen licence 1");
    for (auto* part : {&l.identifier, &l.type, &l.number, &l.holder_name, &l.holder_code_masked, &l.authority_name}) add(*part);
    for (auto value : {int64_t{l.division.code()}, l.person.value, l.organisation.value, l.authority.value, l.case_id.value})
        add(std::to_string(value));
    add(to_iso(l.valid_from));
    add(to_iso(l.valid_to));
    add(std::to_string(l.issued_at.time_since_epoch().count()));
    add(boost::json::serialize(l.values));
    return text;
}

bool signature_holds(const crypto::Keys& keys, const Licence& l) { return keys.ledger.verify(canonical(l), l.signature); }

Licence issue(cases::Desk& desk, const Types& types, const cases::Case& c, const catalogue::ItemVersion& version) {
    auto* type = types.find(version.licence_type);
    if (!type) throw std::runtime_error("no licence type " + version.licence_type);
    auto issuer = issuer_of(desk.tx, c);
    auto credit_code = CreditCode::parse(issuer.credit_code);
    if (!credit_code) throw std::runtime_error("the deciding authority has no valid credit code");
    Licence l;
    l.division = c.division;
    l.id = make_id<LicenceTag>();
    auto serial = c.number.substr(0, c.number.size() - 1);  // without its check character: one licence a case and type
    l.identifier = LicenceIdentifier::make(credit_code->text() + type->code_suffix, *credit_code, serial, 1).text();
    l.type = type->type;
    l.number = replaced(type->number_form, "{serial}", serial.substr(6));
    l.person = c.person;
    l.organisation = c.organisation;
    l.holder_name = c.applicant_name;
    l.holder_code_masked = holder_code(desk.tx, c);
    l.authority = c.authority;
    l.authority_name = issuer.name_zh;
    l.case_id = c.id;
    l.token = crypto::random_token(16);
    l.valid_from = desk.today();
    l.valid_to = not_after(last_day(l.valid_from, version.licence_years), *type, c, l.valid_from);
    l.issued_at = desk.now;
    l.status = name(Status::valid);
    l.values = values_of(*type, l, c, version);
    l.signature = desk.keys.ledger.sign(canonical(l));
    insert(desk.tx, l);
    ledger::record(desk.tx,
                   {l.division, "licence", {l.id.value}, desk.actor, "decide_case", desk.now, nullptr,
                    boost::json::object{{"event", "issue"}, {"identifier", l.identifier}, {"case", c.number}}, digest(l)},
                   ledger::Head::fresh());
    return l;
}

std::string pdf(db::Database& database, const crypto::Keys& keys, const Types& types, const Licence& l,
                const std::string& public_address, Instant now) {
    if (auto kept = database.read([&](db::Tx& tx) { return kept_pdf(tx, keys.fields, l.division, l.id); })) return *kept;
    auto* type = types.find(l.type);
    if (!type) throw std::runtime_error("no licence type " + l.type);
    std::vector<std::pair<std::string, std::string>> values;
    for (auto& value : type->values) {
        auto* kept = l.values.if_contains(value.name);  // one that the type names only since has no value
        values.emplace_back(value.name, kept ? std::string(kept->as_string()) : "");
    }
    auto plain = document::licence_pdf(type->svg, values, public_address + "/verify/" + l.token, l.authority_name);
    auto made = document::sign_pdf(plain, keys.seal_certificate_pem, keys.seal_key_pem, type->name.zh, l.authority_name, now);
    database.write([&](db::Tx& tx) { keep_pdf(tx, keys.fields, l, made, now); });
    return database.read([&](db::Tx& tx) { return kept_pdf(tx, keys.fields, l.division, l.id); }).value_or(made);
}

std::optional<std::string> licence_digest(db::Tx& tx, Division division, ledger::ChainId chain) {
    auto found = find(tx, division, {chain.value});
    return found ? std::optional(digest(*found)) : std::nullopt;
}

}  // namespace yimen::licences
