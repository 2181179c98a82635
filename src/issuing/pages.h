#pragma once
#include "cases/pages_staff.h"

// The issuing desk, and the applicant's download of a result.
namespace yimen::issuing {

void add_pages(identity::Routes&, const cases::StaffParts&);

}  // namespace yimen::issuing
