#include "calendar/calendar.h"

#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace yimen::calendar {
namespace {

using namespace std::chrono;
using testing::ElementsAre;
using testing::HasSubstr;

const WorkingDays& days() {
    static const WorkingDays loaded = WorkingDays::embedded();
    return loaded;
}
Date date(std::string_view iso) { return parse_date(iso).value(); }

TEST(WorkingDays, KnowTheYearsWhoseNoticesAreIn) {
    EXPECT_FALSE(days().knows(2023));
    for (int year : {2024, 2025, 2026}) EXPECT_TRUE(days().knows(year));
    EXPECT_EQ(days().kind(date("2026-01-01")), DayKind::holiday);
    EXPECT_EQ(days().kind(date("2026-01-04")), DayKind::exchanged);
    EXPECT_EQ(days().kind(date("2026-01-05")), DayKind::working);
    EXPECT_EQ(days().kind(date("2026-01-10")), DayKind::weekend);
    EXPECT_EQ(days().holiday_name(date("2026-02-17"), Language::zh), "春节");
    EXPECT_EQ(days().holiday_name(date("2026-02-17"), Language::en), "Spring Festival");
    EXPECT_EQ(days().holiday_name(date("2026-02-14"), Language::zh), "春节") << "worked for it";
    EXPECT_EQ(days().holiday_name(date("2026-02-13"), Language::zh), "");
}

TEST(WorkingDays, Of2026HaveTheSixExchangedDaysOfTheNotice) {
    std::vector<std::string> exchanged;
    for (sys_days day{date("2026-01-01")}; day <= sys_days(date("2026-12-31")); day += std::chrono::days{1})
        if (days().kind(day) == DayKind::exchanged) exchanged.push_back(to_iso(Date(day)));
    EXPECT_THAT(exchanged, ElementsAre("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"));
}

TEST(WorkingDays, FollowWeekdaysInAYearNotKnown) {
    EXPECT_EQ(days().kind(date("2031-10-01")), DayKind::working);
    EXPECT_EQ(days().kind(date("2031-10-04")), DayKind::weekend);
}

TEST(WorkingDays, InTheLastWeekOfDecemberWaitForTheNextNotice) {
    EXPECT_TRUE(days().settled(date("2025-12-31")));
    EXPECT_TRUE(days().settled(date("2026-12-24")));
    EXPECT_FALSE(days().settled(date("2026-12-25")));
    EXPECT_FALSE(days().settled(date("2027-01-04")));
}

TEST(WorkingDays, AreCountedFromTheDayAfter) {
    EXPECT_EQ(days().add(date("2026-11-24"), 0), date("2026-11-24"));
    EXPECT_EQ(days().add(date("2026-11-24"), 1), date("2026-11-25"));
    EXPECT_EQ(days().add(date("2026-11-24"), 20), date("2026-12-22"));
    EXPECT_EQ(days().add(date("2026-09-30"), 1), date("2026-10-08")) << "over National Day";
    EXPECT_EQ(days().add(date("2026-10-09"), 1), date("2026-10-10")) << "a Saturday worked in exchange";
    EXPECT_EQ(days().between(date("2026-02-13"), date("2026-02-24")), 2) << "14 and 24 February";
    EXPECT_EQ(days().between(date("2026-02-24"), date("2026-02-13")), -2);
    EXPECT_THROW(days().add(date("2026-11-24"), -1), std::invalid_argument);
}

// Any two dates from 2023 to 2028: years known and not.
class RandomDates {
  public:
    Date next() { return Date(sys_days{date("2023-01-01")} + std::chrono::days{day_(random_)}); }
    int number(int most) { return std::uniform_int_distribution<int>(0, most)(random_); }

  private:
    std::mt19937 random_{20261124};
    std::uniform_int_distribution<int> day_{0, 6 * 365};
};

TEST(WorkingDays, BetweenUndoesAdd) {
    RandomDates random;
    for (int i = 0; i < 20000; ++i) {
        const Date from = random.next();
        const int n = random.number(60);
        const Date to = days().add(from, n);
        ASSERT_EQ(days().between(from, to), n) << to_iso(from);
        if (n > 0) {
            ASSERT_TRUE(days().working(to)) << to_iso(to);
        }
    }
}

TEST(WorkingDays, BetweenCountsWhatWorkingSays) {
    RandomDates random;
    for (int i = 0; i < 500; ++i) {
        Date from = random.next(), to = random.next();
        if (to < from) std::swap(from, to);
        int counted = 0;
        for (sys_days day = sys_days(from) + std::chrono::days{1}; day <= sys_days(to); day += std::chrono::days{1})
            counted += days().working(day);
        ASSERT_EQ(days().between(from, to), counted) << to_iso(from) << to_iso(to);
        ASSERT_EQ(days().between(to, from), -counted);
    }
}

TEST(WorkingDays, BetweenAddsUpAndAddNeverGoesBack) {
    RandomDates random;
    for (int i = 0; i < 5000; ++i) {
        const Date a = random.next(), b = random.next(), c = random.next();
        ASSERT_EQ(days().between(a, b) + days().between(b, c), days().between(a, c));
        const int n = random.number(30);
        ASSERT_LT(days().add(a, n), days().add(a, n + 1));
        if (a <= b) {
            ASSERT_LE(days().add(a, n + 1), days().add(b, n + 1));
        }
    }
}

TEST(Notice, IsRefusedWithTheLineThatIsWrong) {
    auto complaint = [](const std::string& yaml) -> std::string {
        try {
            WorkingDays().add_notice(yaml, "2027.yaml");
        } catch (const std::runtime_error& error) {
            return error.what();
        }
        return "";
    };
    const std::string head = "year: 2027\nnotice: n\nholidays:\n";
    EXPECT_EQ(complaint(head + "  - {zh: 元旦, en: New Year, from: 2026-12-30, to: 2027-01-01, worked: [2026-12-26]}"), "");
    EXPECT_THAT(complaint(head + "  - {zh: 元旦, en: New Year, from: 2027-02-29, to: 2027-03-01}"), HasSubstr("2027.yaml:4: "));
    EXPECT_THAT(complaint(head + "  - {zh: 元旦, en: New Year, from: 2028-01-01, to: 2028-01-01}"), HasSubstr("notice's year"));
    EXPECT_THAT(complaint(head + "  - {zh: 元旦, en: New Year, from: 2026-11-01, to: 2027-01-01}"), HasSubstr("notice's year"));
    EXPECT_THAT(complaint(head + "  - {zh: 元旦, en: New Year, from: 2027-01-03, to: 2027-01-01}"), HasSubstr("ends after"));
    EXPECT_THAT(complaint(head + "  - {zh: 元旦, en: New Year, from: 2027-01-01, to: 2027-03-01}"), HasSubstr("15 days"));
    EXPECT_THAT(complaint(head + "  - {zh: 元旦, from: 2027-01-01, to: 2027-01-01}"), HasSubstr("en is missing"));
    EXPECT_THAT(complaint(head + "  - {zh: 元旦, en: N, from: 2027-01-01, to: 2027-01-01, worked: [2027-01-04]}"),
                HasSubstr("a Saturday or a Sunday"));
    EXPECT_THAT(complaint(head + "  - {zh: 元旦, en: N, from: 2027-01-01, to: 2027-01-03, worked: [2027-01-03]}"), HasSubstr("twice"));
    EXPECT_THAT(complaint(head), HasSubstr("holidays are missing"));
    EXPECT_THAT(complaint("year: soon\nnotice: n\nholidays: [1]"), HasSubstr("year is not a year"));
    EXPECT_THAT(complaint("[1, 2"), HasSubstr("2027.yaml:"));
    WorkingDays twice = WorkingDays::embedded();
    EXPECT_THROW(twice.add_notice("year: 2026\nnotice: n\nholidays: [{zh: a, en: a, from: 2026-07-01, to: 2026-07-01}]", "again"),
                 std::runtime_error);
}

TEST(Notice, OfANewYearMovesLateDecemberOfTheYearBefore) {
    WorkingDays with_next = WorkingDays::embedded();
    with_next.add_notice(
        "year: 2027\nnotice: n\nholidays: [{zh: 元旦, en: New Year, from: 2026-12-31, to: 2027-01-02, worked: "
        "[2026-12-27]}]",
        "2027");
    EXPECT_TRUE(with_next.settled(date("2026-12-28")));
    EXPECT_EQ(with_next.add(date("2026-12-25"), 1), date("2026-12-27"));
    EXPECT_EQ(with_next.add(date("2026-12-30"), 1), date("2027-01-04"));
}

}  // namespace
}  // namespace yimen::calendar
