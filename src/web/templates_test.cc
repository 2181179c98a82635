#include "web/templates.h"

#include <gtest/gtest.h>

namespace yimen::web {
namespace {

TEST(Texts, AreKnownByFeatureAndKeyInBothLanguages) {
    EXPECT_TRUE(has_words("catalogue.search_title"));
    EXPECT_EQ(words(Language::zh, "catalogue.search_title"), "搜索");
    EXPECT_EQ(words(Language::en, "catalogue.search_title"), "Search");
}

TEST(Texts, TakeValuesByName) {
    EXPECT_EQ(words(Language::en, "catalogue.search_title_of", {{"query", "drain"}}), "Search for “drain”");
    EXPECT_EQ(words(Language::en, "catalogue.search_title_of", {{"other", 1}}), "Search for “{query}”");
}

TEST(Texts, AnUnknownKeyShowsItself) {
    EXPECT_FALSE(has_words("catalogue.no_such_text"));
    EXPECT_EQ(words(Language::zh, "catalogue.no_such_text"), "catalogue.no_such_text");
}

}  // namespace
}  // namespace yimen::web
