#pragma once
#include "cases/pages_staff.h"

// The work of windows for programs: worklist, case, acceptance, correction. What officers and issuing clerks do stands in review and issuing.
namespace yimen::cases {

void add_work_api(identity::Routes&, const StaffParts&);

}  // namespace yimen::cases
