#include "base/codes_reading.h"

namespace yimen::codes {

std::string capitals(std::string_view text) {
    std::string read(text);
    for (char& c : read)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return read;
}

int number(std::string_view digits) {
    int value = 0;
    for (char c : digits) value = value * 10 + (c - '0');
    return value;
}

Result<Date, size_t> date(std::string_view digits) {
    using namespace std::chrono;
    const year y{number(digits.substr(0, 4))};
    const month m{static_cast<unsigned>(number(digits.substr(4, 2)))};
    const day d{static_cast<unsigned>(number(digits.substr(6, 2)))};
    // Nobody alive, and nothing this program keeps, is older.
    if (y < year{1800}) return refuse(size_t{0});
    if (!m.ok()) return refuse(size_t{4});
    if (!Date(y, m, d).ok()) return refuse(size_t{6});
    return Date(y, m, d);
}

std::optional<size_t> unknown_province(std::string_view two_digits) {
    static constexpr std::string_view second_digits[] = {
        "", "12345", "123", "1234567", "123456", "01234", "12345", "1", "12", "",
    };
    const size_t first = static_cast<size_t>(two_digits[0] - '0');
    if (second_digits[first].empty()) return 0;
    if (second_digits[first].find(two_digits[1]) == std::string_view::npos) return 1;
    return std::nullopt;
}

}  // namespace yimen::codes
