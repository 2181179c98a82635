#include "web/json_body.h"

#include <algorithm>
#include <cmath>

#include <boost/json/parse.hpp>

namespace yimen::web {

namespace {

// Called on what has at most 32 levels.
bool finite(const boost::json::value& value) {
    if (auto* number = value.if_double()) return std::isfinite(*number);
    if (auto* array = value.if_array()) return std::ranges::all_of(*array, finite);
    if (auto* object = value.if_object()) return std::ranges::all_of(*object, [](auto& member) { return finite(member.value()); });
    return true;
}

}  // namespace

std::optional<boost::json::value> read_json(std::string_view body) {
    boost::system::error_code broken;
    auto value = boost::json::parse(body, broken);
    if (broken || !finite(value)) return std::nullopt;
    return value;
}

}  // namespace yimen::web
