#pragma once
#include "cases/pages_staff.h"

// The window: queue, case, acceptance, correction, and help for somebody standing there.
namespace yimen::cases {

void add_window_pages(identity::Routes&, const StaffParts&);

}  // namespace yimen::cases
