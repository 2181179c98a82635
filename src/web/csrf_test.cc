#include "web/csrf.h"

#include <gtest/gtest.h>

namespace yimen::web {

namespace {

Request from(std::string origin, std::string site = "", bool secure = false) {
    Request request;
    request.secure = secure;
    request.headers = {{"host", "yimen.example"}};
    if (!origin.empty()) request.headers.emplace_back("origin", origin);
    if (!site.empty()) request.headers.emplace_back("sec-fetch-site", site);
    return request;
}

TEST(Csrf, ATokenHoldsForItsSecretAlone) {
    auto token = csrf_token("key", "secret");
    EXPECT_TRUE(csrf_valid("key", "secret", token));
    EXPECT_FALSE(csrf_valid("key", "other", token));
    EXPECT_FALSE(csrf_valid("other", "secret", token));
    EXPECT_FALSE(csrf_valid("key", "secret", token.substr(1)));
    EXPECT_FALSE(csrf_valid("key", "secret", token + "A"));
    EXPECT_FALSE(csrf_valid("key", "secret", ""));
}

TEST(Csrf, NoTwoTokensLookAlike) { EXPECT_NE(csrf_token("key", "secret"), csrf_token("key", "secret")); }

TEST(Csrf, WhatTheBrowserSaysDecidesFirst) {
    EXPECT_FALSE(from_another_site(from("", "same-origin")));
    EXPECT_FALSE(from_another_site(from("", "none")));
    EXPECT_TRUE(from_another_site(from("", "cross-site")));
    EXPECT_TRUE(from_another_site(from("", "same-site"))) << "a neighbour under the same domain is not us";
    EXPECT_FALSE(from_another_site(from("")));
}

TEST(Csrf, AnOriginMustBeOurs) {
    EXPECT_FALSE(from_another_site(from("http://yimen.example")));
    EXPECT_FALSE(from_another_site(from("https://yimen.example", "", true)));
    for (auto origin : {"null", "https://evil.example", "http://yimen.example.evil", "http://yimen.example:8443", "//yimen.example",
                        "ftp://yimen.example"})
        EXPECT_TRUE(from_another_site(from(origin))) << origin;
}

// Whoever sits on the line can answer for http:// of any name.
TEST(Csrf, UnderTlsAPlainOriginIsAnotherSite) { EXPECT_TRUE(from_another_site(from("http://yimen.example", "", true))); }

TEST(Csrf, AnOriginThatEndsInItsSchemeIsAnotherSite) {
    for (auto origin : {"https:", "http:", "https:/", "https://", "/", "//"}) EXPECT_TRUE(from_another_site(from(origin))) << origin;
}

TEST(Csrf, UnderTlsOnlyTheNameThatOtherSitesCannotSetCounts) {
    Request request;
    request.cookies.add("session", "planted");
    EXPECT_EQ(cookie(request, "session"), "planted");
    request.secure = true;
    EXPECT_EQ(cookie(request, "session"), "");
    request.cookies.add("__Host-session", "ours");
    EXPECT_EQ(cookie(request, "session"), "ours");
}

}  // namespace

}  // namespace yimen::web
