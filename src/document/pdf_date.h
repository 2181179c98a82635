#pragma once
#include <string>

#include "base/clock.h"

namespace yimen::document {

// "D:20261124093000+08'00'" (ISO 32000-1, 7.9.4).
std::string pdf_date(Instant);

}  // namespace yimen::document
