#include "cases/typing.h"

#include <gtest/gtest.h>

#include "cases/testing.h"

namespace yimen::cases {
namespace {

using catalogue::Field;

std::string typed(Field::Kind kind, std::string_view text) {
    Field field;
    field.kind = kind;
    return canonical(field, text);
}

TEST(Typing, ReadsNumbersAsPeopleWriteThem) {
    EXPECT_EQ(typed(Field::Kind::number, " １２ "), "12");
    EXPECT_EQ(typed(Field::Kind::number, "1,200.5"), "1200.5");
    EXPECT_EQ(typed(Field::Kind::money, "12,345,678"), "12345678");
}

TEST(Typing, LeavesWhatIsNoNumberForPeopleToMend) {
    EXPECT_EQ(typed(Field::Kind::number, "大约12"), "大约12");
    EXPECT_EQ(typed(Field::Kind::number, "1,2"), "1,2");
    EXPECT_EQ(typed(Field::Kind::number, "12,00"), "12,00");
    EXPECT_EQ(typed(Field::Kind::number, "-3"), "-3");
}

TEST(Typing, CapitalsAndSpacesOfCodesDoNotMatter) {
    EXPECT_EQ(typed(Field::Kind::credit_code, "91310120 ma1hq5rt6e"), "91310120MA1HQ5RT6E");
    EXPECT_EQ(typed(Field::Kind::resident_number, "３１０１０４ 19680917 301x"), "31010419680917301X");
    EXPECT_EQ(typed(Field::Kind::phone, " 138 0013 8012"), "13800138012");
    EXPECT_EQ(typed(Field::Kind::phone, "021-57420188"), "021-57420188");
}

TEST(Typing, TextsKeepTheirInsideAndLoseTheirEdges) {
    EXPECT_EQ(typed(Field::Kind::text, "　李 娜 "), "李 娜");
    EXPECT_EQ(typed(Field::Kind::long_text, "一\r\n二\r\n"), "一\n二");
}

TEST(Typing, ThreeBoxesMakeADate) {
    EXPECT_EQ(date_typed("2026", "3", "7"), "2026-03-07");
    EXPECT_EQ(date_typed("２０２６", " 11 ", "24"), "2026-11-24");
    EXPECT_EQ(date_typed("", " ", ""), "");
}

TEST(Typing, AWrongDateGoesBackIntoItsBoxes) {
    EXPECT_EQ(date_boxes(date_typed("2026", "13", "40")), (std::array<std::string, 3>{"2026", "13", "40"}));
    EXPECT_EQ(date_boxes(date_typed("2026", "", "5")), (std::array<std::string, 3>{"2026", "", "5"}));
    EXPECT_EQ(date_boxes(date_typed("去年", "三-月", "5")), (std::array<std::string, 3>{"去年", "三月", "5"}));
    EXPECT_EQ(date_boxes("2026-03-07"), (std::array<std::string, 3>{"2026", "3", "7"}));
    EXPECT_EQ(date_boxes(""), (std::array<std::string, 3>{}));
}

TEST(Typing, NothingIsNothingInWhateverForm) {
    const boost::json::value empty_text(""), empty_list(boost::json::array{}), null(nullptr), text("x");
    for (auto* value : {&empty_text, &empty_list, &null}) EXPECT_TRUE(nothing(value));
    EXPECT_TRUE(same(nullptr, &empty_list));
    EXPECT_FALSE(same(nullptr, &text));
    EXPECT_TRUE(same(&text, &text));
}

TEST(Typing, ASectionIsWrongOnlyWhereSomethingTypedIs) {
    auto version = EmbeddedCatalogue().in_force("drainage-permit-new", {});
    size_t contact = 1;
    ASSERT_EQ(version->form[contact].name, "contact");
    const Date today(std::chrono::year(2026), std::chrono::month(11), std::chrono::day(24));
    catalogue::Answers answers{{"premises", "food"}};
    auto stands = [&](catalogue::Values values) { return progress(*version, contact, values, answers, today); };
    EXPECT_EQ(stands({}), Progress::not_yet);
    EXPECT_EQ(stands({{"contact_name", "李娜"}}), Progress::not_yet);
    EXPECT_EQ(stands({{"contact_phone", "123"}}), Progress::wrong);
    EXPECT_EQ(stands({{"contact_name", "李娜"}, {"contact_phone", "13800138012"}, {"delivery", "none"}}), Progress::done);
    EXPECT_EQ(stands({{"contact_name", "李娜"}, {"contact_phone", "13800138012"}, {"delivery", "courier"}}), Progress::not_yet);
}

TEST(Typing, PartsAndRowsAreKeptInTheirOwnForm) {
    auto version = EmbeddedCatalogue().in_force("drainage-permit-new", {});
    Instant now = start_of_day({std::chrono::year(2026), std::chrono::November, std::chrono::day(24)});
    auto kept = [&](std::string_view field, boost::json::value value) { return canonical(*version->field(field), value, now); };
    EXPECT_EQ(kept("keeper", {{"name", " 王小明 "}, {"number", "31012019900307122x"}, {"phone", "138 0013 8012"}}),
              (boost::json::value{{"name", "王小明"}, {"number", "31012019900307122X"}, {"phone", "13800138012"}}));
    EXPECT_EQ(kept("outlet_list", boost::json::array{{{"road", "南桥路"}, {"diameter", "２００"}}, "x"}),
              (boost::json::value(boost::json::array{{{"road", "南桥路"}, {"diameter", "200"}}, "x"})));
    EXPECT_EQ(kept("signed", "李娜"), (boost::json::value{{"name", "李娜"}, {"at", to_iso(now)}}));
    EXPECT_EQ(kept("site_address", "上海市奉贤区南桥镇1号"), "上海市奉贤区南桥镇1号");
}

TEST(Typing, PartsThatAreAllEmptyAreNothingAndARowIsSomething) {
    boost::json::value parts(boost::json::object{{"name", ""}, {"phone", nullptr}}), row(boost::json::array{boost::json::object{}});
    EXPECT_TRUE(nothing(&parts));
    EXPECT_FALSE(nothing(&row));
}

TEST(Typing, DeclarationsStandApart) {
    auto version = EmbeddedCatalogue().in_force("drainage-permit-new", {});
    EXPECT_TRUE(only_declares(version->form.back()));
    EXPECT_FALSE(only_declares(version->form.front()));
}

}  // namespace
}  // namespace yimen::cases
