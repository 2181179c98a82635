#include "identity/store_accounts.h"

namespace yimen::identity {

namespace {

#define ACCOUNT "SELECT id, sign_in_name, password, person, staff, failures, locked_until FROM account WHERE division = $1 "

std::optional<Account> first_account(const db::Rows& rows) {
    auto row = rows.first();
    if (!row) return std::nullopt;
    return Account{row->get<AccountId>(0), row->get<std::string>(1), row->get<std::string>(2),           row->get<PersonId>(3),
                   row->get<StaffId>(4),   row->get<int>(5),         row->get<std::optional<Instant>>(6)};
}

}  // namespace

std::optional<Account> find_account(db::Tx& tx, Division division, std::string_view sign_in_name) {
    return first_account(tx.query(ACCOUNT "AND sign_in_name = $2", division, sign_in_name));
}

std::optional<Account> account_of(db::Tx& tx, Division division, PersonId person, StaffId staff) {
    return first_account(tx.query(ACCOUNT "AND person = $2 AND staff = $3", division, person, staff));
}

std::optional<Account> lock_account(db::Tx& tx, Division division, AccountId id) {
    return first_account(tx.query(ACCOUNT "AND id = $2 FOR UPDATE", division, id));
}

void insert_account(db::Tx& tx, Division division, const Account& a) {
    tx.later(
        "INSERT INTO account (division, id, sign_in_name, password, person, staff, failures, locked_until) VALUES ($1, $2, $3, $4, "
        "$5, $6, $7, $8)",
        division, a.id, a.name, a.password, a.person, a.staff, a.failures, a.locked_until);
}

void set_failures(db::Tx& tx, Division division, AccountId id, int failures, std::optional<Instant> locked_until) {
    tx.later("UPDATE account SET failures = $3, locked_until = $4 WHERE division = $1 AND id = $2", division, id, failures, locked_until);
}

void set_password(db::Tx& tx, Division division, AccountId id, std::string_view phc) {
    tx.later("UPDATE account SET password = $3, failures = 0, locked_until = NULL WHERE division = $1 AND id = $2", division, id, phc);
}

}  // namespace yimen::identity
