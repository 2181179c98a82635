#pragma once
#include "catalogue/pages.h"

namespace yimen::catalogue {

// The same as JSON, described in web/openapi/catalogue.json.
void add_api(identity::Routes&, const Parts&);

}  // namespace yimen::catalogue
