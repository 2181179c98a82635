#pragma once
#include "identity/store.h"

// The rows of accounts: names, password hashes, failures and locks.
namespace yimen::identity {

using AccountId = Id<struct AccountTag>;

struct Account {
    AccountId id;
    std::string name, password;  // Argon2id, PHC form
    PersonId person;             // belongs to one of both
    StaffId staff;
    int failures = 0;  // in a row
    std::optional<Instant> locked_until;
};

std::optional<Account> find_account(db::Tx&, Division, std::string_view sign_in_name);
std::optional<Account> account_of(db::Tx&, Division, PersonId, StaffId);
// Locks the row until the transaction ends.
std::optional<Account> lock_account(db::Tx&, Division, AccountId);
void insert_account(db::Tx&, Division, const Account&);
void set_failures(db::Tx&, Division, AccountId, int failures, std::optional<Instant> locked_until);
void set_password(db::Tx&, Division, AccountId, std::string_view phc);

}  // namespace yimen::identity
