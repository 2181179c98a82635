#include <gtest/gtest.h>

#include "base/clock.h"

namespace yimen {

using namespace std::chrono_literals;

namespace {
const Date november_24{2026y / 11 / 24};
const Instant half_past_nine = start_of_day(november_24) + 9h + 30min;
}  // namespace

TEST(Clock, ADayBeginsAtMidnightInShanghai) {
    EXPECT_EQ(to_iso(start_of_day(november_24)), "2026-11-24T00:00:00+08:00");
    EXPECT_EQ(shanghai_date(start_of_day(november_24)), november_24);
    EXPECT_EQ(shanghai_date(start_of_day(november_24) - 1ms), 2026y / 11 / 23);
}

TEST(Clock, MomentsAreReadBackAsWritten) {
    EXPECT_EQ(parse_instant(to_iso(half_past_nine)), half_past_nine);
    EXPECT_EQ(parse_instant("2026-11-24T01:30:00Z"), half_past_nine);
    EXPECT_EQ(parse_instant("2026-11-24T01:30:00.25Z"), half_past_nine + 250ms);
}

TEST(Clock, RefusesWhatIsNoMoment) {
    for (auto text : {"", "2026-11-24", "2026-11-24T01:30:00", "2026-11-24T24:00:00Z", "2026-11-24T01:60:00Z", "2026-02-30T01:00:00Z",
                      "2026-11-24T01:30:00.Z", "2026-11-24T01:30:00.1234Z", "2026-11-24T01:30:00+09:00", "2026-11-24 01:30:00Z"})
        EXPECT_FALSE(parse_instant(text)) << text;
}

TEST(Clock, RefusesWhatIsNoDate) {
    EXPECT_EQ(parse_date("2024-02-29"), 2024y / 2 / 29);
    for (auto text :
         {"", "2026-2-01", "2026-02-29", "2026-13-01", "2026-00-10", "2026-11-24 ", "2026/11/24", "２０２６-11-24", "2026-1a-24"})
        EXPECT_FALSE(parse_date(text)) << text;
}

TEST(Clock, DatesAreWrittenAsPeopleWriteThem) {
    EXPECT_EQ(for_people(november_24, Language::zh), "2026年11月24日");
    EXPECT_EQ(for_people(november_24, Language::en), "24 November 2026");
    EXPECT_EQ(for_people(half_past_nine, Language::zh), "2026年11月24日 09:30");
    EXPECT_EQ(for_people(half_past_nine, Language::en), "24 November 2026 09:30");
}

TEST(Clock, AFixedClockStandsUntilMoved) {
    FixedClock clock(half_past_nine);
    EXPECT_EQ(clock.now(), half_past_nine);
    clock.advance(5min);
    EXPECT_EQ(clock.now(), half_past_nine + 5min);
}

}  // namespace yimen
