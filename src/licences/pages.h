#pragma once
#include "cases/pages_staff.h"
#include "identity/context.h"
#include "licences/licences.h"

// The holder's licences, the staff's look at a case's licence, and verification by anybody.
namespace yimen::licences {

// The parts must live as long as the routes.
struct Parts {
    const Types& types;
    int lookups_per_minute = 60;                      // verifications from one address
    const catalogue::Catalogue* catalogue = nullptr;  // what can be done with a licence; none: nothing is offered
    const cases::StaffParts* staff = nullptr;         // for the look of staff at a licence that exempts somebody; none: nobody looks
};
void add_pages(identity::Routes&, const Parts&);
void add_verification(identity::Routes&, const Parts&);  // called by add_pages
// POST: the PDF of a licence that exempts a material of the case, for staff; the look is recorded on the case.
void add_looking(identity::Routes&, const Parts&, std::string pattern);
void add_api(identity::Routes&, const Parts&);

}  // namespace yimen::licences
