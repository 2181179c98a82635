#pragma once
#include "identity/register.h"

// Whom a clerk meets at a window: found on the register, or put there. What changes is recorded on the chain of whom it is about;
// all three are called within the caller's transaction.
namespace yimen::identity {

enum class WindowRefusal {
    other_name,      // the number or code is registered under another name; which one is not said
    ended,           // the organisation has been taken off the register
    letter_missing,  // nothing on the register lets them act for the organisation, and nobody has seen a letter of authorisation
};

// The person with this identity number. Who is known stays as registered; who is not is registered with what they say (`id` is made here).
Result<PersonId, WindowRefusal> meet_person(db::Tx&, const crypto::FieldCipher&, const By&, NewPerson);
// The organisation with this credit code, in the same way.
Result<OrganisationId, WindowRefusal> meet_organisation(db::Tx&, const crypto::FieldCipher&, const By&, NewOrganisation);

// How long a letter of authorisation (授权委托书) that a clerk has seen counts, the day itself included.
constexpr std::chrono::days letter_lasts{90};
// Whether the register lets the person act for the organisation today; otherwise the letter that the clerk has seen does.
Result<Done, WindowRefusal> let_act_for(db::Tx&, const By&, PersonId, OrganisationId, bool letter_seen);

}  // namespace yimen::identity
