#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace yimen::catalogue {

// A plain decimal as millionths: "12.5" → 12500000. Refuses anything else, and what does not fit.
std::optional<int64_t> parse_decimal(std::string_view);

}  // namespace yimen::catalogue
