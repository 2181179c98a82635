#include "catalogue/decimal.h"

#include <gtest/gtest.h>

namespace yimen::catalogue {
namespace {

TEST(Decimal, IsReadExactlyOrRefused) {
    EXPECT_EQ(parse_decimal("12.5"), 12'500'000);
    EXPECT_EQ(parse_decimal("-0.000001"), -1);
    EXPECT_EQ(parse_decimal("007"), 7'000'000);
    for (auto bad : {"", "-", ".", "1.", ".5", "1e3", "1,000", " 1", "１", "1.0000001", "1234567890123", "--1", "+1", "nan"})
        EXPECT_FALSE(parse_decimal(bad)) << bad;
}

}  // namespace
}  // namespace yimen::catalogue
