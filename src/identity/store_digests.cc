#include "identity/store.h"

// What the ledger keeps of rows, so that a change behind its back shows. Sealed columns go in as they are stored.
namespace yimen::identity {

namespace {

class Columns {
  public:
    // One letter a column: i a number, t a text, b bytes; each may be null.
    void add(const db::Rows& rows, std::string_view kinds) {
        for (auto row : rows)
            for (size_t column = 0; column < kinds.size(); ++column) add(row, column, kinds[column]);
        part(std::to_string(rows.size()));
    }
    void add(std::string_view text) { part(text); }
    std::string digest() const { return crypto::hex(crypto::view(crypto::sm3(text_))); }

  private:
    void add(const db::Row& row, size_t column, char kind) {
        if (kind == 'i') {
            auto value = row.get<std::optional<int64_t>>(column);
            part(value ? std::to_string(*value) : "");
        } else if (kind == 't') {
            part(row.get<std::optional<std::string_view>>(column).value_or(""));
        } else {
            part(row.get<db::BlobView>(column).bytes);
        }
    }
    void part(std::string_view part) { text_ += fmt::format("{}:{},", part.size(), part); }
    std::string text_;
};

}  // namespace

// With the mandates, since who may act for whom is what matters most here.
std::optional<std::string> person_digest(db::Tx& tx, Division division, ledger::ChainId id) {
    auto person = tx.ask(
        "SELECT id, name, number_sealed, number_lookup, number_masked, phone_sealed, phone_masked, address_sealed FROM person WHERE "
        "division = $1 AND id = $2",
        division, id);
    auto mandates =
        tx.ask("SELECT organisation, kind, valid_from, valid_to FROM mandate WHERE division = $1 AND person = $2 ORDER BY organisation",
               division, id);
    auto held = tx.ask("SELECT id, source, number, issued_by, valid_to FROM held_document WHERE division = $1 AND person = $2 ORDER BY id",
                       division, id);
    auto rows = person->rows();
    auto mandate_rows = mandates->rows();
    auto held_rows = held->rows();
    if (rows.empty()) return std::nullopt;
    Columns columns;
    columns.add(rows, "itbbtbtb");
    columns.add(mandate_rows, "ittt");
    columns.add(held_rows, "itttt");
    return columns.digest();
}

std::optional<std::string> organisation_digest(db::Tx& tx, Division division, ledger::ChainId id) {
    auto organisation = tx.ask(
        "SELECT id, name, credit_code, kind, legal_representative, address, phone_sealed, phone_masked, ended_on FROM organisation WHERE "
        "division = $1 AND id = $2",
        division, id);
    auto held =
        tx.ask("SELECT id, source, number, issued_by, valid_to FROM held_document WHERE division = $1 AND organisation = $2 ORDER BY id",
               division, id);
    auto rows = organisation->rows();
    auto held_rows = held->rows();
    if (rows.empty()) return std::nullopt;
    Columns columns;
    columns.add(rows, "itttttbt");
    // Only where it has ended: what was recorded before organisations could end still agrees.
    if (auto ended = rows[0].get<std::optional<std::string>>(8)) columns.add("ended_on=" + *ended);
    columns.add(held_rows, "itttt");
    return columns.digest();
}

std::optional<std::string> staff_digest(db::Tx& tx, Division division, ledger::ChainId id) {
    auto staff = tx.ask("SELECT id, name, posts, authority, active FROM staff WHERE division = $1 AND id = $2", division, id);
    auto given =
        tx.ask("SELECT id, act, item, situation, valid_from, valid_to FROM authorisation WHERE division = $1 AND staff = $2 ORDER BY id",
               division, id);
    auto rows = staff->rows();
    auto given_rows = given->rows();
    if (rows.empty()) return std::nullopt;
    Columns columns;
    columns.add(rows, "itiii");
    columns.add(given_rows, "ittttt");
    return columns.digest();
}

// Failures and locks change with every attempt and are left out; a changed password shows.
std::optional<std::string> account_digest(db::Tx& tx, Division division, ledger::ChainId id) {
    auto rows = tx.query("SELECT id, sign_in_name, password, person, staff FROM account WHERE division = $1 AND id = $2", division, id);
    if (rows.empty()) return std::nullopt;
    Columns columns;
    columns.add(rows, "ittii");
    return columns.digest();
}

// Without when it was last seen, which is written without an act.
std::optional<std::string> session_digest(db::Tx& tx, Division division, ledger::ChainId id) {
    auto rows = tx.query(
        "SELECT id, token_hash, person, staff, acting_for, made_at, ends_at, ended_at, device FROM session WHERE division = $1 AND id "
        "= $2",
        division, id);
    if (rows.empty()) return std::nullopt;
    Columns columns;
    columns.add(rows, "ibiiiiiit");
    return columns.digest();
}

const std::map<std::string, ledger::SubjectDigest>& subject_digests() {
    static const std::map<std::string, ledger::SubjectDigest> all{{"person", person_digest},
                                                                  {"organisation", organisation_digest},
                                                                  {"staff", staff_digest},
                                                                  {"account", account_digest},
                                                                  {"session", session_digest}};
    return all;
}

}  // namespace yimen::identity
