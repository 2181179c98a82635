#include "base/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace yimen {
namespace {

using testing::ElementsAre;
using namespace std::string_view_literals;

TEST(Utf8, IsTakenOnlyWellFormed) {
    for (auto good : {""sv, "abc"sv, "排水许可证"sv, "\U00020000"sv, "é"sv}) EXPECT_TRUE(valid_utf8(good)) << good;
    for (auto bad :
         {"\0"sv, "a\0b"sv, "\x80"sv, "\xC0\xAF"sv, "\xE0\x80\x80"sv, "\xED\xA0\x80"sv, "\xF4\x90\x80\x80"sv, "\xE6\x8E"sv, "\xFF"sv})
        EXPECT_FALSE(valid_utf8(bad));
}

TEST(Characters, AreCodePoints) {
    EXPECT_EQ(characters("排水A"), 3u);
    EXPECT_EQ(first_characters("排水许可证", 2), "排水");
    EXPECT_EQ(first_characters("排水", 0), "");
    EXPECT_EQ(first_characters("排水", 9), "排水");
}

TEST(Trim, TakesWhiteSpaceOfBothScripts) {
    EXPECT_EQ(trim(" \t排 水\u3000\n"), "排 水");
    EXPECT_EQ(trim("\u3000\u3000"), "");
    EXPECT_EQ(trim(""), "");
    EXPECT_EQ(trim("\xFF "), "\xFF") << "what is not UTF-8 is not white space";
}

TEST(Split, KeepsEmptyParts) {
    EXPECT_THAT(split("a,,b,", ','), ElementsAre("a", "", "b", ""));
    EXPECT_THAT(split("", ','), ElementsAre(""));
}

TEST(LowerAscii, LeavesOtherLettersAlone) { EXPECT_EQ(lower_ascii("AbCÉ排"), "abcÉ排"); }

TEST(Fold, MakesSpellingsOfOneWordEqual) {
    EXPECT_EQ(fold("ＰＳＸＫ　１"), fold("psxk 1"));
    EXPECT_EQ(fold("ﾃﾞ"), fold("デ"));
    EXPECT_EQ(fold("É"), fold("e\u0301"));
    EXPECT_EQ(fold("㎡"), "m2");
    EXPECT_EQ(fold(fold("ẞ℡Ⅳ")), fold("ẞ℡Ⅳ"));
}

TEST(Pinyin, HasOneEntryPerCharacter) {
    EXPECT_THAT(pinyin("排水"), ElementsAre("pai", "shui"));
    EXPECT_THAT(pinyin("A类 1"), ElementsAre("A", "lei", " ", "1"));
    EXPECT_THAT(pinyin("绿女"), ElementsAre("lv", "nv"));
    EXPECT_THAT(pinyin("\U00020000").size(), 1u);
}

TEST(PinyinInitials, AreWhatPeopleType) {
    EXPECT_EQ(pinyin_initials("排水许可证"), "psxkz");
    EXPECT_EQ(pinyin_initials("排水许可证（新办）"), "psxkzxb");
    EXPECT_EQ(pinyin_initials("网约车驾驶人员预审"), "wycjsryys");
    EXPECT_EQ(pinyin_initials("Ａ类-2 企业"), "al2qy");
    EXPECT_EQ(pinyin_initials("安二峨"), "aee") << "syllables that begin with a vowel";
}

TEST(Pinyin, GivesEveryThreadTheSameReadings) {
    std::string all;
    for (int i = 0; i < 400; ++i) all += fmt::format("{}", "奉贤区行政服务中心一网通办事项办件受理补正审查决定"sv.substr(3 * (i % 25), 3));
    const std::string expected = pinyin_initials(all);
    std::vector<std::string> found(4);
    std::vector<std::thread> threads;
    for (auto& mine : found) threads.emplace_back([&] { mine = pinyin_initials(all); });
    for (auto& thread : threads) thread.join();
    EXPECT_THAT(found, testing::Each(expected));
}

}  // namespace
}  // namespace yimen
