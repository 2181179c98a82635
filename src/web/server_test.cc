#include "web/testing.h"

#include <zlib.h>

namespace yimen::web {

namespace {

Response hello(Request&) { return text(200, "hello"); }

TEST(Server, AnswersSeveralRequestsOfOneConnectionInTheirOrder) {
    Live live;
    live.get("/{name}", [](Request& request) { return text(200, std::string(request.param("name"))); });
    live.start();
    Caller client(live.port());
    client.send(get_request("/first") + get_request("/second") + get_request("/third"));
    for (auto name : {"first", "second", "third"}) EXPECT_EQ(client.answer().body, name);
    EXPECT_EQ(client.ask(get_request("/fourth")).body, "fourth");
}

TEST(Server, AnswersHeadWithTheLengthAndWithoutTheBody) {
    Live live;
    live.get("/", hello);
    live.start();
    Caller client(live.port());
    client.send("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n" + get_request("/"));
    auto head = client.answer(true);
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.header("content-length"), "5");
    EXPECT_EQ(client.answer().body, "hello");
}

TEST(Server, ClosesWhenAskedTo) {
    Live live;
    live.get("/", hello);
    live.start();
    Caller asks(live.port()), old(live.port());
    EXPECT_EQ(asks.ask(get_request("/", "Connection: close\r\n")).header("connection"), "close");
    EXPECT_TRUE(asks.closes_within(std::chrono::seconds(2)));
    EXPECT_EQ(old.ask("GET / HTTP/1.0\r\nHost: localhost\r\n\r\n").status, 200);
    EXPECT_TRUE(old.closes_within(std::chrono::seconds(2)));
}

TEST(Server, EveryKindOfAnswerHasTheSecurityHeaders) {
    Live live;
    live.get("/", hello);
    live.get("/file", [](Request&) {
        return file("application/pdf", "a.pdf", Stream{3, [](uint64_t, uint64_t n) { return std::string(n, 'x'); }}, false);
    });
    live.get("/fails", [](Request&) -> Response { throw std::runtime_error("secret"); });
    live.get("/away", [](Request&) { return see_other("/"); });
    live.start();
    const std::string asked[] = {get_request("/"),
                                 get_request("/file"),
                                 get_request("/file", "Range: bytes=9-\r\n"),
                                 get_request("/fails"),
                                 get_request("/away"),
                                 get_request("/nowhere"),
                                 "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n",
                                 "OPTIONS / HTTP/1.1\r\nHost: localhost\r\n\r\n",
                                 "nonsense\r\n\r\n",
                                 get_request("/%zz")};
    std::set<int> statuses;
    for (auto& request : asked) {
        Caller client(live.port());
        auto answer = client.ask(request);
        statuses.insert(answer.status);
        EXPECT_NE(answer.header("content-security-policy").find("default-src 'none'"), std::string_view::npos) << request;
        EXPECT_EQ(answer.header("x-content-type-options"), "nosniff") << request;
        EXPECT_EQ(answer.header("referrer-policy"), "same-origin") << request;
        EXPECT_NE(answer.header("content-security-policy").find("frame-ancestors"), std::string_view::npos) << request;
        EXPECT_FALSE(answer.header("x-request-id").empty() || answer.header("cache-control").empty()) << request;
        EXPECT_TRUE(answer.header("strict-transport-security").empty()) << "only under TLS";
        EXPECT_TRUE(answer.header("server").empty());
    }
    EXPECT_EQ(statuses, (std::set<int>{200, 303, 400, 404, 405, 416, 500}));
}

TEST(Server, AnswersAnExceptionWithTheErrorPageAndSaysNothingOfIt) {
    Live live;
    live.get("/fails", [](Request&) -> Response { throw std::runtime_error("SELECT password FROM account"); });
    live.get("/strange", [](Request&) -> Response { throw 7; });
    live.options.status_for = [](std::exception_ptr) { return 500; };
    live.start();
    Caller client(live.port());
    for (auto path : {"/fails", "/strange"}) {
        auto answer = client.ask(get_request(path));
        EXPECT_EQ(answer.status, 500);
        EXPECT_EQ(answer.body, fmt::format("error page 500 for {}", path));
        EXPECT_EQ(answer.head.find("SELECT"), std::string::npos);
    }
    EXPECT_EQ(client.ask(get_request("/fails")).status, 500) << "the connection goes on";
}

TEST(Server, SaysWhichMethodsAPathHas) {
    Live live;
    live.get("/both", hello);
    live.post("/both", hello);
    live.start();
    Caller client(live.port());
    auto answer = client.ask("DELETE /both HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(answer.status, 405);
    EXPECT_EQ(answer.header("allow"), "GET, HEAD, POST");
}

TEST(Server, AHeaderOfAHandlerCannotSplitTheAnswer) {
    Live live;
    live.get("/", [](Request& request) {
        return text(200, "x").header("X-Name", "a\r\nSet-Cookie: b=c\r\n\r\n<script>" + std::string(request.query.get("q")));
    });
    live.get("/file", [](Request& request) { return file("text/plain", std::string(request.query.get("q")), "x", true); });
    live.get("/go", [](Request& request) { return see_other("/" + std::string(request.query.get("q"))); });
    live.start();
    Caller client(live.port());
    for (auto path : {"/", "/file", "/go"}) {
        auto answer = client.ask(get_request(std::string(path) + "?q=%0d%0aSet-Cookie:%20d=e%0d%0a%0d%0a"));
        EXPECT_GT(answer.status, 0);
        EXPECT_TRUE(answer.header("set-cookie").empty());
        EXPECT_EQ(client.ask(get_request("/")).body, "x") << "nothing is left over of " << path;
    }
}

TEST(Server, PacksPagesForWhoeverUnpacksThem) {
    const std::string page = "<p>" + std::string(5000, 'y') + "</p>";
    Live live;
    live.get("/", [&](Request&) { return html(200, page); });
    live.get("/small", [](Request&) { return html(200, "<p>short</p>"); });
    live.start();
    Caller client(live.port());
    auto plain = client.ask(get_request("/"));
    EXPECT_EQ(plain.body, page);
    EXPECT_NE(plain.header("vary").find("Accept-Encoding"), std::string_view::npos);
    EXPECT_EQ(client.ask(get_request("/", "Accept-Encoding: gzip, br\r\n")).header("content-encoding"), "br");
    EXPECT_EQ(client.ask(get_request("/", "Accept-Encoding: br;q=0\r\n")).body, page);
    EXPECT_TRUE(client.ask(get_request("/small", "Accept-Encoding: br\r\n")).header("content-encoding").empty());
    auto packed = client.ask(get_request("/", "Accept-Encoding: gzip\r\n"));
    EXPECT_EQ(packed.header("content-encoding"), "gzip");
    std::string unpacked(page.size() + 1, '\0');
    z_stream z{};
    inflateInit2(&z, 15 + 16);
    z.next_in = reinterpret_cast<Bytef*>(packed.body.data());
    z.avail_in = static_cast<uInt>(packed.body.size());
    z.next_out = reinterpret_cast<Bytef*>(unpacked.data());
    z.avail_out = static_cast<uInt>(unpacked.size());
    EXPECT_EQ(inflate(&z, Z_FINISH), Z_STREAM_END);
    unpacked.resize(z.total_out);
    inflateEnd(&z);
    EXPECT_EQ(unpacked, page);
}

class Ranges : public testing::Test {
  protected:
    Ranges() {
        live.get("/file", [this](Request&) {
            return file("application/pdf", "证.pdf",
                        Stream{content.size(), [this](uint64_t offset, uint64_t n) { return content.substr(offset, n); }}, false);
        });
        live.start();
    }
    Answer ask(std::string_view range) { return Caller(live.port()).ask(get_request("/file", fmt::format("Range: {}\r\n", range))); }
    std::string content = "0123456789abcdefghij";
    Live live;
};

TEST_F(Ranges, GivesThePartAskedFor) {
    auto part = ask("bytes=2-5");
    EXPECT_EQ(part.status, 206);
    EXPECT_EQ(part.body, "2345");
    EXPECT_EQ(part.header("content-range"), "bytes 2-5/20");
    EXPECT_EQ(ask("bytes=15-").body, "fghij");
    EXPECT_EQ(ask("bytes=15-9999").body, "fghij");
    EXPECT_EQ(ask("bytes=-3").body, "hij");
    EXPECT_EQ(ask("bytes=-99").body, content);
}

TEST_F(Ranges, SaysHowLongItIsWhereThePartDoesNotExist) {
    for (auto beyond : {"bytes=20-", "bytes=99-100", "bytes=-0"}) {
        auto answer = ask(beyond);
        EXPECT_EQ(answer.status, 416) << beyond;
        EXPECT_EQ(answer.header("content-range"), "bytes */20");
        EXPECT_EQ(answer.body, "");
    }
}

TEST_F(Ranges, GivesTheWholeForSeveralPartsAndForWhatIsNoRange) {
    for (auto whole : {"bytes=0-1,3-4", "bytes=5-2", "bytes=a-b", "lines=1-2", "bytes=", "bytes=-", "bytes=18446744073709551616-"}) {
        auto answer = ask(whole);
        EXPECT_EQ(answer.status, 200) << whole;
        EXPECT_EQ(answer.body, content) << whole;
        EXPECT_EQ(answer.header("accept-ranges"), "bytes");
    }
}

// There is no validator by which we could know that the client still has the same file (RFC 9110, 13.1.5).
TEST_F(Ranges, GivesTheWholeWhereThePartIsWantedOnlyOfTheSameFile) {
    Caller client(live.port());
    EXPECT_EQ(client.ask(get_request("/file", "Range: bytes=2-5\r\nIf-Range: \"x\"\r\n")).status, 200);
}

}  // namespace

}  // namespace yimen::web
