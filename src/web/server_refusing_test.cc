#include "web/testing.h"

// What a request may not be: too large, or such that two readers could understand it differently.
namespace yimen::web {

namespace {

class Refusing : public testing::Test {
  protected:
    Refusing() {
        live.get("/", [](Request&) { return text(200, "root"); });
        live.get("/echo", [](Request& request) { return text(200, fmt::format("{}|{}", request.path, request.query.get("q"))); });
        live.post("/form", [](Request& request) { return text(200, fmt::format("form {}", request.form.get("a"))); });
        live.post("/json", [](Request& request) { return text(200, request.body); });
        live.start();
    }
    // Whatever is answered, there is only one answer: the rest is never taken for a request of its own.
    int only_answer(std::string_view bytes) {
        Caller client(live.port());
        client.send(bytes);
        auto answer = client.answer();
        EXPECT_TRUE(client.closes_within(std::chrono::seconds(4))) << bytes;
        EXPECT_EQ(client.rest(), "") << bytes;
        return answer.status;
    }
    int status(std::string_view bytes) { return Caller(live.port()).ask(bytes).status; }
    Live live;
};

const std::string inner = "GET /echo?q=smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";

TEST_F(Refusing, TwoWordsAboutTheEndOfTheBody) {
    const std::string head = "POST /form HTTP/1.1\r\nHost: localhost\r\n";
    const std::string chunks = "0\r\n\r\n" + inner;
    EXPECT_EQ(only_answer(head + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks), 400);
    EXPECT_EQ(only_answer(head + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n" + chunks), 400);
    EXPECT_EQ(only_answer(head + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n" + chunks), 400);
    EXPECT_EQ(only_answer(head + "Content-Length: 5\r\nContent-Length: 5\r\n\r\n" + chunks), 400);
    EXPECT_EQ(only_answer(head + "Content-Length: 5, 5\r\n\r\n" + chunks), 400);
    EXPECT_EQ(only_answer(head + "Content-Length: +5\r\n\r\n" + chunks), 400);
    EXPECT_EQ(only_answer(head + "Content-Length: 99999999999999999999999\r\n\r\n" + chunks), 400);
}

// Beast takes a request with another encoding for one without a body, whose bytes would then be the next request.
TEST_F(Refusing, EncodingsOtherThanChunks) {
    const std::string head = "POST /form HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: ";
    for (std::string encoding : {"gzip", "gzip, chunked", "chunked, gzip", "identity", "xchunked", "chunked, chunked", "\"chunked\""})
        EXPECT_EQ(only_answer(head + encoding + "\r\n\r\n" + inner), 400) << encoding;
    EXPECT_EQ(only_answer(head + "chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" + inner), 400);
}

TEST_F(Refusing, LinesThatEndOrBeginStrangely) {
    EXPECT_EQ(only_answer("GET / HTTP/1.1\nHost: localhost\n\n" + inner), 400);
    EXPECT_EQ(only_answer("GET / HTTP/1.1\r\nHost: localhost\nX: y\r\n\r\n" + inner), 400);
    EXPECT_EQ(only_answer("GET / HTTP/1.1\r\nHost : localhost\r\n\r\n" + inner), 400);
    EXPECT_EQ(only_answer("GET / HTTP/1.1\r\nHost: localhost\r\nX\r\n\r\n" + inner), 400);
    EXPECT_EQ(only_answer("GET /  HTTP/1.1\r\nHost: localhost\r\n\r\n" + inner), 400);
    EXPECT_EQ(only_answer("GET / HTTP/2.7\r\nHost: localhost\r\n\r\n" + inner), 400);
    EXPECT_EQ(only_answer("GET / HTTP/1.1\r\nHost: localhost\r\nX: a" + std::string(1, '\0') + "b\r\n\r\n" + inner), 400);
}

// A folded header is one value (RFC 9112, 5.2): its second line is neither a header nor a word about the body.
TEST_F(Refusing, AFoldedLineIsNoHeaderOfItsOwn) {
    auto folded =
        "POST /form HTTP/1.1\r\nHost: localhost\r\nX: y\r\n Transfer-Encoding: chunked\r\nContent-Length: 3\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\na=b";
    Caller client(live.port());
    client.send(folded + inner);
    EXPECT_EQ(client.answer().body, "form b");
    EXPECT_EQ(client.answer().body, "/echo|smuggled") << "and what follows is the client's own next request";
}

TEST_F(Refusing, NoHostOrTwo) {
    EXPECT_EQ(only_answer("GET / HTTP/1.1\r\n\r\n"), 400);
    EXPECT_EQ(only_answer("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), 400);
}

TEST_F(Refusing, EndlessExtensionsOfChunks) {
    const std::string head =
        "POST /form HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n";
    EXPECT_EQ(status(head + "3;a=b\r\na=b\r\n0\r\n\r\n"), 200);
    Caller client(live.port());
    client.send(head + "3;");
    const std::string more(64 << 10, 'x');
    for (int i = 0; i < 16; ++i) client.send(more);
    EXPECT_EQ(client.answer().status, 400);
    EXPECT_TRUE(client.closes_within(std::chrono::seconds(4)));
}

TEST_F(Refusing, WhatIsNoText) {
    for (auto target :
         {"/%00", "/a%00b", "/%c0%af", "/%ed%a0%80", "/%f4%90%80%80", "/%zz", "/%4", "/echo?q=%00", "/echo?q=%c1%81", "/echo?%ff=1"})
        EXPECT_EQ(status(get_request(target)), 400) << target;
    EXPECT_EQ(Caller(live.port()).ask(get_request("/echo?q=%E6%8E%92+%E6%B0%B4")).body, "/echo|排 水");
    EXPECT_EQ(status(get_request("http://other.example/")), 400);
    EXPECT_EQ(status(get_request("/", "X-Name: \xff\xfe\r\n")), 400);
    EXPECT_EQ(status(post_request("/form", form_type, "a=%00")), 400);
    EXPECT_EQ(status(post_request("/form", form_type, "a=%c0%80")), 400);
    EXPECT_EQ(status(post_request("/json", "application/json", "{\"a\":\"\xff\"}")), 400);
}

// PostgreSQL keeps no NUL: found as a 500 of the sign-in by JSON.
TEST_F(Refusing, NulInJsonHoweverItIsWritten) {
    EXPECT_EQ(status(post_request("/json", "application/json", "{\"a\":\"x\\u0000\"}")), 400);
    EXPECT_EQ(status(post_request("/json", "application/json", "{\"a\":\"\\\\\\u0000\"}")), 400);
    EXPECT_EQ(status(post_request("/json", "application/json", "{\"a\":\"\\\\u0000\"}")), 200)
        << "an escaped backslash and five characters";
}

TEST_F(Refusing, HeadsThatAreTooLong) {
    EXPECT_EQ(only_answer(get_request("/", "X: " + std::string(20 << 10, 'x') + "\r\n")), 431);
    EXPECT_EQ(only_answer(get_request("/" + std::string(20 << 10, 'x'))), 431);
    EXPECT_EQ(status(get_request("/", "X: " + std::string(12 << 10, 'x') + "\r\n")), 200);
}

TEST_F(Refusing, BodiesThatAreTooLong) {
    EXPECT_EQ(status(post_request("/form", form_type, "a=" + std::string((64 << 10) - 2, 'x'))), 200);
    EXPECT_EQ(status(post_request("/form", form_type, "a=" + std::string(64 << 10, 'x'))), 413);
    const std::string head =
        "POST /form HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n";
    EXPECT_EQ(status(head + "10000\r\na=" + std::string((64 << 10) - 2, 'x') + "\r\n10\r\n0123456789abcdef\r\n0\r\n\r\n"), 413);
    EXPECT_EQ(status("POST /form HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000000\r\nExpect: 100-continue\r\n\r\n"), 413)
        << "before any of it is sent";
}

// A browser that is still sending must get to read why, not "connection reset".
TEST_F(Refusing, ABodyThatIsTooLongAndAlreadyOnItsWayDoesNotHideTheAnswer) {
    for (int i = 0; i < 5; ++i) {
        Caller client(live.port());
        client.send(post_request("/form", form_type, "a=" + std::string(3 << 20, 'x')));
        EXPECT_EQ(client.answer().status, 413);
    }
}

TEST_F(Refusing, MoreThanTwoThousandPairs) {
    std::string pairs;
    for (int i = 0; i < 2000; ++i) pairs += "a&";
    EXPECT_EQ(status(post_request("/form", form_type, pairs)), 200);
    EXPECT_EQ(status(post_request("/form", form_type, pairs + "b")), 400);
}

}  // namespace

}  // namespace yimen::web
