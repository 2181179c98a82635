#include "rules/testing.h"

namespace yimen::rules {
namespace {

TEST(Feel, ComputesWith34Digits) {
    const Case cases[] = {
        {"1/3", "0.3333333333333333333333333333333333"},
        {"0.1 + 0.2 = 0.3", "true"},
        {"9007199254740993 - 9007199254740992", "1"},
        {"2 ** 0.5", "1.414213562373095048801688724209698"},
        {"3 ** 4 ** 5", "3486784401"},
        {"-2 ** 2", "4"},
        {"10 ** -5", "0.00001"},
        {"10 ** 6000 * 10 ** 6000", "null"},
        {"1/0", "null"},
        {"1.50", "1.5"},
        {".5 + 1.2e-1", "0.62"},
        {"decimal(2.5, 0)", "2"},
        {"round half up(5.125, 2)", "5.13"},
        {"round half down(-5.125, 2)", "-5.12"},
        {"round up(5.121, 2)", "5.13"},
        {"floor(-1.56, 1)", "-1.6"},
        {"floor(1e40)", "10000000000000000000000000000000000000000"},
        {"modulo(-10.1, 4.5)", "3.4"},
        {"stddev(2, 4, 7, 5)", "2.081665999466132735282297706979931"},
    };
    check(cases);
}

TEST(Feel, DecidesWithThreeValues) {
    const Case cases[] = {
        {"true and null", "null"},
        {"false and null", "false"},
        {"true or null", "true"},
        {"null or null", "null"},
        {"not(null)", "null"},
        {"1 < \"a\"", "null"},
        {"1 = \"a\"", "null"},
        {"1 = null", "false"},
        {"null = null", "true"},
        {"if null then 1 else 2", "2"},
        {"5 between 1 and null", "null"},
    };
    check(cases);
}

TEST(Feel, ReadsNamesThatAreMoreThanWords) {
    const Case cases[] = {
        {"{\"foo bar\": 1}.foo bar", "1"},
        {"{first name: \"A\", b: first name + \"!\"}.b", "A!"},
        {"{建筑面积: 620, 大: 建筑面积 > 500}.大", "true"},
        {"{a-b: 1, a: 5, b: 2, r: a-b}.r", "1"},
        {"{a: 5, b: 2, r: a-b}.r", "3"},
        {"date and time(\"2020-01-01T00:00:00\").year", "2020"},
        {"// a remark\n1 /* another */ + 1", "2"},
    };
    check(cases);
}

TEST(Feel, FiltersByPositionAndByCondition) {
    const Case cases[] = {
        {"[1, 2, 3][2]", "2"},
        {"[1, 2, 3][-1]", "3"},
        {"[1, 2, 3][4]", "null"},
        {"[1, 2, 3][item > 1]", "[2, 3]"},
        {"[{x: 1, y: 2}, {x: 2, y: 3}][x > 1].y", "[3]"},
        {"{n: 2, r: [{x: 1}, {x: 2}][x = n]}.r", "[{x: 2}]"},
        {"\"a\"[1]", "a"},
        {"[][1]", "null"},
        {"[[1, 2], [3]][item[1] = 3]", "[[3]]"},
    };
    check(cases);
}

TEST(Feel, WalksThroughRangesListsAndWhatCameBefore) {
    const Case cases[] = {
        {"for i in 1..3, j in i..3 return i * j", "[1, 2, 3, 4, 6, 9]"},
        {"for i in 3..1 return i", "[3, 2, 1]"},
        {"for i in [1..3) return i", "[1, 2]"},
        {"for x in [1, 2, 3] return if x = 1 then 1 else partial[-1] * x", "[1, 2, 6]"},
        {"for d in @\"2020-02-28\"..@\"2020-03-01\" return d.day", "[28, 29, 1]"},
        {"some x in [1, 2], y in [2, 3] satisfies x = y", "true"},
        {"every x in [] satisfies false", "true"},
        {"for x in null return x", "null"},
    };
    check(cases);
}

TEST(Feel, ClosesOverWhatAFunctionSees) {
    const Case cases[] = {
        {"{f: function(n) if n < 2 then 1 else n * f(n - 1), r: f(20)}.r", "2432902008176640000"},
        {"{add: function(a) function(b) a + b, r: add(2)(3)}.r", "5"},
        {"{k: 10, r: for x in [1, 2] return (function(y) y * k + x)(x)}.r", "[11, 22]"},
        {"(function(x: number) x)(\"a\")", "null"},
        {"(function(x: number) x)([5])", "5"},
        {"{f: function(a, b) a - b, r: f(b: 1, a: 3)}.r", "2"},
        {"sort([3, 1, 2], function(x, y) x > y)", "[3, 2, 1]"},
        {"(function(a) external {java: {class: \"java.lang.Math\", method signature: \"abs(int)\"}})(1)", "null"},
    };
    check(cases);
}

TEST(Feel, KnowsRangesOfAllForms) {
    const Case cases[] = {
        {"5 in [1..5)", "false"},
        {"5 in ]1..5]", "true"},
        {"1 in (> 3, < 2)", "true"},
        {"5 in [1..3, 5]", "fault"},
        {"(<= 3).end", "3"},
        {"[1..10[.end included", "false"},
        {"5 in (null..10]", "null"},
        {"\"b\" in [\"a\"..\"c\"]", "true"},
        {"overlaps before([1..5], [3..8])", "true"},
        {"meets([1..5], [5..8])", "true"},
        {"before(1, (1..5])", "true"},
        {"range(\"[1..3]\") = [1..3]", "true"},
        {"range(\"[3..1]\")", "null"},
    };
    check(cases);
}

TEST(Feel, ChecksTypes) {
    const Case cases[] = {
        {"[1, 2] instance of list<number>", "true"},
        {"{a: 1} instance of context<a: string>", "false"},
        {"null instance of Any", "false"},
        {"[1..2] instance of range<number>", "true"},
        {"(function(x: number) x) instance of function<number>->number", "true"},
        {"@\"P1M\" instance of years and months duration", "true"},
    };
    check(cases);
}

TEST(Feel, RefusesWhatItCannotReadAndSaysWhere) {
    auto broken = Expression::read("1 + foo", {});
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().position, 5);
    EXPECT_NE(broken.error().text(Language::en).find("“foo”"), std::string::npos);
    EXPECT_NE(broken.error().text(Language::zh).find("未定义"), std::string::npos);
    for (auto* text : {"", "1 +", "(1", "[1, 2", "{a: 1, a: 2}", "if true then 1", "\"abc", "@\"nonsense\"", "1 2", "/* open"})
        EXPECT_EQ(result_of(text), "fault") << text;
}

}  // namespace
}  // namespace yimen::rules
