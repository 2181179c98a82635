#include "cases/store.h"

#include <boost/json.hpp>

namespace yimen::cases {

namespace {

#define CASE_COLUMNS                                                                                                    \
    "division, id, number, item, item_version, situation, answers, form, state, person, organisation, applicant_name, " \
    "authority, channel, helped_by, made_at, changed_at, submitted_at, accepted_on, acceptance_due, promised_due, "     \
    "statutory_due, extension_days, decided_at, delivered_at, documents_digest, notices_digest, suspensions_digest, licence"

std::string answers_text(const catalogue::Answers& answers) {
    boost::json::object object;
    for (auto& [name, value] : answers) object[name] = value;
    return boost::json::serialize(object);
}

catalogue::Answers answers_from(std::string_view text) {
    catalogue::Answers answers;
    auto parsed = boost::json::parse(text);
    for (auto& [name, value] : parsed.as_object()) answers.emplace(std::string(name), std::string(value.as_string()));
    return answers;
}

crypto::Digest digest_from(const db::Row& row, int column) {
    auto bytes = row.get<db::BlobView>(column).bytes;
    crypto::Digest digest{};
    if (bytes.size() != digest.size()) throw std::runtime_error("case_file: a digest of the wrong length");
    std::copy(bytes.begin(), bytes.end(), digest.begin());
    return digest;
}

Case read_case(const crypto::FieldCipher& cipher, const db::Row& row) {
    Case c;
    c.division = row.get<Division>(0);
    c.id = row.get<CaseId>(1);
    c.number = row.get<std::optional<std::string>>(2).value_or("");
    c.item = row.get<std::string>(3);
    c.item_version = row.get<catalogue::ItemVersionId>(4);
    c.situation = row.get<std::string>(5);
    c.answers = answers_from(row.get<std::string_view>(6));
    auto form = cipher.open(row.get<db::BlobView>(7).bytes, "case.form");
    if (!form) throw std::runtime_error("case_file: a form that cannot be opened: wrong key or altered row");
    c.form = boost::json::parse(*form).as_object();
    c.state = state_named(row.get<std::string_view>(8)).value();
    c.person = row.get<identity::PersonId>(9);
    c.organisation = row.get<identity::OrganisationId>(10);
    c.applicant_name = row.get<std::string>(11);
    c.authority = row.get<identity::AuthorityId>(12);
    c.channel = row.get<std::string>(13);
    c.helped_by = row.get<identity::StaffId>(14);
    c.made_at = row.get<Instant>(15);
    c.changed_at = row.get<Instant>(16);
    c.submitted_at = row.get<std::optional<Instant>>(17);
    c.accepted_on = row.get<std::optional<Date>>(18);
    c.acceptance_due = row.get<std::optional<Date>>(19);
    c.promised_due = row.get<std::optional<Date>>(20);
    c.statutory_due = row.get<std::optional<Date>>(21);
    c.extension_days = row.get<int>(22);
    c.decided_at = row.get<std::optional<Instant>>(23);
    c.delivered_at = row.get<std::optional<Instant>>(24);
    c.documents_digest = digest_from(row, 25);
    c.notices_digest = digest_from(row, 26);
    c.suspensions_digest = digest_from(row, 27);
    c.licence = row.get<LicenceId>(28);
    return c;
}

std::optional<Case> first_case(const crypto::FieldCipher& cipher, const db::Rows& rows) {
    auto row = rows.first();
    return row ? std::optional(read_case(cipher, *row)) : std::nullopt;
}

std::optional<std::string_view> number_or_null(const Case& c) {
    return c.number.empty() ? std::nullopt : std::optional<std::string_view>(c.number);
}

}  // namespace

std::optional<Locked> lock(db::Tx& tx, const crypto::FieldCipher& cipher, Division division, CaseId id) {
    auto row = tx.ask("SELECT " CASE_COLUMNS " FROM case_file WHERE division = $1 AND id = $2 FOR UPDATE", division, id);
    auto head = ledger::Head::ask(tx, division, {id.value});
    auto found = first_case(cipher, row->rows());
    if (!found) return std::nullopt;
    return Locked{std::move(*found), std::move(head)};
}

std::optional<Case> find(db::Tx& tx, const crypto::FieldCipher& cipher, Division division, CaseId id) {
    return first_case(cipher, tx.query("SELECT " CASE_COLUMNS " FROM case_file WHERE division = $1 AND id = $2", division, id));
}

std::optional<Case> find_by_number(db::Tx& tx, const crypto::FieldCipher& cipher, Division division, std::string_view number) {
    return first_case(cipher, tx.query("SELECT " CASE_COLUMNS " FROM case_file WHERE division = $1 AND number = $2", division, number));
}

std::vector<Case> cases_of(db::Tx& tx, const crypto::FieldCipher& cipher, Division division, identity::PersonId person,
                           identity::OrganisationId organisation, int most, CaseId before) {
    auto below = before ? before.value : std::numeric_limits<int64_t>::max();
    auto rows = organisation ? tx.query("SELECT " CASE_COLUMNS
                                        " FROM case_file WHERE division = $1 AND organisation = $2 AND id < $4 ORDER BY id DESC LIMIT $3",
                                        division, organisation, most, below)
                             : tx.query("SELECT " CASE_COLUMNS
                                        " FROM case_file WHERE division = $1 AND person = $2 AND organisation = 0 AND id < $4 "
                                        "ORDER BY id DESC LIMIT $3",
                                        division, person, most, below);
    std::vector<Case> found;
    for (auto row : rows) found.push_back(read_case(cipher, row));
    return found;
}

std::vector<Case> drafts_at_windows(db::Tx& tx, const crypto::FieldCipher& cipher, Division division, identity::AuthorityId authority,
                                    int most) {
    auto rows =
        tx.query("SELECT " CASE_COLUMNS
                 " FROM case_file WHERE division = $1 AND id IN (SELECT case_id FROM case_work WHERE division = $1 AND state = 'draft' "
                 "AND (authority = $2 OR $2 = 0)) ORDER BY id DESC LIMIT $3",
                 division, authority, most);
    std::vector<Case> found;
    for (auto row : rows) found.push_back(read_case(cipher, row));
    return found;
}

void insert(db::Tx& tx, const crypto::FieldCipher& cipher, const Case& c) {
    tx.later("INSERT INTO case_file (" CASE_COLUMNS
             ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, "
             "$23, $24, $25, $26, $27, $28, $29)",
             c.division, c.id, number_or_null(c), c.item, c.item_version, c.situation, answers_text(c.answers),
             db::Blob{cipher.seal(boost::json::serialize(c.form), "case.form")}, name(c.state), c.person, c.organisation, c.applicant_name,
             c.authority, c.channel, c.helped_by, c.made_at, c.changed_at, c.submitted_at, c.accepted_on, c.acceptance_due, c.promised_due,
             c.statutory_due, c.extension_days, c.decided_at, c.delivered_at, db::BlobView{crypto::view(c.documents_digest)},
             db::BlobView{crypto::view(c.notices_digest)}, db::BlobView{crypto::view(c.suspensions_digest)}, c.licence);
}

std::vector<CaseAbout> cases_about(db::Tx& tx, Division division, LicenceId licence) {
    std::vector<CaseAbout> found;
    for (auto row : tx.query("SELECT id, item_version FROM case_file WHERE division = $1 AND licence = $2 AND licence <> 0 AND state IN "
                             "('submitted', 'correction_requested', 'accepted', 'under_review', 'suspended') ORDER BY id",
                             division, licence))
        found.push_back({row.get<CaseId>(0), row.get<catalogue::ItemVersionId>(1)});
    return found;
}

// The form stays out where it is as it was: sealing it anew would cost more than the rest of the act.
void update(db::Tx& tx, const crypto::FieldCipher& cipher, const Case& c, bool form_too) {
    tx.later(
        "UPDATE case_file SET number = $3, situation = $4, state = $5, changed_at = $6, submitted_at = $7, "
        "accepted_on = $8, acceptance_due = $9, promised_due = $10, statutory_due = $11, extension_days = $12, "
        "decided_at = $13, delivered_at = $14, documents_digest = $15, notices_digest = $16, suspensions_digest = $17 WHERE division = $1 "
        "AND id = $2",
        c.division, c.id, number_or_null(c), c.situation, name(c.state), c.changed_at, c.submitted_at, c.accepted_on, c.acceptance_due,
        c.promised_due, c.statutory_due, c.extension_days, c.decided_at, c.delivered_at, db::BlobView{crypto::view(c.documents_digest)},
        db::BlobView{crypto::view(c.notices_digest)}, db::BlobView{crypto::view(c.suspensions_digest)});
    if (form_too)
        tx.later("UPDATE case_file SET form = $3 WHERE division = $1 AND id = $2", c.division, c.id,
                 db::Blob{cipher.seal(boost::json::serialize(c.form), "case.form")});
}

std::string digest(const Case& c) {
    std::string text;
    auto add = [&](std::string_view part) { text += fmt::format("{}:{},", part.size(), part); };
    auto number = [&](int64_t value) { add(std::to_string(value)); };
    auto day = [&](const std::optional<Date>& date) { add(date ? to_iso(*date) : ""); };
    auto moment = [&](const std::optional<Instant>& at) { add(at ? std::to_string(at->time_since_epoch().count()) : ""); };
    number(c.division.code());
    number(c.id.value);
    for (auto* part : {&c.number, &c.item, &c.situation, &c.applicant_name, &c.channel}) add(*part);
    number(c.item_version.value);
    add(answers_text(c.answers));
    add(boost::json::serialize(c.form));
    add(name(c.state));
    for (auto value : {c.person.value, c.organisation.value, c.authority.value, c.helped_by.value, int64_t{c.extension_days}})
        number(value);
    moment(c.made_at);
    moment(c.changed_at);
    moment(c.submitted_at);
    for (auto* date : {&c.accepted_on, &c.acceptance_due, &c.promised_due, &c.statutory_due}) day(*date);
    moment(c.decided_at);
    moment(c.delivered_at);
    add(crypto::view(c.documents_digest));
    add(crypto::view(c.notices_digest));
    add(crypto::view(c.suspensions_digest));
    if (c.licence) number(c.licence.value);
    return crypto::hex(crypto::view(crypto::sm3(text)));
}

}  // namespace yimen::cases
