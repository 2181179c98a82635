#include "web/mustache.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace yimen::web {
namespace {

std::string rendered(const char* text, const char* view) { return Mustache("test", text).render(boost::json::parse(view).as_object()); }

TEST(Templates, AVariableIsEscapedUnlessAskedNotTo) {
    EXPECT_EQ(rendered("{{x}} {{{x}}} {{&x}}", R"({"x": "<a href=\"'&"})"), "&lt;a href=&quot;&#39;&amp; <a href=\"'& <a href=\"'&");
}

TEST(Templates, ASectionAloneOnItsLineLeavesNoLine) {
    EXPECT_EQ(rendered("<ul>\n  {{#l}}\n  <li>{{.}}</li>\n  {{/l}}\n</ul>\n", R"({"l": [1, 2]})"),
              "<ul>\n  <li>1</li>\n  <li>2</li>\n</ul>\n");
    EXPECT_EQ(rendered("{{#l}}\na\n{{/l}}", R"({"l": [1]})"), "a\n");
    EXPECT_EQ(rendered("{{! a }}\n{{! b }}\nc", "{}"), "c");
    EXPECT_EQ(rendered(" {{#l}} a {{/l}} \n{{x}}\n", R"({"l": [1], "x": 2})"), "  a  \n2\n");
    EXPECT_EQ(rendered("{{#l}}\r\n{{#m}}\r\nx\r\n{{/m}}\r\n{{/l}}\r\n", R"({"l": [1], "m": true})"), "x\r\n");
}

TEST(Templates, WhatTheViewLacksComesFromWhatIsShared) {
    auto view = boost::json::parse(R"({"x": 1, "l": [{"z": 5}]})").as_object();
    auto shared = boost::json::parse(R"({"x": 2, "y": 3, "o": {"z": 4}})").as_object();
    EXPECT_EQ(Mustache("test", "{{x}}{{y}}{{o.z}}{{#l}}{{z}}{{y}}{{/l}}{{w}}").render(view, &shared), "13453");
}

TEST(Templates, AnUnknownNameIsNothing) { EXPECT_EQ(rendered("[{{x}}{{a.b.c}}]", R"({"a": {"b": 1}})"), "[]"); }

TEST(Templates, ASectionRepeatsForEachOfAList) { EXPECT_EQ(rendered("{{#l}}<{{.}}>{{/l}}", R"({"l": ["a", 2, true]})"), "<a><2><true>"); }

TEST(Templates, AnInnerNameHidesTheOuterOneAndTheOuterStaysInReach) {
    EXPECT_EQ(rendered("{{#o}}{{x}}{{y}}{{/o}}{{x}}", R"({"x": 1, "y": 2, "o": {"x": 3}})"), "321");
}

TEST(Templates, EmptyListsTextsAndFalseAreNot) {
    for (auto nothing : {"[]", "\"\"", "false", "null"})
        EXPECT_EQ(rendered("{{#x}}yes{{/x}}{{^x}}no{{/x}}", fmt::format(R"({{"x": {}}})", nothing).c_str()), "no") << nothing;
    EXPECT_EQ(rendered("{{#x}}yes{{/x}}{{^x}}no{{/x}}", R"({"x": 0})"), "yes");
}

TEST(Templates, SectionsNest) {
    EXPECT_EQ(rendered("{{#a}}{{#b}}{{c}}{{^d}}-{{/d}}{{/b}};{{/a}}", R"({"a": [{"b": [{"c": 1}, {"c": 2, "d": 1}]}, {"b": []}]})"),
              "1-2;;");
}

TEST(Templates, CommentsVanish) { EXPECT_EQ(rendered("a{{! not this }}b", "{}"), "ab"); }

TEST(Templates, ABrokenSectionNamesItsLine) {
    try {
        Mustache("page", "one\n{{#a}}\n{{/b}}");
        FAIL();
    } catch (const std::runtime_error& error) {
        EXPECT_STREQ(error.what(), "page:3: closes what is not open: {{b}}");
    }
    EXPECT_THROW(Mustache("page", "{{#a}}"), std::runtime_error);
    EXPECT_THROW(Mustache("page", "{{a"), std::runtime_error);
}

TEST(Escaping, FindsEachOfTheFiveAtEveryPlaceAndNothingElse) {
    const std::map<char, std::string> entities{{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}};
    for (int byte = 1; byte < 256; ++byte)
        for (size_t length = 1; length < 20; ++length)
            for (size_t at = 0; at < length; ++at) {
                std::string text(length, 'x'), out;
                text[at] = static_cast<char>(byte);
                append_escaped(out, text);
                auto found = entities.find(static_cast<char>(byte));
                auto expected = std::string(at, 'x') + (found == entities.end() ? std::string(1, static_cast<char>(byte)) : found->second) +
                                std::string(length - at - 1, 'x');
                ASSERT_EQ(out, expected);
            }
}

}  // namespace
}  // namespace yimen::web
