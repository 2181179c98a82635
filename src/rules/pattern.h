#pragma once
#include <string>

#include "base/result.h"

namespace yimen::rules {

// A regular expression of XPath 3.1 (XML Schema's with ^, $, back references, lazy quantifiers) as ICU writes it, or what is wrong with it.
// `dot_all`, `multiline` and `spaced` are the flags s, m and x.
Result<std::string, std::string> icu_pattern(std::string_view xpath, bool dot_all, bool multiline, bool spaced);

}  // namespace yimen::rules
