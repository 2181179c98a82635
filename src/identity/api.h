#pragma once
#include "identity/pages.h"

// What programs may do with sign-in and one's own account; described in web/openapi/identity.json.
namespace yimen::identity {

void add_api(Routes&, const Parts&);

}  // namespace yimen::identity
