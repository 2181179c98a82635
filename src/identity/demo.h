#pragma once
#include <span>

#include "identity/store.h"

// The people of the demonstration district. Everything about them is invented; only the check characters are real.
namespace yimen::identity {

inline constexpr std::string_view demo_password = "yimen-demo-2026";

// An account that visitors of the demonstration may try: texts "identity.demo_<account>_role" and "…_try".
struct DemoIdentity {
    std::string_view account, name;
    bool staff;
};
std::span<const DemoIdentity> demo_identities();

// Makes departments, people, organisations, mandates, held documents, staff with authorisations, and accounts, recorded in the
// ledger. Does nothing where they are there already; safe from two nodes at once. Only tests ask for a cheaper hash.
void make_demo_people(db::Database&, Division, const crypto::Keys&, Instant now, crypto::PasswordCost = {});

}  // namespace yimen::identity
