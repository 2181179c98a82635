#include "licences/licences.h"

#include <boost/json.hpp>

#include "document/document.h"
#include "licences/store.h"

namespace yimen::licences {

namespace {

constexpr std::string_view status_names[] = {"valid", "suspended", "changed", "expired", "cancelled", "revoked"};

// Where a value of the template comes from: "form.site_address", "case.number", "licence.valid_to", …
std::string value_from(std::string_view from, const Licence& l, const cases::Case& c) {
    if (from.starts_with("form.")) {
        auto* value = c.form.if_contains(from.substr(5));
        if (!value) return "";
        if (auto* text = value->if_string()) return std::string(*text);
        std::string joined;
        if (auto* several = value->if_array())
            for (auto& one : *several) joined += (joined.empty() ? "" : "、") + std::string(one.as_string());
        return joined;
    }
    if (from.starts_with("answer.")) {
        auto found = c.answers.find(std::string(from.substr(7)));
        return found == c.answers.end() ? "" : found->second;
    }
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

Licence issue(cases::Desk& desk, const Types& types, const cases::Case& c, const catalogue::ItemVersion& version) {
    auto* type = types.find(version.licence_type);
    if (!type) throw std::runtime_error("no licence type " + version.licence_type);
    auto issuer = authority(desk.tx, c.division, c.authority);
    auto credit_code = issuer ? CreditCode::parse(issuer->credit_code) : refuse(CodeError{});
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
    l.authority_name = issuer->name;
    l.case_id = c.id;
    l.token = crypto::random_token(16);
    l.valid_from = desk.today();
    l.valid_to = last_day(l.valid_from, version.licence_years);
    l.issued_at = desk.now;
    l.status = name(Status::valid);
    for (auto& value : type->values) l.values[value.name] = value_from(value.from, l, c);
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
    for (auto& [key, value] : l.values) values.emplace_back(key, value.as_string());
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
