#include "catalogue/decimal.h"

namespace yimen::catalogue {

std::optional<int64_t> parse_decimal(std::string_view text) {
    bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    auto point = text.find('.');
    auto whole = text.substr(0, point), fraction = point == text.npos ? "" : text.substr(point + 1);
    if (whole.empty() || whole.size() > 12 || fraction.size() > 6 || (point != text.npos && fraction.empty())) return {};
    int64_t value = 0;
    for (char c : whole) {
        if (c < '0' || c > '9') return {};
        value = value * 10 + (c - '0');
    }
    for (size_t i = 0; i < 6; ++i) {
        char c = i < fraction.size() ? fraction[i] : '0';
        if (c < '0' || c > '9') return {};
        value = value * 10 + (c - '0');
    }
    return negative ? -value : value;
}

}  // namespace yimen::catalogue
