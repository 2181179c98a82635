#include <stdexcept>

#include "base/codes_reading.h"

namespace yimen {

char mod37_36(std::string_view body) {
    static constexpr std::string_view alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    int product = 36;
    for (char c : body) {
        const size_t value = alphabet.find(c);
        if (value == std::string_view::npos) throw std::invalid_argument("MOD 37,36 is over 0-9 and A-Z");
        const int sum = (product + static_cast<int>(value)) % 36;
        product = (sum == 0 ? 36 : sum) * 2 % 37;
    }
    return alphabet[static_cast<size_t>((37 - product) % 36)];
}

}  // namespace yimen
