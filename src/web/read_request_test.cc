#include "web/read_request.h"

#include <gmock/gmock.h>

#include <boost/beast/http/verb.hpp>

namespace yimen::web {

namespace {

namespace http = boost::beast::http;

class Head : public testing::Test {
  protected:
    Head() {
        head.method(http::verb::get);
        head.target("/");
        head.set("Host", "yimen.example");
    }
    bool read() { return read_head(head, request); }
    http::request_header<> head;
    Request request;
};

TEST_F(Head, KeepsAtMostFiftyCookies) {
    std::string many;
    for (int i = 0; i < 60; ++i) many += fmt::format("c{}=v; ", i);
    head.insert("Cookie", many);
    head.insert("Cookie", "late=x");
    ASSERT_TRUE(read());
    EXPECT_EQ(std::distance(request.cookies.begin(), request.cookies.end()), 50);
    EXPECT_TRUE(request.cookies.has("c49"));
    EXPECT_FALSE(request.cookies.has("c50") || request.cookies.has("late"));
}

TEST_F(Head, PassesOverCookiesWithoutAName) {
    head.insert("Cookie", "=a; b; c==d; ; session=x=y");
    ASSERT_TRUE(read());
    EXPECT_EQ(request.cookies.get("c"), "=d");
    EXPECT_EQ(request.cookies.get("session"), "x=y");
    EXPECT_EQ(std::distance(request.cookies.begin(), request.cookies.end()), 2);
}

TEST_F(Head, PrefersJsonOnlyWhereAsked) {
    ASSERT_TRUE(read());
    EXPECT_FALSE(request.wants_json());
    request.headers.emplace_back("accept", "application/json");
    EXPECT_TRUE(request.wants_json());
    request.headers.back().second = "text/html, application/json";
    EXPECT_FALSE(request.wants_json());
    request.path = "/api/items";
    EXPECT_TRUE(request.wants_json());
}

class ForwardedFor : public testing::Test {
  protected:
    std::string client(std::vector<std::string> lines, std::vector<std::string> trusted = {"10.0.0.1", "10.0.0.2"},
                       std::string peer = "10.0.0.1") {
        Request request;
        for (auto& line : lines) request.headers.emplace_back("x-forwarded-for", line);
        read_client(peer, false, trusted, request);
        return request.client;
    }
};

TEST_F(ForwardedFor, IsBelievedOnlyFromATrustedProxy) {
    EXPECT_EQ(client({"203.0.113.9"}, {}), "10.0.0.1");
    EXPECT_EQ(client({"203.0.113.9"}, {"10.0.0.9"}), "10.0.0.1");
    EXPECT_EQ(client({"203.0.113.9"}), "203.0.113.9");
    EXPECT_EQ(client({"2001:db8::7"}), "2001:db8::7");
}

TEST_F(ForwardedFor, CountsFromTheNearest) {
    EXPECT_EQ(client({"1.1.1.1, 203.0.113.9"}), "203.0.113.9") << "what stands before is the client's own invention";
    EXPECT_EQ(client({"1.1.1.1, 203.0.113.9, 10.0.0.2"}), "203.0.113.9");
    EXPECT_EQ(client({"10.0.0.2"}), "10.0.0.2");
}

// Some proxies add a line of their own below the client's: only the first line was read, and anybody could be anybody.
TEST_F(ForwardedFor, OfSeveralLinesIsOneList) {
    EXPECT_EQ(client({"1.1.1.1", "203.0.113.9"}), "203.0.113.9");
    EXPECT_EQ(client({"1.1.1.1", "203.0.113.9, 10.0.0.2"}), "203.0.113.9");
}

TEST_F(ForwardedFor, ThatIsNoAddressIsNotTaken) {
    EXPECT_EQ(client({"evil.example"}), "10.0.0.1");
    EXPECT_EQ(client({"203.0.113.9, <script>"}), "10.0.0.1");
    EXPECT_EQ(client({std::string(60, '1')}), "10.0.0.1");
    EXPECT_EQ(client({", ,"}), "10.0.0.1");
}

TEST_F(ForwardedFor, GoesWithTheProtocolThatTheProxySaw) {
    auto secure = [](std::vector<std::string> protos, std::string peer) {
        Request request;
        for (auto& proto : protos) request.headers.emplace_back("x-forwarded-proto", proto);
        read_client(peer, false, {"10.0.0.1"}, request);
        return request.secure;
    };
    EXPECT_TRUE(secure({"https"}, "10.0.0.1"));
    EXPECT_FALSE(secure({"https"}, "192.0.2.1"));
    EXPECT_FALSE(secure({"https", "http"}, "10.0.0.1"));
    EXPECT_FALSE(secure({}, "10.0.0.1"));
}

TEST(Pairs, KeepTheirOrderAndMayStandTwice) {
    Fields fields;
    ASSERT_TRUE(read_pairs("a=1&b=%E6%B0%B4&a=2&c&=d&&e=x=y", fields));
    EXPECT_THAT(fields.all("a"), testing::ElementsAre("1", "2"));
    EXPECT_EQ(fields.get("b"), "水");
    EXPECT_TRUE(fields.has("c") && fields.has(""));
    EXPECT_EQ(fields.get("e"), "x=y");
}

}  // namespace

}  // namespace yimen::web
