#pragma once
#include "rules/scope.h"

namespace yimen::rules {

// Compiles an expression (DMN 1.5, 10.3.1.2). A mistake is recorded in `all` and gives a node that is always null.
NodeP parse_expression(std::string_view text, Scope&, Compiling& all);
// Unary tests of the value in slot `tested`, which is declared as `?`: "-", "< 5, [7..9]", "not(1)". Gives true, false or null.
NodeP parse_tests(std::string_view text, Scope&, Compiling& all, size_t tested);
// A type as written in `instance of` or a typeRef; nullptr (recorded) where it is unknown.
const Type* parse_type(std::string_view text, Compiling& all);
// "[1..3]" with literal ends, for the function range(); null for anything else.
Value read_range(std::string_view text);
// A name without spaces at its ends and with one space where there are several.
std::string tidy_name(std::string_view);

}  // namespace yimen::rules
