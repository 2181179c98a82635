#pragma once
#include "rules/objects.h"

namespace yimen::rules {

// What a path finds in a date, time, duration or range (DMN 1.5, table 65): null where the value has it not (the offset of a
// local time), nothing where its kind has no such property.
std::optional<Value> property(const Value&, std::string_view name);

}  // namespace yimen::rules
