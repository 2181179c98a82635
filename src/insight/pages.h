#pragma once
#include "cases/pages_staff.h"

// The director's figures.
namespace yimen::insight {

void add_pages(identity::Routes&, const cases::StaffParts&);

}  // namespace yimen::insight
