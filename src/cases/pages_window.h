#pragma once
#include "cases/pages_staff.h"

// The window: queue, case, acceptance, correction, and help for somebody standing there.
namespace yimen::cases {

void add_window_pages(identity::Routes&, const StaffParts&);
// /window/help and /window/drafts: an application begun, filled in and handed in with somebody standing there. Called by add_window_pages.
void add_help_pages(identity::Routes&, const StaffParts&);

}  // namespace yimen::cases
