#include "web/router.h"

#include <gmock/gmock.h>

namespace yimen::web {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Router router_of(std::initializer_list<std::pair<Method, const char*>> routes) {
    Router router;
    for (auto& [method, pattern] : routes)
        router.add({.method = method, .pattern = pattern, .handler = [](Request&) { return Response(); }, .act = "browse"});
    return router;
}

std::string pattern_at(const Router& router, Method method, std::string_view path) {
    auto match = router.match(method, path);
    return match.route ? match.route->pattern : "";
}

TEST(Routes, AreFoundByTheirSegments) {
    auto router =
        router_of({{Method::get, "/"}, {Method::get, "/items"}, {Method::get, "/items/{item}"}, {Method::get, "/items/{item}/guide"}});
    EXPECT_EQ(pattern_at(router, Method::get, "/"), "/");
    EXPECT_EQ(pattern_at(router, Method::get, "/items"), "/items");
    EXPECT_EQ(pattern_at(router, Method::get, "/items/a"), "/items/{item}");
    EXPECT_EQ(pattern_at(router, Method::get, "/items/a/guide"), "/items/{item}/guide");
    EXPECT_EQ(pattern_at(router, Method::get, "/items/a/guides"), "");
    EXPECT_EQ(pattern_at(router, Method::get, "/item"), "");
    EXPECT_EQ(pattern_at(router, Method::get, ""), "");
}

TEST(Routes, GiveTheNamesOfTheirOwnPattern) {
    auto router = router_of({{Method::get, "/cases/{number}/documents/{document}"}, {Method::post, "/cases/{case}/documents/{file}"}});
    auto got = router.match(Method::get, "/cases/31/documents/7").params;
    EXPECT_EQ(got.get("number"), "31");
    EXPECT_EQ(got.get("document"), "7");
    auto posted = router.match(Method::post, "/cases/31/documents/7").params;
    EXPECT_EQ(posted.get("case"), "31");
    EXPECT_EQ(posted.get("file"), "7");
    EXPECT_FALSE(posted.has("number"));
}

TEST(Routes, ALiteralSegmentBeatsAName) {
    auto router = router_of({{Method::get, "/cases/{number}"}, {Method::get, "/cases/new"}, {Method::get, "/cases/{number}/form"}});
    EXPECT_EQ(pattern_at(router, Method::get, "/cases/new"), "/cases/new");
    EXPECT_EQ(pattern_at(router, Method::get, "/cases/newer"), "/cases/{number}");
    // The literal leads nowhere from here, so the name is tried.
    EXPECT_EQ(pattern_at(router, Method::get, "/cases/new/form"), "/cases/{number}/form");
    EXPECT_EQ(router.match(Method::get, "/cases/new/form").params.get("number"), "new");
}

TEST(Routes, ANameAnswersAMethodThatTheLiteralDoesNotHave) {
    auto router = router_of({{Method::get, "/cases/new"}, {Method::post, "/cases/{number}"}});
    EXPECT_EQ(pattern_at(router, Method::post, "/cases/new"), "/cases/{number}");
}

TEST(Routes, ForAnotherMethodSayWhichAreAllowed) {
    auto router = router_of({{Method::get, "/cases/{number}"}, {Method::del, "/cases/{number}"}, {Method::post, "/cases/new"}});
    auto wrong = router.match(Method::put, "/cases/31");
    EXPECT_EQ(wrong.route, nullptr);
    EXPECT_THAT(wrong.allowed, ElementsAre(Method::get, Method::del));
    EXPECT_THAT(router.match(Method::put, "/cases/new").allowed, ElementsAre(Method::get, Method::post, Method::del));
    EXPECT_THAT(router.match(Method::get, "/nothing").allowed, IsEmpty());
}

TEST(Routes, AnswerHeadAsGet) {
    auto router = router_of({{Method::get, "/items"}});
    EXPECT_EQ(pattern_at(router, Method::head, "/items"), "/items");
}

TEST(Routes, TwoForTheSameRequestsAreRefused) {
    EXPECT_THROW(router_of({{Method::get, "/items"}, {Method::get, "/items"}}), std::logic_error);
    EXPECT_THROW(router_of({{Method::get, "/items/{item}"}, {Method::get, "/items/{name}"}}), std::logic_error);
    EXPECT_NO_THROW(router_of({{Method::get, "/items/{item}"}, {Method::post, "/items/{name}"}}));
}

TEST(Routes, AnEncodedSlashBelongsToAName) {
    auto router = router_of({{Method::get, "/items/{item}"}, {Method::get, "/items/{item}/guide"}});
    EXPECT_EQ(pattern_at(router, Method::get, "/items/a%2Fguide"), "/items/{item}");
    EXPECT_EQ(router.match(Method::get, "/items/a%2Fguide").params.get("item"), "a/guide");
    EXPECT_EQ(router.match(Method::get, "/items/%E6%8E%92%E6%B0%B4").params.get("item"), "排水");
    EXPECT_EQ(router.match(Method::get, "/items/a+b").params.get("item"), "a+b");
}

TEST(Routes, AnEncodedLetterOfALiteralIsTheLetter) {
    EXPECT_EQ(pattern_at(router_of({{Method::get, "/items"}}), Method::get, "/%69tems"), "/items");
}

TEST(Routes, AMalformedEscapeFindsNothing) {
    auto router = router_of({{Method::get, "/items/{item}"}});
    for (auto* path : {"/items/%", "/items/%4", "/items/%zz", "/items/%00", "/items/%ff"})
        EXPECT_EQ(pattern_at(router, Method::get, path), "") << path;
}

TEST(Routes, ATrailingOrDoubledSlashIsAnotherPath) {
    auto router = router_of({{Method::get, "/items"}, {Method::get, "/items/{item}"}});
    for (auto* path : {"/items/", "/items/a/", "//items", "/items//a"}) EXPECT_EQ(pattern_at(router, Method::get, path), "") << path;
}

}  // namespace
}  // namespace yimen::web
