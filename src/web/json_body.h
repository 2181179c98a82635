#pragma once
#include <optional>
#include <string_view>

#include <boost/json/value.hpp>

namespace yimen::web {

// The body of an API request. Nothing for what is no JSON, for more than 32 levels, and for a number beyond the range of a double: it
// would be read as infinite, which cannot be written again. Safe for bytes from anybody.
std::optional<boost::json::value> read_json(std::string_view body);

}  // namespace yimen::web
