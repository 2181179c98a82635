#include "licences/store.h"

#include <boost/json.hpp>

#include "identity/store_register.h"

namespace yimen::licences {

namespace {

#define LICENCE_COLUMNS                                                                                          \
    "division, id, identifier, type, number, person, organisation, holder_name, holder_code_masked, authority, " \
    "authority_name, case_id, token, facts, valid_from, valid_to, issued_at, status, signature, replaces, entries"

Licence read(const db::Row& row) {
    Licence l;
    l.division = row.get<Division>(0);
    l.id = row.get<LicenceId>(1);
    l.identifier = row.get<std::string>(2);
    l.type = row.get<std::string>(3);
    l.number = row.get<std::string>(4);
    l.person = row.get<identity::PersonId>(5);
    l.organisation = row.get<identity::OrganisationId>(6);
    l.holder_name = row.get<std::string>(7);
    l.holder_code_masked = row.get<std::string>(8);
    l.authority = row.get<identity::AuthorityId>(9);
    l.authority_name = row.get<std::string>(10);
    l.case_id = row.get<cases::CaseId>(11);
    l.token = row.get<std::string>(12);
    l.values = boost::json::parse(row.get<std::string_view>(13)).as_object();
    l.valid_from = row.get<Date>(14);
    l.valid_to = row.get<Date>(15);
    l.issued_at = row.get<Instant>(16);
    l.status = row.get<std::string>(17);
    l.signature = row.get<db::Blob>(18).bytes;
    l.replaces = row.get<LicenceId>(19);
    l.entries = boost::json::parse(row.get<std::string_view>(20)).as_object();
    return l;
}

std::optional<Licence> first(const db::Rows& rows) {
    auto row = rows.first();
    return row ? std::optional(read(*row)) : std::nullopt;
}

}  // namespace

void insert(db::Tx& tx, const Licence& l) {
    tx.later("INSERT INTO licence (" LICENCE_COLUMNS
             ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)",
             l.division, l.id, l.identifier, l.type, l.number, l.person, l.organisation, l.holder_name, l.holder_code_masked, l.authority,
             l.authority_name, l.case_id, l.token, boost::json::serialize(l.values), l.valid_from, l.valid_to, l.issued_at, l.status,
             db::BlobView{l.signature}, l.replaces, boost::json::serialize(l.entries));
}

std::optional<Licence> find(db::Tx& tx, Division division, LicenceId id) {
    return first(tx.query("SELECT " LICENCE_COLUMNS " FROM licence WHERE division = $1 AND id = $2", division, id));
}

std::optional<Licence> lock(db::Tx& tx, Division division, LicenceId id) {
    return first(tx.query("SELECT " LICENCE_COLUMNS " FROM licence WHERE division = $1 AND id = $2 FOR UPDATE", division, id));
}

void set_status(db::Tx& tx, const Licence& l) {
    tx.later("UPDATE licence SET status = $3 WHERE division = $1 AND id = $2", l.division, l.id, l.status);
}

std::vector<LicenceId> with_number(db::Tx& tx, Division division, std::string_view type, std::string_view number) {
    std::vector<LicenceId> found;
    for (auto row :
         tx.query("SELECT id FROM licence WHERE division = $1 AND number = $2 AND type = $3 ORDER BY id", division, number, type))
        found.push_back(row.get<LicenceId>(0));
    return found;
}

std::optional<Licence> successor(db::Tx& tx, Division division, LicenceId id) {
    return first(tx.query("SELECT " LICENCE_COLUMNS " FROM licence WHERE division = $1 AND replaces = $2 AND replaces <> 0", division, id));
}

std::optional<Licence> by_token(db::Tx& tx, Division division, std::string_view token) {
    return first(tx.query("SELECT " LICENCE_COLUMNS " FROM licence WHERE division = $1 AND token = $2", division, token));
}

std::optional<Licence> by_identifier(db::Tx& tx, Division division, std::string_view identifier) {
    return first(tx.query("SELECT " LICENCE_COLUMNS " FROM licence WHERE division = $1 AND identifier = $2", division, identifier));
}

std::optional<Licence> by_number(db::Tx& tx, Division division, std::string_view number) {
    return first(
        tx.query("SELECT " LICENCE_COLUMNS " FROM licence WHERE division = $1 AND number = $2 ORDER BY id DESC LIMIT 1", division, number));
}

std::optional<Licence> of_case(db::Tx& tx, Division division, cases::CaseId id) {
    return first(tx.query("SELECT " LICENCE_COLUMNS " FROM licence WHERE division = $1 AND case_id = $2", division, id));
}

std::vector<Licence> of_holder(db::Tx& tx, Division division, identity::PersonId person, identity::OrganisationId organisation) {
    auto rows = organisation ? tx.query("SELECT " LICENCE_COLUMNS
                                        " FROM licence WHERE division = $1 AND organisation = $2 ORDER BY id DESC LIMIT 200",
                                        division, organisation)
                             : tx.query("SELECT " LICENCE_COLUMNS
                                        " FROM licence WHERE division = $1 AND person = $2 AND "
                                        "organisation = 0 ORDER BY id DESC LIMIT 200",
                                        division, person);
    std::vector<Licence> found;
    for (auto row : rows) found.push_back(read(row));
    return found;
}

std::vector<InForce> in_force(db::Tx& tx, Division division, identity::PersonId person, identity::OrganisationId organisation,
                              std::string_view type, Date today) {
    constexpr std::string_view
        of_organisation =
            "SELECT id, number, valid_to FROM licence WHERE division = $1 AND organisation = $2 AND type = $3 AND status = 'valid' AND "
            "valid_to >= $4 ORDER BY id DESC LIMIT 50",
        of_person =
            "SELECT id, number, valid_to FROM licence WHERE division = $1 AND person = $2 AND organisation = 0 AND "
            "type = $3 AND status = 'valid' AND valid_to >= $4 ORDER BY id DESC LIMIT 50";
    std::vector<InForce> found;
    auto rows =
        organisation ? tx.query(of_organisation, division, organisation, type, today) : tx.query(of_person, division, person, type, today);
    for (auto row : rows) found.push_back({row.get<LicenceId>(0), row.get<std::string>(1), row.get<Date>(2)});
    return found;
}

std::string digest(const Licence& l) {
    auto entries = l.entries.empty() ? "" : "|" + boost::json::serialize(l.entries);
    return crypto::hex(crypto::view(
        crypto::sm3(fmt::format("{}|{}|{}|{}|{}{}", canonical(l), l.id.value, l.token, l.status, crypto::hex(l.signature), entries))));
}

std::string holder_code(db::Tx& tx, const cases::Case& c) {
    if (c.organisation) {
        auto found = identity::find_organisation(tx, c.division, c.organisation);
        return found ? identity::masked_number(found->credit_code) : "";
    }
    auto found = identity::find_person(tx, c.division, c.person);
    return found ? found->id_masked : "";
}

std::optional<std::string> kept_pdf(db::Tx& tx, const crypto::FieldCipher& cipher, Division division, LicenceId id) {
    auto row = tx.query("SELECT content, size FROM licence_pdf WHERE division = $1 AND licence = $2", division, id);
    if (row.empty()) return std::nullopt;
    return cases::read_content(tx, cipher, division, row[0].get<db::Blob>(0).bytes, 0, static_cast<uint64_t>(row[0].get<int64_t>(1)));
}

void keep_pdf(db::Tx& tx, const crypto::FieldCipher& cipher, const Licence& l, std::string_view pdf, Instant now) {
    auto content = cases::put_content(tx, cipher, l.division, pdf);
    tx.later(
        "INSERT INTO licence_pdf (division, licence, content, size, made_at) VALUES ($1, $2, $3, $4, $5) "
        "ON CONFLICT (division, licence) DO NOTHING",
        l.division, l.id, db::BlobView{content}, static_cast<int64_t>(pdf.size()), now);
}

}  // namespace yimen::licences
