#include "rules/temporal.h"

#include "rules/testing.h"

namespace yimen::rules {
namespace {

TEST(Temporal, DaysAndDatesAgreeOverAllYears) {
    for (int64_t days : {-365'243'219'162ll, -719'528ll, -1ll, 0ll, 59ll, 18'321ll, 365'241'780'471ll}) {
        auto date = date_of_days(days);
        ASSERT_TRUE(date) << days;
        EXPECT_EQ(days_since_1970(*date), days);
    }
    EXPECT_FALSE(date_of_days(365'241'780'472ll));
    EXPECT_EQ(week_of_year({2003, 12, 29}), 1);
    EXPECT_EQ(week_of_year({2005, 1, 1}), 53);
}

TEST(Temporal, ReadsOnlyTheLexicalForms) {
    for (auto* wrong : {"2020-02-30", "20-01-01", "02020-01-01", "+2020-01-01", "2020-1-1", "2020-01-01x"})
        EXPECT_FALSE(read_date(wrong)) << wrong;
    for (auto* wrong : {"25:00:00", "10:60:00", "10:00", "10:00:00+19:00", "10:00:00@Nowhere/City", "10:00:00."})
        EXPECT_FALSE(read_time(wrong)) << wrong;
    for (auto* wrong : {"P", "PT", "P1", "1D", "P1H", "PT1D", "P1M1Y", "P1Y1D", "P1.5D"}) EXPECT_TRUE(read_duration(wrong).null()) << wrong;
    EXPECT_TRUE(read_date("-0044-03-15"));
    EXPECT_TRUE(read_date_time("2021-03-28T01:30:00.123456789@Europe/Paris"));
}

TEST(Temporal, Computes) {
    const Case cases[] = {
        {"@\"2021-01-31\" + @\"P1M\"", "2021-02-28"},
        {"date(\"2021-01-01\") - date(\"2020-01-01\")", "P366D"},
        {"@\"2021-03-28T01:30:00@Europe/Paris\" + @\"PT1H\"", "2021-03-28T03:30:00@Europe/Paris"},
        {"time(\"23:59:00\") + duration(\"PT2M\")", "00:01:00"},
        {"@\"10:00:00Z\" - @\"09:00:00+01:00\"", "PT2H"},
        {"@\"2020-01-01T00:00:00Z\" - @\"2020-01-01T00:00:00\"", "null"},
        {"duration(\"P1D\") / duration(\"PT1H\")", "24"},
        {"duration(\"P1Y\") * 1.5", "P1Y6M"},
        {"years and months duration(@\"2011-12-22\", @\"2013-08-21\")", "P1Y7M"},
        {"date(\"999999999-12-31\") + @\"P1D\"", "null"},
        {"string(time(10, 20, 30.5, @\"-PT1H\"))", "10:20:30.5-01:00"},
        {"date and time(@\"2020-01-01\", @\"10:00:00Z\")", "2020-01-01T10:00:00Z"},
        {"@\"2020-06-01T00:00:00@Europe/Paris\".time offset", "PT2H"},
        {"day of week(@\"2026-11-24\")", "Tuesday"},
        {"@\"2002-04-02T12:00:00-01:00\" = @\"2002-04-02T17:00:00+04:00\"", "true"},
    };
    check(cases);
}

}  // namespace
}  // namespace yimen::rules
