#pragma once
#include "identity/context.h"
#include "identity/pages_door.h"

// Sign-in, one's own account, the demonstration's identities, and staff.
namespace yimen::identity {

struct ItemChoice {
    std::string id, name_zh, name_en;
};
struct Parts {
    Door& door;
    // What authorisations can be given for: the catalogue knows, and stands above identity. May be empty.
    std::function<std::vector<ItemChoice>()> items;
};
void add_pages(Routes&, const Parts&);

// Where somebody with these roles begins, of the pages that are served.
std::string_view landing(Roles);

}  // namespace yimen::identity
