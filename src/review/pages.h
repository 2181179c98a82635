#pragma once
#include "cases/pages_staff.h"
#include "licences/licences.h"

// The officer's desk: worklist, case, examination, decision, and what changes the limits.
namespace yimen::review {

// The parts must live as long as the routes.
struct Parts {
    cases::StaffParts staff;
    const licences::Types& types;
};
void add_pages(identity::Routes&, const Parts&);

}  // namespace yimen::review
