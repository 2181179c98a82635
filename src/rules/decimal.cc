#include "rules/decimal.h"

#include <bid_conf.h>
#include <bid_functions.h>

#include <cstring>

namespace yimen::rules {

// The library's type is aligned to 16 bytes; ours to 8, so that a Value stays small.
struct Bits {
    static BID_UINT128 of(const Decimal& d) {
        BID_UINT128 out;
        std::memcpy(&out, d.words_, sizeof out);
        return out;
    }
    static Decimal from(const BID_UINT128& bits) {
        Decimal d;
        std::memcpy(d.words_, &bits, sizeof bits);
        return d;
    }
    static void put(Decimal& d, const BID_UINT128& bits) { std::memcpy(d.words_, &bits, sizeof bits); }
};

namespace {

unsigned rounding_mode(Rounding rounding, bool negative) {
    switch (rounding) {
        case Rounding::half_even:
            return BID_ROUNDING_TO_NEAREST;
        case Rounding::half_up:
            return BID_ROUNDING_TIES_AWAY;
        case Rounding::down:
            return BID_ROUNDING_TO_ZERO;
        case Rounding::up:
            return negative ? BID_ROUNDING_DOWN : BID_ROUNDING_UP;
        case Rounding::floor:
            return BID_ROUNDING_DOWN;
        case Rounding::ceiling:
            return BID_ROUNDING_UP;
        case Rounding::half_down:
            break;
    }
    return BID_ROUNDING_TO_NEAREST;
}

BID_UINT128 from_text(const std::string& text) {
    unsigned flags = 0;
    return bid128_from_string(const_cast<char*>(text.c_str()), BID_ROUNDING_TO_NEAREST, &flags);
}

// One unit at 10^-scale.
BID_UINT128 unit(int scale) { return from_text("1E" + std::to_string(-scale)); }

// Small whole exponents by squaring, which is exact as long as the digits fit; the library's power is for the rest.
BID_UINT128 whole_power(BID_UINT128 base, int64_t exponent) {
    unsigned flags = 0;
    auto result = bid128_from_int64(1);
    for (uint64_t n = exponent < 0 ? -exponent : exponent; n; n >>= 1) {
        if (n & 1) result = bid128_mul(result, base, BID_ROUNDING_TO_NEAREST, &flags);
        if (n > 1) base = bid128_mul(base, base, BID_ROUNDING_TO_NEAREST, &flags);
    }
    return exponent < 0 ? bid128_div(bid128_from_int64(1), result, BID_ROUNDING_TO_NEAREST, &flags) : result;
}

// "+123E-5" as the library writes it, as plain digits.
std::string plain(const char* written) {
    std::string_view text = written;
    std::string sign = text[0] == '-' ? "-" : "";
    auto e = text.find('E');
    std::string digits(text.substr(1, e - 1));
    int exponent = std::stoi(std::string(text.substr(e + 1)));
    if (digits.find_first_not_of('0') == std::string::npos) return "0";
    if (exponent >= 0) return sign + digits + std::string(exponent, '0');
    if (digits.size() <= size_t(-exponent)) digits.insert(0, -exponent - digits.size() + 1, '0');
    digits.insert(digits.size() + exponent, ".");
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.back() == '.') digits.pop_back();
    return sign + digits;
}

}  // namespace

Decimal::Decimal(int64_t value) { Bits::put(*this, bid128_from_int64(value)); }

Decimal::Decimal(__int128 value) {
    if (value >= INT64_MIN && value <= INT64_MAX) {
        Bits::put(*this, bid128_from_int64(int64_t(value)));
        return;
    }
    bool negative = value < 0;
    auto left = negative ? -static_cast<unsigned __int128>(value) : static_cast<unsigned __int128>(value);
    std::string digits;
    for (; left; left /= 10) digits.insert(digits.begin(), char('0' + int(left % 10)));
    Bits::put(*this, from_text((negative ? "-" : "") + digits));
}

std::optional<Decimal> Decimal::parse(std::string_view text) {
    size_t i = 0, digits = 0;
    auto count = [&] {
        size_t from = i;
        while (i < text.size() && text[i] >= '0' && text[i] <= '9') ++i;
        return i - from;
    };
    if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
    digits = count();
    if (i < text.size() && text[i] == '.') {
        ++i;
        size_t behind = count();
        if (!behind) return {};
        digits += behind;
    }
    if (!digits || text.size() > 10000) return {};
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
        ++i;
        if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
        if (size_t n = count(); !n || n > 6) return {};
    }
    if (i != text.size()) return {};
    auto out = Bits::from(from_text(std::string(text)));
    return out.finite() ? std::optional(out) : std::nullopt;
}

std::string Decimal::text() const {
    char written[64];
    unsigned flags = 0;
    bid128_to_string(written, Bits::of(*this), &flags);
    return finite() ? plain(written) : written;
}

bool Decimal::finite() const { return bid128_isFinite(Bits::of(*this)); }
bool Decimal::negative() const { return bid128_isSigned(Bits::of(*this)) && !zero(); }
bool Decimal::zero() const { return bid128_isZero(Bits::of(*this)); }
bool Decimal::whole() const { return finite() && round(0, Rounding::down) == *this; }

std::optional<int64_t> Decimal::integer() const {
    unsigned flags = 0;
    auto value = bid128_to_int64_xint(Bits::of(*this), &flags);
    return flags ? std::nullopt : std::optional<int64_t>(value);
}

std::optional<__int128> Decimal::truncated() const {
    static const Decimal limit = *parse("1e38");
    if (!finite() || abs().compare(limit) >= 0) return {};
    auto whole = round(0, Rounding::down);
    // Beyond 34 digits nothing behind the point is kept anyway.
    auto digits = (whole.finite() ? whole : *this).text();
    __int128 out = 0;
    for (char c : digits) {
        if (c == '.') break;
        if (c != '-') out = out * 10 + (c - '0');
    }
    return digits[0] == '-' ? -out : out;
}

int Decimal::compare(const Decimal& other) const {
    // Two numbers of one exponent, below 2^49 in their coefficients' upper word alike, are the usual case.
    if (words_[1] == other.words_[1] && !(words_[1] & 0x8001ffffffffffffull) && (words_[1] >> 61) != 3)
        return words_[0] < other.words_[0] ? -1 : words_[0] > other.words_[0];
    unsigned flags = 0;
    auto a = Bits::of(*this), b = Bits::of(other);
    if (bid128_quiet_less(a, b, &flags)) return -1;
    return bid128_quiet_equal(a, b, &flags) ? 0 : 1;
}

Decimal Decimal::operator-() const { return zero() ? *this : Bits::from(bid128_negate(Bits::of(*this))); }

Decimal Decimal::operator+(const Decimal& other) const {
    unsigned flags = 0;
    return Bits::from(bid128_add(Bits::of(*this), Bits::of(other), BID_ROUNDING_TO_NEAREST, &flags));
}
Decimal Decimal::operator-(const Decimal& other) const {
    unsigned flags = 0;
    return Bits::from(bid128_sub(Bits::of(*this), Bits::of(other), BID_ROUNDING_TO_NEAREST, &flags));
}
Decimal Decimal::operator*(const Decimal& other) const {
    unsigned flags = 0;
    return Bits::from(bid128_mul(Bits::of(*this), Bits::of(other), BID_ROUNDING_TO_NEAREST, &flags));
}
Decimal Decimal::operator/(const Decimal& other) const {
    unsigned flags = 0;
    return Bits::from(bid128_div(Bits::of(*this), Bits::of(other), BID_ROUNDING_TO_NEAREST, &flags));
}

Decimal Decimal::power(const Decimal& exponent) const {
    unsigned flags = 0;
    if (auto whole = exponent.integer(); whole && *whole >= -10000 && *whole <= 10000)
        return Bits::from(whole_power(Bits::of(*this), *whole));
    return Bits::from(bid128_pow(Bits::of(*this), Bits::of(exponent), BID_ROUNDING_TO_NEAREST, &flags));
}

Decimal Decimal::round(int scale, Rounding rounding) const {
    unsigned flags = 0;
    auto bits = Bits::of(*this);
    if (rounding == Rounding::half_down) {
        // Ties towards zero: away from it only when more than half a unit is cut off.
        auto cut = round(scale, Rounding::down);
        if (!cut.finite()) return cut;
        auto one = Bits::from(unit(scale));
        auto over = (*this - cut).abs() * Decimal(int64_t(2));
        return over.compare(one) > 0 ? round(scale, Rounding::up) : cut;
    }
    auto out = Bits::from(bid128_quantize(bits, unit(scale), rounding_mode(rounding, negative()), &flags));
    // It has no room for so many digits, so every digit it has stands before the place asked for.
    return out.finite() ? out : *this;
}

Decimal Decimal::abs() const { return negative() ? -*this : *this; }

Decimal Decimal::modulo(const Decimal& divisor) const {
    unsigned flags = 0;
    auto rest = Bits::from(bid128_fmod(Bits::of(*this), Bits::of(divisor), &flags));
    return rest.finite() && !rest.zero() && rest.negative() != divisor.negative() ? rest + divisor : rest;
}

Decimal Decimal::square_root() const {
    unsigned flags = 0;
    return Bits::from(bid128_sqrt(Bits::of(*this), BID_ROUNDING_TO_NEAREST, &flags));
}
Decimal Decimal::logarithm() const {
    unsigned flags = 0;
    return Bits::from(bid128_log(Bits::of(*this), BID_ROUNDING_TO_NEAREST, &flags));
}
Decimal Decimal::exponential() const {
    unsigned flags = 0;
    return Bits::from(bid128_exp(Bits::of(*this), BID_ROUNDING_TO_NEAREST, &flags));
}

}  // namespace yimen::rules
