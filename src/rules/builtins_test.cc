#include "rules/testing.h"

namespace yimen::rules {
namespace {

TEST(BuiltIn, TextIsCountedInCharacters) {
    const Case cases[] = {
        {"string length(\"🐎ab\")", "3"},
        {"substring(\"排水许可证\", 3, 2)", "许可"},
        {"substring(\"foobar\", -2)", "ar"},
        {"\"\\uD83D\\uDC0E\" = \"\\U01F40E\"", "true"},
        {"upper case(\"aé\")", "AÉ"},
        {"substring before(\"foobar\", \"bar\")", "foo"},
        {"string join([\"a\", null, \"c\"], \", \")", "a, c"},
        {"string join([1], \"\")", "null"},
    };
    check(cases);
}

TEST(BuiltIn, PatternsAreThoseOfXPath) {
    const Case cases[] = {
        {"matches(\"foo\", \"^fo*$\")", "true"},
        {"matches(\"a\\nb\", \"a.b\")", "false"},
        {"matches(\"a\\nb\", \"a.b\", \"s\")", "true"},
        {"matches(\"hello\", \"HEL LO\", \"ix\")", "true"},
        {"matches(\"x\", \"x\", \"k\")", "null"},
        {"matches(\"abcd\", \"(?=a)\")", "null"},
        {"matches(\"b\", \"[a-z-[aeiou]]\")", "true"},
        {"matches(\"e\", \"[a-z-[aeiou]]\")", "false"},
        {"matches(\"aa\", \"(a)\\1\")", "true"},
        {"matches(\"aa\", \"(a\\1)\")", "null"},
        {"replace(\"abracadabra\", \"bra\", \"*\")", "a*cada*"},
        {"replace(\"abc\", \"(a)(b)\", \"$2$1\")", "bac"},
        {"replace(\"abc\", \"x*\", \"-\")", "null"},
        {"replace(\"abc\", \"b\", \"$x\")", "null"},
        {"split(\"a;b;;\", \";\")", "[\"a\", \"b\", \"\", \"\"]"},
    };
    check(cases);
}

TEST(BuiltIn, ListsAreLookedAtAndChanged) {
    const Case cases[] = {
        {"append([1], 2, [3])", "[1, 2, [3]]"},
        {"concatenate([1], [2], 3)", "[1, 2, 3]"},
        {"union([1, 2], [2, 3])", "[1, 2, 3]"},
        {"concatenate([[1], [2]])", "[[1], [2]]"},
        {"insert before([1, 3], 2, 2)", "[1, 2, 3]"},
        {"remove([1, 2], -1)", "[1]"},
        {"sublist([1, 2, 3], 2, 5)", "null"},
        {"index of([1, null, 1], 1)", "[1, 3]"},
        {"flatten([[1, [2]], 3])", "[1, 2, 3]"},
        {"list replace([1, 2, 3], function(i, n) i > 1, 9)", "[1, 9, 9]"},
        {"distinct values([1, 1, null, null])", "[1, null]"},
        {"max(1, 3, 2)", "3"},
        {"min([])", "null"},
        {"max([1, \"a\"])", "null"},
        {"mode([6, 3, 9, 6, 3])", "[3, 6]"},
        {"median([8, 2, 5, 3])", "4"},
        {"all([])", "true"},
        {"any([null, true])", "true"},
        {"all([null, true])", "null"},
        {"sum([])", "null"},
        {"count(null)", "null"},
    };
    check(cases);
}

TEST(BuiltIn, ContextsAreReadAndChanged) {
    const Case cases[] = {
        {"context put({a: {b: 1}}, [\"a\", \"b\"], 2)", "{a: {b: 2}}"},
        {"context merge([{a: 1}, {a: 2, b: 3}])", "{a: 2, b: 3}"},
        {"get entries({a: 1})", "[{key: \"a\", value: 1}]"},
        {"context([{key: \"a\", value: 1}, {key: \"a\", value: 2}])", "null"},
        {"get value({a: 1}, \"b\")", "null"},
        {"get value({a: {b: 7}}, [\"a\", \"b\"])", "null"},
        {"get value({a: 7}, [\"a\"])", "7"},
    };
    check(cases);
}

TEST(BuiltIn, ArgumentsAreConvertedOrRefused) {
    const Case cases[] = {
        {"string length([\"abc\"])", "3"},
        {"count(1)", "1"},
        {"string length(1)", "null"},
        {"abs(n: -1)", "1"},
        {"abs(m: -1)", "null"},
        {"floor(1.5, null)", "null"},
        {"abs(1, 2)", "null"},
        {"now(1)", "null"},
        {"is(value1: null)", "true"},
        {"number(\"1 000,5\", \" \", \",\")", "1000.5"},
        {"number(\"1,5\", \",\", \",\")", "null"},
        {"string(null)", "null"},
        {"string([1, \"a\", {b: null}])", "[1, \"a\", {b: null}]"},
    };
    check(cases);
}

TEST(BuiltIn, NullIsNoListToBeJoined) {
    const Case cases[] = {
        {"concatenate([1], null)", "null"},      {"concatenate(null)", "null"}, {"union(null, [1])", "null"},
        {"union([null], [1])", "[null, 1]"},     {"append(null, 1)", "null"},   {"append([1], null)", "[1, null]"},
        {"concatenate([null], 1)", "[null, 1]"},
    };
    check(cases);
}

TEST(BuiltIn, WhatIsNoFunctionOfTwoSortsNothing) {
    const Case cases[] = {
        {"sort([3, 1])", "null"},      {"sort([3, 1], null)", "null"},           {"sort([3, 1], function(x) x)", "null"},
        {"sort([3, 1], abs)", "null"}, {"sort(3, function(x, y) x < y)", "[3]"}, {"sort([\"a\", 1], function(x, y) x < y)", "[\"a\", 1]"},
    };
    check(cases);
}

TEST(BuiltIn, AListOfOneStandsForItsItemInEveryFunction) {
    const Case cases[] = {
        {"not([true])", "false"},
        {"not([true, true])", "null"},
        {"abs([-1])", "1"},
        {"date([2017], 8, [30])", "2017-08-30"},
        {"contains([\"ab\"], [\"b\"])", "true"},
        {"get value([{a: 1}], \"a\")", "1"},
        {"day of week([@\"2026-11-24\"])", "Tuesday"},
        {"modulo([7], [4])", "3"},
        {"before([1], 2)", "null"},
        {"string length([[\"a\"]])", "null"},
    };
    check(cases);
}

TEST(BuiltIn, RangesAreReadOnlyFromLiterals) {
    const Case cases[] = {
        {"range(\"[1..3]\")", "[1..3]"},
        {"range(\"]1..3[\")", "(1..3)"},
        {"range(\"[2..1]\")", "null"},
        {"range(\"[1+1..5]\")", "null"},
        {"range(\"[1..\\\"a\\\"]\")", "null"},
        {"range(\"[..2]\")", "null"},
        {"range(\"\")", "null"},
        {"for i in [1.5..3] return i", "null"},
        {"for i in (>3) return i", "null"},
        {"for i in (1..4) return i", "[2, 3]"},
        {"[\"a\"..\"c\"].end", "c"},
    };
    check(cases);
}

TEST(BuiltIn, TheClockIsTheCallers) {
    const Case cases[] = {{"now()", "2026-11-24T09:30:00+08:00"}, {"today()", "2026-11-24"}, {"today().weekday", "2"}};
    check(cases);
}

}  // namespace
}  // namespace yimen::rules
