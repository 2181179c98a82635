#pragma once
#include <compare>
#include <cstdint>
#include <string>

namespace yimen {

// An amount in fen (1/100 yuan). There is no floating point in money.
struct Fen {
    int64_t value = 0;
    auto operator<=>(const Fen&) const = default;
    Fen operator+(Fen other) const { return {value + other.value}; }
};

// "12.50" (yuan, two places).
std::string yuan_text(Fen);

}  // namespace yimen
