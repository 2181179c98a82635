#pragma once
#include "identity/founding.h"
#include "licences/licences.h"

// What a licence that is the registration of an organisation (营业执照) does to the register: called with the licence drawn up and
// before it is signed, in the transaction of the grant.
namespace yimen::licences {

// Who the form names as the representative, where it asks for one with a number.
std::optional<identity::Named> representative_of(const Type&, const cases::Case&);

// Registers the organisation, which becomes the holder.
void found(cases::Desk&, const Type&, Licence&, const cases::Case&);
// Enters what the licence says from now on; the holder's name follows.
void enter_change(cases::Desk&, const Type&, Licence&, const cases::Case&);
// What the register says of the organisation, as the version before the first that the library has.
Licence as_registered(cases::Desk&, const Type&, const cases::Case&);

}  // namespace yimen::licences
