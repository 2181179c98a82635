#include <stdexcept>

#include "base/codes_reading.h"

namespace yimen {
namespace {
constexpr size_t length = 31, level_at = 18;
}

Result<TaskCode, CodeError> TaskCode::parse(std::string_view typed) {
    const std::string text = codes::capitals(typed);
    auto authority = CreditCode::parse(std::string_view(text).substr(0, level_at));
    if (!authority) return refuse(authority.error());
    auto fits = [](size_t i, char c) { return i == level_at ? c >= '1' && c <= '6' : codes::is_digit_or_capital(c); };
    if (auto error = codes::first_wrong(text, length, fits)) return refuse(*error);
    TaskCode code;
    code.text_ = text;
    return code;
}

TaskCode TaskCode::make(const CreditCode& authority, int level, std::string_view basic_code) {
    auto made = parse(fmt::format("{}{}{}", authority.text(), level, basic_code));
    if (!made) throw std::invalid_argument("no implementation code can be made of this level and basic code");
    return *made;
}

}  // namespace yimen
