#include "web/limits.h"

#include <gtest/gtest.h>

namespace yimen::web {

namespace {

const Instant noon{std::chrono::milliseconds(1'700'000'000'000)};

int allowed(RateLimit& limit, std::string_view key, Instant at, int tries) {
    int n = 0;
    for (int i = 0; i < tries; ++i) n += limit.allow(key, at);
    return n;
}

TEST(RateLimit, AllowsABurstAndThenSoManyAMinute) {
    RateLimit limit(10, 60);
    EXPECT_EQ(allowed(limit, "a", noon, 50), 10);
    EXPECT_EQ(allowed(limit, "a", noon + std::chrono::milliseconds(999), 50), 0);
    EXPECT_EQ(allowed(limit, "a", noon + std::chrono::seconds(5), 50), 5);
    EXPECT_EQ(allowed(limit, "a", noon + std::chrono::hours(1), 50), 10) << "never more than the burst";
}

TEST(RateLimit, CountsEachKeyForItself) {
    RateLimit limit(2, 1);
    EXPECT_EQ(allowed(limit, "a", noon, 5), 2);
    EXPECT_EQ(allowed(limit, "b", noon, 5), 2);
}

TEST(RateLimit, IsNotFooledByAClockThatStepsBack) {
    RateLimit limit(2, 60);
    EXPECT_EQ(allowed(limit, "a", noon, 5), 2);
    EXPECT_EQ(allowed(limit, "a", noon - std::chrono::hours(1), 5), 0);
}

TEST(RateLimit, KeepsNoMoreKeysThanItWasTold) {
    RateLimit limit(2, 1, 100);
    EXPECT_EQ(allowed(limit, "kept", noon, 5), 2);
    for (int i = 0; i < 1000; ++i) limit.allow(std::to_string(i), noon);
    EXPECT_EQ(allowed(limit, "new", noon, 5), 2);
}

}  // namespace

}  // namespace yimen::web
