#include "base/codes_reading.h"

namespace yimen {

Result<Division, CodeError> Division::parse(std::string_view text) {
    if (auto error = codes::first_wrong(text, 6, [](size_t, char c) { return codes::is_digit(c); })) return refuse(*error);
    if (auto at = codes::unknown_province(text)) return codes::wrong(CodeError::Kind::division, *at);
    return Division(codes::number(text));
}

std::string Division::text() const { return fmt::format("{:06}", code_); }

}  // namespace yimen
