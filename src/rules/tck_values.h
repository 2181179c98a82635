#pragma once
#include "rules/xml.h"

namespace yimen::rules {

// The value written in an element of the kit: <value xsi:type>, <component>s or a <list>; nothing for what cannot be read.
std::optional<Value> tck_value(Xml);
// Whether a result is what the kit expects: FEEL's equality, fractions to eight places, as the kit's own runner compares them.
bool tck_same(const Value& expected, const Value& got);

}  // namespace yimen::rules
