#pragma once
#include "cases/pages_staff.h"

// Making and handing over results, for programs.
namespace yimen::issuing {

void add_api(identity::Routes&, const cases::StaffParts&);

}  // namespace yimen::issuing
