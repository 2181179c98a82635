#include "identity/store.h"

// People, organisations, authorities and what is known of them.
namespace yimen::identity {

namespace {

#define ORGANISATION_COLUMNS "o.id, o.name, o.credit_code, o.legal_representative, o.address, o.kind, o.phone_masked"

Organisation read_organisation(const db::Row& row) {
    return {row.get<OrganisationId>(0), row.get<std::string>(1), row.get<std::string>(2), row.get<std::string>(3),
            row.get<std::string>(4),    row.get<std::string>(5), row.get<std::string>(6)};
}

// A value that cannot be opened was altered, or sealed with another key: nobody must take it for empty.
std::string opened(const crypto::FieldCipher& cipher, const db::Row& row, size_t column, std::string_view context) {
    auto plain = cipher.open(row.get<db::BlobView>(column).bytes, context);
    if (!plain) throw std::runtime_error(fmt::format("identity: {} cannot be opened: wrong key or altered row", context));
    return std::move(*plain);
}

}  // namespace

std::optional<Person> find_person(db::Tx& tx, Division division, PersonId id) {
    auto rows = tx.query("SELECT id, name, number_masked, phone_masked FROM person WHERE division = $1 AND id = $2", division, id);
    if (rows.empty()) return std::nullopt;
    return Person{rows[0].get<PersonId>(0), rows[0].get<std::string>(1), rows[0].get<std::string>(2), rows[0].get<std::string>(3), ""};
}

std::optional<Organisation> find_organisation(db::Tx& tx, Division division, OrganisationId id) {
    auto rows = tx.query("SELECT " ORGANISATION_COLUMNS " FROM organisation o WHERE o.division = $1 AND o.id = $2", division, id);
    auto row = rows.first();
    return row ? std::optional(read_organisation(*row)) : std::nullopt;
}

namespace {

std::optional<Authority> first_authority(const db::Rows& rows) {
    auto row = rows.first();
    if (!row) return std::nullopt;
    return Authority{row->get<AuthorityId>(0), row->get<std::string>(1), row->get<std::string>(2),
                     row->get<std::string>(3), row->get<std::string>(4), row->get<std::string>(5)};
}

}  // namespace

std::optional<Authority> find_authority(db::Tx& tx, Division division, AuthorityId id) {
    return first_authority(
        tx.query("SELECT id, name_zh, name_en, credit_code, address, phone FROM authority WHERE division = $1 AND id = $2", division, id));
}

std::optional<Authority> find_authority_by_code(db::Tx& tx, Division division, std::string_view credit_code) {
    return first_authority(
        tx.query("SELECT id, name_zh, name_en, credit_code, address, phone FROM authority WHERE division = $1 AND credit_code = $2",
                 division, credit_code));
}

std::vector<Organisation> may_act_for(db::Tx& tx, Division division, PersonId person, Date today) {
    auto rows = tx.query("SELECT " ORGANISATION_COLUMNS
                         " FROM mandate m JOIN organisation o ON o.division = m.division AND o.id = m.organisation WHERE "
                         "m.division = $1 AND m.person = $2 AND m.valid_from <= $3 AND (m.valid_to IS NULL OR m.valid_to >= $3) "
                         "AND o.ended_on IS NULL "
                         "ORDER BY o.name, o.id",
                         division, person, today);
    std::vector<Organisation> found;
    for (auto row : rows) found.push_back(read_organisation(row));
    return found;
}

std::vector<std::string> held_documents(db::Tx& tx, Division division, PersonId person, OrganisationId organisation, Date today) {
    auto of_person = tx.ask(
        "SELECT source FROM held_document WHERE division = $1 AND person = $2 AND person <> 0 AND (valid_to IS NULL OR valid_to >= "
        "$3) ORDER BY source",
        division, person, today);
    auto of_organisation = tx.ask(
        "SELECT source FROM held_document WHERE division = $1 AND organisation = $2 AND organisation <> 0 AND (valid_to IS NULL OR "
        "valid_to >= $3) ORDER BY source",
        division, organisation, today);
    std::vector<std::string> sources;
    for (auto* answer : {&of_person, &of_organisation})
        for (auto row : (*answer)->rows()) sources.push_back(row.get<std::string>(0));
    return sources;
}

std::map<std::string, std::string> known(db::Tx& tx, const crypto::FieldCipher& cipher, Division division, PersonId person,
                                         OrganisationId organisation) {
    auto of_person =
        tx.ask("SELECT name, number_sealed, phone_sealed, address_sealed FROM person WHERE division = $1 AND id = $2", division, person);
    auto of_organisation =
        tx.ask("SELECT name, credit_code, legal_representative, address, phone_sealed FROM organisation WHERE division = $1 AND id = $2",
               division, organisation);
    auto people = of_person->rows();
    auto organisations = of_organisation->rows();
    std::map<std::string, std::string> values;
    if (auto row = people.first()) {
        values["person.name"] = row->get<std::string>(0);
        values["person.number"] = opened(cipher, *row, 1, "person.number");
        values["person.phone"] = opened(cipher, *row, 2, "person.phone");
        values["person.address"] = opened(cipher, *row, 3, "person.address");
    }
    if (auto row = organisations.first()) {
        values["organisation.name"] = row->get<std::string>(0);
        values["organisation.credit_code"] = row->get<std::string>(1);
        values["organisation.legal_representative"] = row->get<std::string>(2);
        values["organisation.address"] = row->get<std::string>(3);
        values["organisation.phone"] = opened(cipher, *row, 4, "organisation.phone");
    }
    return values;
}

}  // namespace yimen::identity
