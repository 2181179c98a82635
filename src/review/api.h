#pragma once
#include "review/pages.h"

// What officers do, for programs: examination, decision, and what changes the limits.
namespace yimen::review {

void add_api(identity::Routes&, const Parts&);

}  // namespace yimen::review
