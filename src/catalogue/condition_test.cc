#include "catalogue/condition.h"

#include <gmock/gmock.h>

namespace yimen::catalogue {
namespace {

using Values = std::map<std::string, std::string, std::less<>>;

// Names not in `values` are unknown; those with the value "-" do not apply.
Truth tried(std::string_view text, const Values& values) {
  auto condition = Condition::parse(text);
  EXPECT_TRUE(condition) << text << ": " << condition.error().message;
  return condition->holds([&](std::string_view name) -> Looked {
    auto found = values.find(name);
    if (found == values.end()) return {Looked::State::unknown, {}};
    if (found->second == "-") return {};
    return {Looked::State::value, found->second};
  });
}

TEST(Condition, ComparesWordsAndNumbers) {
  EXPECT_EQ(tried("kind = food", {{"kind", "food"}}), Truth::yes);
  EXPECT_EQ(tried("kind != food", {{"kind", "food"}}), Truth::no);
  EXPECT_EQ(tried("kind in (food, wash)", {{"kind", "wash"}}), Truth::yes);
  EXPECT_EQ(tried("kind in (food, wash)", {{"kind", "office"}}), Truth::no);
  EXPECT_EQ(tried("n > 9", {{"n", "10"}}), Truth::yes);
  EXPECT_EQ(tried("n >= 10", {{"n", "10.000000"}}), Truth::yes);
  EXPECT_EQ(tried("n < 10", {{"n", "10"}}), Truth::no);
  EXPECT_EQ(tried("n <= -2.5", {{"n", "-3"}}), Truth::yes);
  EXPECT_EQ(tried("n = 10", {{"n", "10.0"}}), Truth::yes);
}

TEST(Condition, ComparesDecimalsExactly) {
  EXPECT_EQ(tried("n = 0.3", {{"n", "0.300000"}}), Truth::yes);
  EXPECT_EQ(tried("n > 999999999999.999998", {{"n", "999999999999.999999"}}), Truth::yes);
}

TEST(Condition, BindsAndTighterThanOr) {
  EXPECT_EQ(tried("a = 1 or b = 1 and c = 1", {{"a", "1"}, {"b", "0"}, {"c", "0"}}), Truth::yes);
  EXPECT_EQ(tried("(a = 1 or b = 1) and c = 1", {{"a", "1"}, {"b", "0"}, {"c", "0"}}), Truth::no);
  EXPECT_EQ(tried("not a = 1 and b = 0", {{"a", "0"}, {"b", "0"}}), Truth::yes);
}

TEST(Condition, IsUnknownOnlyWhereTheRestDoesNotDecide) {
  EXPECT_EQ(tried("a = 1 and b = 1", {{"a", "1"}}), Truth::unknown);
  EXPECT_EQ(tried("a = 1 and b = 1", {{"a", "0"}}), Truth::no);
  EXPECT_EQ(tried("a = 1 or b = 1", {{"b", "1"}}), Truth::yes);
  EXPECT_EQ(tried("not b = 1", {}), Truth::unknown);
}

TEST(Condition, TreatsWhatDoesNotApplyAsEqualToNothing) {
  EXPECT_EQ(tried("n > 1", {{"n", "-"}}), Truth::no);
  EXPECT_EQ(tried("n in (1, 2)", {{"n", "-"}}), Truth::no);
  EXPECT_EQ(tried("n != 1", {{"n", "-"}}), Truth::yes);
}

TEST(Condition, LooksAtEachOfSeveralChoices) {
  EXPECT_EQ(tried("kinds = b", {{"kinds",
                                 "a\x1f"
                                 "b"}}),
            Truth::yes);
  EXPECT_EQ(tried("kinds != b", {{"kinds",
                                  "a\x1f"
                                  "b"}}),
            Truth::no);
  EXPECT_EQ(tried("kinds != c", {{"kinds",
                                  "a\x1f"
                                  "b"}}),
            Truth::yes);
}

TEST(Condition, NamesWhatCouldStillDecideIt) {
  auto condition = Condition::parse("a = 1 and (b = 1 or c = 1)").value();
  EXPECT_THAT(condition.undecided([](auto) {
    return Looked{Looked::State::unknown, {}};
  }),
              testing::ElementsAre("a", "b", "c"));
  EXPECT_THAT(condition.undecided([](auto name) {
    return name == "b" ? Looked{Looked::State::value, "1"} : Looked{Looked::State::unknown, {}};
  }),
              testing::ElementsAre("a"));
}

TEST(Condition, NamesWhatMadeItHold) {
  auto condition = Condition::parse("not (a = 1 or b = 1) and (c = 1 or d = 1)").value();
  auto lookup = [](std::string_view name) { return Looked{Looked::State::value, name == "d" ? "1" : "0"}; };
  EXPECT_THAT(condition.because(lookup), testing::ElementsAre("a", "b", "d"));
}

TEST(Condition, SaysWhereAndWhyItCannotBeRead) {
  auto fault = [](std::string_view text) { return Condition::parse(text).error(); };
  EXPECT_EQ(fault("").message, "expected the name of a question or field, but found the end");
  EXPECT_EQ(fault("a = ").position, 4u);
  EXPECT_EQ(fault("a == b").message, "expected a value, but found \"=\"");
  EXPECT_EQ(fault("a = b c").message, "expected \"and\", \"or\" or the end, but found \"c\"");
  EXPECT_EQ(fault("a > b").message, "\"b\" is not a number, but < <= > >= compare numbers");
  EXPECT_EQ(fault("a in b").message, "expected \"(\" after \"in\", but found \"b\"");
  EXPECT_EQ(fault("a in (b").message, "expected \",\" or \")\", but found the end");
  EXPECT_EQ(fault("a = 'b'").position, 4u);
  EXPECT_EQ(fault("and = b").position, 0u);
}

TEST(Condition, IsBounded) {
  EXPECT_FALSE(Condition::parse(std::string(20, '(') + "a = 1" + std::string(20, ')')));
  EXPECT_TRUE(Condition::parse(std::string(15, '(') + "a = 1" + std::string(15, ')')));
  std::string nots;
  for (int i = 0; i < 20; ++i) nots += "not ";
  EXPECT_FALSE(Condition::parse(nots + "a = 1"));
  std::string many = "a = 1";
  for (int i = 0; i < 64; ++i) many += " or a = 1";
  EXPECT_FALSE(Condition::parse(many));
  EXPECT_FALSE(Condition::parse("a = " + std::string(1000, 'b')));
}

TEST(Decimal, IsReadExactlyOrRefused) {
  EXPECT_EQ(parse_decimal("12.5"), 12'500'000);
  EXPECT_EQ(parse_decimal("-0.000001"), -1);
  EXPECT_EQ(parse_decimal("007"), 7'000'000);
  for (auto bad :
       {"", "-", ".", "1.", ".5", "1e3", "1,000", " 1", "１", "1.0000001", "1234567890123", "--1", "+1", "nan"})
    EXPECT_FALSE(parse_decimal(bad)) << bad;
}

}  // namespace
}  // namespace yimen::catalogue
