#pragma once
#include "identity/store_register.h"
#include "ledger/ledger.h"

// Acts on the register of people, organisations and staff, each recorded in the chain of whom it is about.
namespace yimen::identity {

// Who did it, when: for the ledger.
struct By {
    Division division;
    ledger::Actor actor;
    Instant at{};
};
// Adds the entry with the subject's digest after the act; `kind` is one of subject_digests(). The caller holds the subject's row
// or has made it.
void record(db::Tx&, const By&, std::string_view kind, int64_t subject, std::string_view act, boost::json::value before,
            boost::json::value after);

enum class StaffRefusal { not_found, oneself, unknown_act, unknown_item, dates, already, not_active };
std::string_view name(StaffRefusal);  // "oneself": texts "identity.error_staff_oneself"

// An authorisation (授权) for an act of officers. Refuses acts that need none, an empty item, a last day before the first or before
// today, one that stands already, and members who are no longer active.
Result<Done, StaffRefusal> give_authorisation(db::Tx&, const By&, StaffId, const Authorisation&);
Result<Done, StaffRefusal> revoke_authorisation(db::Tx&, const By&, StaffId, int64_t authorisation);
// Ends every session of theirs in the same transaction. Nobody deactivates themselves, so that one administrator remains.
Result<Done, StaffRefusal> deactivate(db::Tx&, const By&, StaffId);
Result<Done, StaffRefusal> activate(db::Tx&, const By&, StaffId);
// A department as the catalogue names it; nothing is changed where one with that credit code is registered. Safe to repeat, and from
// several nodes at once: where two register it, one of them gets db::Duplicate.
void register_authority(db::Tx&, const By&, Authority);
// Acts for which authorisations are given.
std::vector<Act> authorised_acts();

}  // namespace yimen::identity
