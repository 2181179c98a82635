#include "insight/figures.h"

#include <gtest/gtest.h>

namespace yimen::insight {
namespace {

using namespace std::chrono_literals;

constexpr Date day(unsigned d) { return 2026y / 11 / d; }
const identity::AuthorityId water{77}, transport{78};

TEST(Figures, EachDayIsThereEvenIfNothingHappened) {
    auto found = count_up({}, day(1), day(30));
    EXPECT_EQ(found.by_day.size(), 30u);
    EXPECT_EQ(found.by_day.back().first, day(30));
    EXPECT_EQ(found.all.average_tenths(), std::nullopt);
}

TEST(Figures, TheAverageIsOfDecisionsAndRoundsHalfUp) {
    auto found =
        count_up({{day(3), "grant", "a", "online", water, 3, 7, 1}, {day(3), "refuse", "a", "window", water, 1, 0, 0}}, day(1), day(4));
    EXPECT_EQ(found.all.decided, 4);
    EXPECT_EQ(found.all.granted, 3);
    EXPECT_EQ(found.all.late, 1);
    EXPECT_EQ(found.all.average_tenths(), 18);                   // 7 / 4 = 1.75
    EXPECT_EQ(found.by_channel["online"].average_tenths(), 23);  // 7 / 3 = 2.33…
}

TEST(Figures, TodayIsTheLastDay) {
    auto found = count_up({{day(4), "submit", "a", "online", water, 2, 0, 0}, {day(3), "submit", "b", "online", transport, 5, 0, 0}},
                          day(1), day(4));
    EXPECT_EQ(found.today.submitted, 2);
    EXPECT_EQ(found.all.submitted, 7);
    EXPECT_EQ(found.by_authority[transport].submitted, 5);
    EXPECT_EQ(found.by_item["a"].submitted, 2);
}

TEST(Figures, WhatIsOutsideTheDaysAskedForIsLeftOut) {
    auto found = count_up({{day(5), "submit", "a", "online", water, 2, 0, 0}}, day(1), day(4));
    EXPECT_EQ(found.all.submitted, 0);
    EXPECT_TRUE(found.by_item.empty());
}

TEST(Figures, AnAxisEndsAtARoundNumber) {
    const std::pair<int64_t, int64_t> pairs[] = {{0, 5}, {5, 5}, {6, 10}, {11, 20}, {21, 50}, {99, 100}, {101, 200}, {1501, 2000}};
    for (auto& [most, end] : pairs) EXPECT_EQ(axis_end(most), end) << most;
}

}  // namespace
}  // namespace yimen::insight
