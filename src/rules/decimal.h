#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace yimen::rules {

enum class Rounding { half_even, up, down, half_up, half_down, floor, ceiling };

// IEEE 754 decimal128: 34 digits, exponents to 6144. What is infinite or not a number says so by finite(); a rule never sees it.
class Decimal {
  public:
    Decimal() : words_{0, 0x3040000000000000} {}
    explicit Decimal(int value) : Decimal(int64_t(value)) {}
    explicit Decimal(int64_t);
    explicit Decimal(__int128);

    // "12", "-0.5", ".5", "1.2e-3": digits with at most one point and an exponent; nothing else, no spaces.
    static std::optional<Decimal> parse(std::string_view);
    // Without an exponent, without zeros at the end of a fraction.
    std::string text() const;

    bool finite() const;
    bool negative() const;
    bool zero() const;
    bool whole() const;
    // The exact value, when it is a whole number that fits.
    std::optional<int64_t> integer() const;
    // Cut towards zero; nothing when it does not fit.
    std::optional<__int128> truncated() const;

    // -1, 0 or 1 by value (1.0 equals 1).
    int compare(const Decimal&) const;
    bool operator==(const Decimal& other) const { return compare(other) == 0; }
    bool operator<(const Decimal& other) const { return compare(other) < 0; }

    Decimal operator-() const;
    Decimal operator+(const Decimal&) const;
    Decimal operator-(const Decimal&) const;
    Decimal operator*(const Decimal&) const;
    Decimal operator/(const Decimal&) const;
    Decimal power(const Decimal&) const;
    // To `scale` digits behind the point (negative: before it); unchanged when it has no digit there anyway.
    Decimal round(int scale, Rounding) const;
    Decimal abs() const;
    // dividend - divisor * floor(dividend / divisor): the sign of the divisor.
    Decimal modulo(const Decimal& divisor) const;
    Decimal square_root() const;
    Decimal logarithm() const;
    Decimal exponential() const;

  private:
    friend struct Bits;
    uint64_t words_[2];
};

}  // namespace yimen::rules
