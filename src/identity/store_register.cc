#include "identity/store_register.h"

namespace yimen::identity {

namespace {

std::string masked(std::string_view text, size_t head, size_t tail) {
    if (text.size() < head + tail + 2) return std::string(text.size(), '*');
    return fmt::format("{}{}{}", text.substr(0, head), std::string(text.size() - head - tail, '*'), text.substr(text.size() - tail));
}

db::Blob sealed(const crypto::FieldCipher& cipher, std::string_view plain, std::string_view context) {
    return {cipher.seal(plain, context)};
}

}  // namespace

std::string masked_number(std::string_view number) { return masked(number, 6, 4); }
std::string masked_phone(std::string_view phone) { return masked(phone, 3, 4); }

namespace {

// Sessions under way are looked at anew.
void rights_of_person_changed(db::Tx& tx, Division division, PersonId person) {
    tx.later("UPDATE session SET rights = rights + 1 WHERE division = $1 AND person = $2 AND ended_at IS NULL", division, person);
}
void rights_of_organisation_changed(db::Tx& tx, Division division, OrganisationId organisation) {
    tx.later(
        "UPDATE session SET rights = rights + 1 WHERE division = $1 AND acting_for = $2 AND ended_at IS NULL AND person IN "
        "(SELECT person FROM mandate WHERE division = $1 AND organisation = $2)",
        division, organisation);
}
void rights_of_staff_changed(db::Tx& tx, Division division, StaffId staff) {
    tx.later("UPDATE session SET rights = rights + 1 WHERE division = $1 AND staff = $2 AND ended_at IS NULL", division, staff);
}

}  // namespace

void put_person(db::Tx& tx, const crypto::FieldCipher& cipher, Division division, const NewPerson& p) {
    tx.later(
        "INSERT INTO person (division, id, name, number_sealed, number_lookup, number_masked, phone_sealed, phone_masked, "
        "address_sealed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (division, id) DO UPDATE SET name = "
        "excluded.name, number_sealed = excluded.number_sealed, number_lookup = excluded.number_lookup, number_masked = "
        "excluded.number_masked, phone_sealed = excluded.phone_sealed, phone_masked = excluded.phone_masked, address_sealed = "
        "excluded.address_sealed",
        division, p.id, p.name, sealed(cipher, p.number, "person.number"), db::Blob{cipher.lookup(p.number, "person.number")},
        masked_number(p.number), sealed(cipher, p.phone, "person.phone"), masked_phone(p.phone),
        sealed(cipher, p.address, "person.address"));
    rights_of_person_changed(tx, division, p.id);
}

void put_organisation(db::Tx& tx, const crypto::FieldCipher& cipher, Division division, const NewOrganisation& o) {
    tx.later(
        "INSERT INTO organisation (division, id, name, credit_code, kind, legal_representative, address, phone_sealed, "
        "phone_masked) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (division, id) DO UPDATE SET name = "
        "excluded.name, credit_code = excluded.credit_code, kind = excluded.kind, legal_representative = "
        "excluded.legal_representative, address = excluded.address, phone_sealed = excluded.phone_sealed, phone_masked = "
        "excluded.phone_masked",
        division, o.id, o.name, o.credit_code, o.kind, o.legal_representative, o.address, sealed(cipher, o.phone, "organisation.phone"),
        masked_phone(o.phone));
    rights_of_organisation_changed(tx, division, o.id);
}

void enter_change(db::Tx& tx, Division division, const Organisation& o) {
    tx.later("UPDATE organisation SET name = $3, legal_representative = $4, address = $5 WHERE division = $1 AND id = $2", division, o.id,
             o.name, o.legal_representative, o.address);
    rights_of_organisation_changed(tx, division, o.id);
}

void end_organisation(db::Tx& tx, Division division, OrganisationId id, Date on) {
    tx.later("UPDATE organisation SET ended_on = $3 WHERE division = $1 AND id = $2 AND ended_on IS NULL", division, id, on);
    rights_of_organisation_changed(tx, division, id);
}

bool lock_organisation(db::Tx& tx, Division division, OrganisationId id) {
    return !tx.query("SELECT id FROM organisation WHERE division = $1 AND id = $2 FOR UPDATE", division, id).empty();
}

std::optional<Date> ended_on(db::Tx& tx, Division division, OrganisationId id) {
    auto rows = tx.query("SELECT ended_on FROM organisation WHERE division = $1 AND id = $2", division, id);
    auto row = rows.first();
    return row ? row->get<std::optional<Date>>(0) : std::nullopt;
}

void put_authority(db::Tx& tx, Division division, const Authority& a) {
    tx.later(
        "INSERT INTO authority (division, id, name_zh, name_en, credit_code, address, phone) VALUES ($1, $2, $3, $4, $5, $6, $7) "
        "ON CONFLICT (division, id) DO UPDATE SET name_zh = excluded.name_zh, name_en = excluded.name_en, credit_code = "
        "excluded.credit_code, address = excluded.address, phone = excluded.phone",
        division, a.id, a.name_zh, a.name_en, a.credit_code, a.address, a.phone);
}

void put_mandate(db::Tx& tx, Division division, const Mandate& m) {
    tx.later(
        "INSERT INTO mandate (division, person, organisation, kind, valid_from, valid_to) VALUES ($1, $2, $3, $4, $5, $6) ON "
        "CONFLICT (division, person, organisation) DO UPDATE SET kind = excluded.kind, valid_from = excluded.valid_from, valid_to "
        "= excluded.valid_to",
        division, m.person, m.organisation, m.kind, m.from, m.to);
    rights_of_person_changed(tx, division, m.person);
}

std::vector<Mandate> mandates_for(db::Tx& tx, Division division, OrganisationId organisation) {
    std::vector<Mandate> all;
    for (auto row :
         tx.query("SELECT person, kind, valid_from, valid_to FROM mandate WHERE division = $1 AND organisation = $2 ORDER BY person",
                  division, organisation))
        all.push_back({row.get<PersonId>(0), organisation, row.get<std::string>(1), row.get<Date>(2), row.get<std::optional<Date>>(3)});
    return all;
}

void put_staff(db::Tx& tx, Division division, const StaffMember& m) {
    tx.later(
        "INSERT INTO staff (division, id, name, posts, authority, active) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (division, "
        "id) DO UPDATE SET name = excluded.name, posts = excluded.posts, authority = excluded.authority, active = excluded.active",
        division, m.id, m.name, int64_t{m.posts.bits}, m.authority, m.active);
    rights_of_staff_changed(tx, division, m.id);
}

void insert_held_document(db::Tx& tx, Division division, const HeldDocument& d) {
    tx.later(
        "INSERT INTO held_document (division, id, person, organisation, source, number, issued_by, valid_to) VALUES ($1, $2, $3, "
        "$4, $5, $6, $7, $8)",
        division, next_id(), d.person, d.organisation, d.source, d.number, d.issued_by, d.valid_to);
}

void insert_authorisation(db::Tx& tx, Division division, const StoredAuthorisation& a) {
    tx.later(
        "INSERT INTO authorisation (division, id, staff, act, item, situation, valid_from, valid_to) VALUES ($1, $2, $3, $4, $5, "
        "$6, $7, $8)",
        division, a.id, a.staff, name(a.given.act), a.given.item, a.given.situation, a.given.from, a.given.to);
    rights_of_staff_changed(tx, division, a.staff);
}

bool remove_authorisation(db::Tx& tx, Division division, StaffId staff, int64_t authorisation) {
    rights_of_staff_changed(tx, division, staff);
    return tx.run("DELETE FROM authorisation WHERE division = $1 AND staff = $2 AND id = $3", division, staff, authorisation) == 1;
}

std::optional<PersonId> find_person_by_number(db::Tx& tx, const crypto::FieldCipher& cipher, Division division, std::string_view number) {
    auto rows = tx.query("SELECT id FROM person WHERE division = $1 AND number_lookup = $2", division,
                         db::Blob{cipher.lookup(number, "person.number")});
    return rows.empty() ? std::nullopt : std::optional(rows[0].get<PersonId>(0));
}

std::optional<OrganisationId> find_organisation_by_code(db::Tx& tx, Division division, std::string_view credit_code) {
    auto rows = tx.query("SELECT id FROM organisation WHERE division = $1 AND credit_code = $2", division, credit_code);
    return rows.empty() ? std::nullopt : std::optional(rows[0].get<OrganisationId>(0));
}

bool lock_person(db::Tx& tx, Division division, PersonId id) {
    return !tx.query("SELECT id FROM person WHERE division = $1 AND id = $2 FOR UPDATE", division, id).empty();
}

namespace {

StaffMember read_staff(const db::Row& row) {
    StaffMember m{row.get<StaffId>(0), row.get<std::string>(1), {}, row.get<AuthorityId>(3), row.get<bool>(4)};
    m.posts.bits = static_cast<uint32_t>(row.get<int64_t>(2));
    return m;
}

}  // namespace

std::optional<StaffMember> find_staff(db::Tx& tx, Division division, StaffId id, bool lock) {
    auto rows =
        lock ? tx.query("SELECT id, name, posts, authority, active FROM staff WHERE division = $1 AND id = $2 FOR UPDATE", division, id)
             : tx.query("SELECT id, name, posts, authority, active FROM staff WHERE division = $1 AND id = $2", division, id);
    auto row = rows.first();
    return row ? std::optional(read_staff(*row)) : std::nullopt;
}

std::vector<StaffMember> all_staff(db::Tx& tx, Division division) {
    std::vector<StaffMember> members;
    for (auto row : tx.query("SELECT id, name, posts, authority, active FROM staff WHERE division = $1 ORDER BY active DESC, "
                             "authority, id",
                             division))
        members.push_back(read_staff(row));
    return members;
}

std::vector<StoredAuthorisation> authorisations_of(db::Tx& tx, Division division, StaffId staff) {
    std::vector<StoredAuthorisation> found;
    auto rows =
        tx.query("SELECT act, item, situation, valid_from, valid_to, id FROM authorisation WHERE division = $1 AND staff = $2 ORDER BY id",
                 division, staff);
    for (auto row : rows)
        if (auto given = read_authorisation(row)) found.push_back({row.get<int64_t>(5), staff, std::move(*given)});
    return found;
}

}  // namespace yimen::identity
