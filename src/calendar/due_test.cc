#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "calendar/calendar.h"

namespace yimen::calendar {
namespace {

using namespace std::chrono;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

const WorkingDays& days() {
    static const WorkingDays loaded = WorkingDays::embedded();
    return loaded;
}
Date date(std::string_view iso) { return parse_date(iso).value(); }
DueDate due_in(std::string_view accepted, int limit, std::vector<Suspension> suspensions = {}, int extension = 0) {
    return due(days(), date(accepted), {limit, true}, extension, suspensions);
}

TEST(DueDate, ExplainsItselfInBothLanguages) {
    const DueDate found = due_in("2026-11-24", 20);
    EXPECT_EQ(found.date, date("2026-12-22"));
    EXPECT_FALSE(found.provisional);
    EXPECT_THAT(found.because_zh, ElementsAre("2026年11月24日受理，当日不计入。", "期限为20个工作日。", "周六、周日不计入。",
                                              "因此于2026年12月22日结束时到期。"));
    EXPECT_THAT(found.because_en, ElementsAre("Accepted on 24 November 2026; that day is not counted.", "The limit is 20 working days.",
                                              "Saturdays and Sundays are not counted.", "So it is due by the end of 22 December 2026."));
}

TEST(DueDate, NamesTheHolidaysAndTheDaysWorkedInExchange) {
    const DueDate found = due_in("2026-09-24", 5);
    EXPECT_EQ(found.date, date("2026-10-09"));
    EXPECT_THAT(found.because_zh, Contains("2026年10月1日至2026年10月7日国庆节放假，不计入。"));
    EXPECT_THAT(found.because_en, Contains("Mid-Autumn Festival, 25 September 2026 to 27 September 2026, is not counted."));
    EXPECT_THAT(due_in("2026-05-08", 2).because_zh, Contains("2026年5月9日为劳动节调休上班日，计入。"));
}

TEST(DueDate, LeavesOutSuspendedDays) {
    const DueDate found = due_in("2026-11-24", 5, {{date("2026-11-26"), date("2026-11-30"), "检验"}});
    EXPECT_EQ(found.date, date("2026-12-04")) << "Thursday, Friday and Monday do not count";
    EXPECT_THAT(found.because_zh, Contains("2026年11月26日至2026年11月30日暂停计时（检验），其中3个工作日不计入。"));
    EXPECT_THAT(found.because_en,
                Contains("The clock stood from 26 November 2026 to 30 November 2026 (检验): 3 working days not counted."));
}

TEST(DueDate, CountsADayInTwoSuspensionsOnce) {
    const Suspension first{date("2026-11-26"), date("2026-11-27"), "检验"}, second{date("2026-11-27"), date("2026-11-30"), "听证"};
    EXPECT_EQ(due_in("2026-11-24", 5, {first, second}).date, date("2026-12-04"));
    EXPECT_EQ(due_in("2026-11-24", 5, {second, first}).date, date("2026-12-04"));
}

TEST(DueDate, IsNotMovedByASuspensionOutsideIt) {
    const Suspension before{date("2026-11-20"), date("2026-11-24"), "a"}, after{date("2026-12-02"), std::nullopt, "b"};
    const DueDate found = due_in("2026-11-24", 5, {before, after});
    EXPECT_EQ(found.date, date("2026-12-01"));
    EXPECT_FALSE(found.provisional);
    EXPECT_FALSE(found.stands_since);
    EXPECT_EQ(found.because_zh.size(), 4u);
}

TEST(DueDate, IsTheEarliestPossibleWhileTheClockStands) {
    const DueDate found = due_in("2026-11-24", 5, {{date("2026-11-26"), std::nullopt, "检验"}});
    EXPECT_EQ(found.stands_since, date("2026-11-26"));
    EXPECT_TRUE(found.provisional);
    EXPECT_EQ(found.date, date("2026-12-02"));
    EXPECT_THAT(found.because_zh, Contains("自2026年11月26日起暂停计时（检验），恢复后继续计算。"));
    EXPECT_THAT(found.because_zh.back(), HasSubstr("最早"));
    EXPECT_THAT(found.because_en.back(), HasSubstr("at the earliest"));
}

TEST(DueDate, IsProvisionalWhereANoticeIsNotOut) {
    const DueDate crossing = due_in("2026-12-08", 20);
    EXPECT_EQ(crossing.date, date("2027-01-05"));
    EXPECT_TRUE(crossing.provisional);
    EXPECT_EQ(crossing.because_zh.back(), "2027年的放假安排尚未公布，到期日为暂定。");
    EXPECT_EQ(crossing.because_en.back(), "The holidays of 2027 are not published yet, so this date is provisional.");
    EXPECT_EQ(due_in("2026-12-22", 5).because_zh.back(), crossing.because_zh.back()) << "29 December may be exchanged";
    EXPECT_FALSE(due_in("2025-12-22", 10).provisional) << "2026 is known";
}

TEST(DueDate, OfAnExtendedLimitSaysBothParts) {
    const DueDate found = due_in("2026-03-02", 20, {}, 10);
    EXPECT_EQ(found.date, days().add(date("2026-03-02"), 30));
    EXPECT_THAT(found.because_zh, Contains("期限为20个工作日，延长10个工作日，共30个工作日。"));
    EXPECT_THAT(found.because_en, Contains("The limit is 20 working days, extended by 10 to 30 working days."));
}

TEST(DueDate, OnTheSpotIsTheSameDay) {
    const DueDate found = due_in("2026-11-24", 0);
    EXPECT_EQ(found.date, date("2026-11-24"));
    EXPECT_THAT(found.because_zh, Contains("当场办结，当日到期。"));
}

TEST(DueDate, InCalendarDaysCountsEveryDayAndMovesOnFromADayOff) {
    const DueDate found = due(days(), date("2026-09-20"), {15, false}, 0, {});
    EXPECT_EQ(found.date, date("2026-10-08")) << "5 October is National Day's";
    EXPECT_THAT(found.because_zh, Contains("期限届满之日2026年10月5日为休息日，顺延至下一个工作日。"));
    EXPECT_EQ(due(days(), date("2026-11-24"), {3, false}, 0, {}).date, date("2026-11-27"));
    EXPECT_THROW(due(days(), date("2026-11-24"), {-1, true}, 0, {}), std::invalid_argument);
}

// Without suspensions `due` is `add`; each suspension moves it by the days it keeps out; it never comes earlier.
TEST(DueDate, AgreesWithCountingByHand) {
    std::mt19937 random(7);
    auto number = [&](int most) { return std::uniform_int_distribution<int>(0, most)(random); };
    for (int i = 0; i < 3000; ++i) {
        const Date accepted = Date(sys_days{date("2024-01-01")} + std::chrono::days{number(900)});
        const int limit = number(45), extension = number(15);
        const Date plain = days().add(accepted, limit + extension);
        ASSERT_EQ(due(days(), accepted, {limit, true}, extension, {}).date, plain);
        const Date from = Date(sys_days{accepted} + std::chrono::days{number(60)}),
                   to = Date(sys_days{from} + std::chrono::days{number(30)});
        const Date found = due(days(), accepted, {limit, true}, extension, {{from, to, "检验"}}).date;
        const Date before = Date(sys_days{std::max(from, Date(sys_days{accepted} + std::chrono::days{1}))} - std::chrono::days{1});
        ASSERT_EQ(found, before >= plain ? plain : days().add(accepted, limit + extension + days().between(before, to)))
            << to_iso(accepted) << ' ' << limit + extension << ' ' << to_iso(from) << ' ' << to_iso(to);
    }
}

class Lights : public testing::Test {
  protected:
    Light on(std::string_view today) { return light(days(), date("2026-03-02"), promised, statutory, date(today)); }
    DueDate promised = due_in("2026-03-02", 10), statutory = due_in("2026-03-02", 20);
};

TEST_F(Lights, TurnYellowRedAndBlack) {
    ASSERT_EQ(promised.date, date("2026-03-16"));
    ASSERT_EQ(statutory.date, date("2026-03-30"));
    EXPECT_EQ(on("2026-03-02"), Light::green);
    EXPECT_EQ(on("2026-03-11"), Light::green) << "three of ten days left";
    EXPECT_EQ(on("2026-03-12"), Light::yellow) << "two of ten days left";
    EXPECT_EQ(on("2026-03-16"), Light::yellow) << "due at the end of this day";
    EXPECT_EQ(on("2026-03-17"), Light::red);
    EXPECT_EQ(on("2026-03-30"), Light::red);
    EXPECT_EQ(on("2026-03-31"), Light::black);
    EXPECT_EQ(promised.yellow_from, date("2026-03-12"));
}

TEST_F(Lights, AreTheSameForADateReadFromAStore) {
    const DueDate whole = promised;
    for (sys_days day{date("2026-03-02")}; day <= sys_days(date("2026-04-02")); day += std::chrono::days{1}) {
        promised = whole;
        const Light by_rule = on(to_iso(Date(day)));
        promised.yellow_from.reset();
        EXPECT_EQ(on(to_iso(Date(day))), by_rule) << to_iso(Date(day));
    }
}

TEST_F(Lights, StandStillWhileTheClockDoes) {
    const std::vector<Suspension> standing{{date("2026-03-11"), std::nullopt, "检验"}};
    promised = due_in("2026-03-02", 10, standing);
    statutory = due_in("2026-03-02", 20, standing);
    EXPECT_EQ(on("2026-03-10"), Light::green);
    EXPECT_EQ(on("2026-03-30"), Light::green);
    EXPECT_EQ(on("2027-01-01"), Light::green);
}

TEST_F(Lights, StayRedWhenTheClockStandsAfterThePromisedDay) {
    promised = due_in("2026-03-02", 10, {{date("2026-03-20"), std::nullopt, "检验"}});
    statutory = due_in("2026-03-02", 20, {{date("2026-03-20"), std::nullopt, "检验"}});
    EXPECT_EQ(on("2026-06-01"), Light::red);
}

}  // namespace
}  // namespace yimen::calendar
