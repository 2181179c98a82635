#include "licences/licences.h"

#include <boost/json.hpp>

#include "document/document.h"
#include "identity/store.h"
#include "licences/store.h"

namespace yimen::licences {

namespace {

constexpr std::string_view status_names[] = {"valid", "suspended", "changed", "expired", "cancelled", "revoked"};

std::string value_of(const Licence& l, std::string_view name) {
    auto* kept = l.values.if_contains(name);  // one that the type names only since has no value
    return kept ? std::string(kept->as_string()) : "";
}

// Everything that a template may name: the type's values, and what every licence has.
std::vector<std::pair<std::string, std::string>> printed(const Type& type, const Licence& l) {
    std::vector<std::pair<std::string, std::string>> values;
    for (auto& value : type.values) values.emplace_back(value.name, value_of(l, value.name));
    auto from = for_people(l.valid_from, Language::zh), to = last_day_words(l, Language::zh);
    for (auto& [name, text] : {std::pair<std::string, std::string>{"name", type.name.zh},
                               {"statement", type.statement},
                               {"number", l.number},
                               {"identifier", l.identifier},
                               {"valid_from", from},
                               {"valid_to", to},
                               {"validity", l.for_good() ? to : fmt::format("{} 至 {}", from, to)},
                               {"authority", l.authority_name},
                               {"issued_on", for_people(shanghai_date(l.issued_at), Language::zh)}})
        values.emplace_back(name, text);
    return values;
}

// What nothing was filled in for is not printed.
std::vector<document::LicenceRow> rows(const Type& type, const Licence& l) {
    std::vector<document::LicenceRow> all;
    for (auto& value : type.values)
        if (auto text = value_of(l, value.name); value.is_row() && !text.empty()) all.push_back({value.label.zh, text});
    return all;
}

}  // namespace

std::string last_day_words(const Licence& l, Language language) {
    if (l.for_good()) return language == Language::en ? "No end date" : "长期";
    return for_people(l.valid_to, language);
}

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
    if (l.replaces) add(std::to_string(l.replaces.value));
    return text;
}

bool signature_holds(const crypto::Keys& keys, const Licence& l) { return keys.ledger.verify(canonical(l), l.signature); }

std::string drawn(const Type& type, const Licence& l, const std::string& public_address) {
    return document::licence_pdf(type.svg, printed(type, l), public_address + "/verify/" + l.token, l.authority_name, rows(type, l));
}

std::string pdf(db::Database& database, const crypto::Keys& keys, const Types& types, const Licence& l, const std::string& public_address,
                Instant now) {
    if (auto kept = database.read([&](db::Tx& tx) { return kept_pdf(tx, keys.fields, l.division, l.id); })) return *kept;
    auto* type = types.find(l.type);
    if (!type) throw std::runtime_error("no licence type " + l.type);
    auto plain = drawn(*type, l, public_address);
    auto made = document::sign_pdf(plain, keys.seal_certificate_pem, keys.seal_key_pem, type->name.zh, l.authority_name, now);
    database.write([&](db::Tx& tx) { keep_pdf(tx, keys.fields, l, made, now); });
    return database.read([&](db::Tx& tx) { return kept_pdf(tx, keys.fields, l.division, l.id); }).value_or(made);
}

std::optional<std::string> licence_digest(db::Tx& tx, Division division, ledger::ChainId chain) {
    auto found = find(tx, division, {chain.value});
    return found ? std::optional(digest(*found)) : std::nullopt;
}

}  // namespace yimen::licences
