#pragma once
#include "editing/pages.h"

// What analysts' programs may ask: the list of items, a draft, and what the gate says of it.
namespace yimen::editing {

void add_api(identity::Routes&, const Parts&);
void add_import_api(identity::Routes&, const Parts&);

}  // namespace yimen::editing
