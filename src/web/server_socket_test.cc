#include "web/server.h"

#include <gmock/gmock.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <future>

#include "base/log.h"

// The server itself, over a socket.
namespace yimen::web {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// A client that sends bytes and reads what comes.
class Caller {
  public:
    explicit Caller(uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        timeval patience{10, 0};
        setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        EXPECT_EQ(connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
    }
    Caller(const Caller&) = delete;
    ~Caller() { close(socket_); }
    void send(std::string_view bytes) {
        EXPECT_EQ(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size()));
    }
    void get(std::string_view path, std::string_view more = "") { send(fmt::format("GET {} HTTP/1.1\r\nHost: h\r\n{}\r\n", path, more)); }
    // Until `end` came, or the other side closed.
    std::string read_until(std::string_view end) {
        size_t from = 0, at;
        while ((at = waiting_.find(end, from)) == std::string::npos) {
            from = waiting_.size() - std::min(waiting_.size(), end.size());
            if (!read_more()) return std::exchange(waiting_, {});
        }
        auto text = waiting_.substr(0, at + end.size());
        waiting_.erase(0, text.size());
        return text;
    }
    bool read_more() {
        char bytes[4096];
        auto n = recv(socket_, bytes, sizeof bytes, 0);
        if (n > 0) waiting_.append(bytes, static_cast<size_t>(n));
        return n > 0;
    }
    bool closed() {
        while (read_more()) {
        }
        char one;
        return recv(socket_, &one, 1, MSG_DONTWAIT) == 0;
    }

  private:
    int socket_;
    std::string waiting_;
};

class WebServer : public testing::Test {
  protected:
    void route(Method method, std::string pattern, Handler handler, bool at_once = false) {
        Route made{.method = method, .pattern = std::move(pattern), .handler = std::move(handler), .act = "browse", .max_body = 100};
        if (at_once) made.at_once = [](const Request&) { return true; };
        router.add(std::move(made));
    }
    uint16_t start() {
        options.port = 0;
        options.upload_folder = testing::TempDir() + "yimen-server-test";
        server.emplace(options, std::move(router), events, [](int status, const Request&) { return text(status, "page for errors"); });
        server->start();
        return server->port();
    }
    void SetUp() override { log::set_level(log::Level::error); }
    void TearDown() override { log::set_level(log::Level::info); }

    // Waits for what happens soon on another thread.
    void wait_for(const std::function<bool()>& done) {
        for (int i = 0; i < 1000 && !done(); ++i) std::this_thread::sleep_for(5ms);
        EXPECT_TRUE(done());
    }

    ServerOptions options;
    Router router;
    EventHub events;
    std::optional<Server> server;
};

TEST_F(WebServer, AnswersOneAfterTheOtherOnOneConnection) {
    route(
        Method::get, "/at-once/{name}", [](Request& r) { return text(200, std::string(r.param("name"))); }, true);
    route(Method::get, "/worker/{name}", [](Request& r) { return text(200, std::string(r.param("name"))); });
    Caller caller(start());
    for (auto* path : {"/at-once/one", "/worker/two"}) {
        caller.get(path);
        auto head = caller.read_until("\r\n\r\n");
        EXPECT_THAT(head, StartsWith("HTTP/1.1 200 OK\r\nDate: "));
        EXPECT_THAT(head, HasSubstr("Content-Length: 3\r\n"));
        EXPECT_THAT(head, HasSubstr("X-Request-Id: "));
        EXPECT_EQ(caller.read_until(path[1] == 'a' ? "one" : "two").size(), 3u);
    }
}

TEST_F(WebServer, AnswersWhatIsSentInOneGoInItsOrder) {
    route(
        Method::get, "/at-once/{name}", [](Request& r) { return text(200, std::string(r.param("name"))); }, true);
    route(Method::get, "/worker/{name}", [](Request& r) { return text(200, std::string(r.param("name"))); });
    Caller caller(start());
    caller.send(
        "GET /worker/first HTTP/1.1\r\nHost: h\r\n\r\nGET /at-once/second HTTP/1.1\r\nHost: h\r\n\r\nGET /worker/third HTTP/1.1\r\nHost: "
        "h\r\n\r\n");
    EXPECT_THAT(caller.read_until("first"), Not(HasSubstr("second")));
    EXPECT_THAT(caller.read_until("second"), Not(HasSubstr("third")));
    EXPECT_THAT(caller.read_until("third"), HasSubstr("200 OK"));
}

TEST_F(WebServer, ReadsAHeadThatComesByteByByte) {
    route(
        Method::get, "/", [](Request& r) { return text(200, std::string(r.header("x-more"))); }, true);
    Caller caller(start());
    for (char c : std::string_view("GET / HTTP/1.1\r\nHost: h\r\nX-More: slowly\r\n\r\n")) caller.send({&c, 1});
    EXPECT_THAT(caller.read_until("slowly"), HasSubstr("200 OK"));
}

TEST_F(WebServer, SendsWhatTheClientTakesSlowlyWhole) {
    const std::string large = std::string(8 << 20, 'x') + "end";
    route(
        Method::get, "/large", [&](Request&) { return text(200, large); }, true);
    Caller caller(start());
    caller.get("/large");
    std::this_thread::sleep_for(50ms);
    caller.read_until("\r\n\r\n");
    EXPECT_EQ(caller.read_until("end"), large);
}

TEST_F(WebServer, EveryAnswerHasTheSecurityHeaders) {
    route(
        Method::get, "/", [](Request&) { return html(200, "<p>"); }, true);
    Caller caller(start());
    for (auto* path : {"/", "/nothing"}) {
        caller.get(path);
        auto head = caller.read_until("\r\n\r\n");
        for (auto* name : {"Content-Security-Policy: default-src 'none'", "X-Content-Type-Options: nosniff",
                           "Referrer-Policy: ", "Cache-Control: no-store"})
            EXPECT_THAT(head, HasSubstr(name)) << path;
        caller.read_until(path[1] ? "errors" : "<p>");
    }
}

TEST_F(WebServer, AHeaderCannotEndItsLine) {
    route(Method::get, "/", [](Request&) { return text(200, "").header("X-Said", "one\r\nSet-Cookie: two"); });
    Caller caller(start());
    caller.get("/");
    EXPECT_THAT(caller.read_until("\r\n\r\n"), HasSubstr("X-Said: oneSet-Cookie: two\r\n"));
}

TEST_F(WebServer, RefusesWhatIsTooLargeOrMalformed) {
    route(Method::post, "/form", [](Request&) { return text(200, ""); });
    route(Method::get, "/", [](Request&) { return text(200, ""); });
    auto port = start();
    for (auto& [sent, status] : std::initializer_list<std::pair<std::string, std::string>>{
             {"GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(17 << 10, 'x') + "\r\n\r\n", "431"},
             {"POST /form HTTP/1.1\r\nHost: h\r\nContent-Length: 101\r\n\r\n", "413"},
             {"GET / HTTP/1.1\r\n\r\n", "400"},
             {"GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
             {"hello\r\n\r\n", "400"},
             {"PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n", "405"},
             {"TRACE / HTTP/1.1\r\nHost: h\r\n\r\n", "405"}}) {
        Caller caller(port);
        caller.send(sent);
        EXPECT_THAT(caller.read_until("\r\n\r\n"), StartsWith("HTTP/1.1 " + status)) << sent.substr(0, 40);
    }
}

TEST_F(WebServer, ClosesOnAClientThatNeverEndsItsHead) {
    options.header_timeout = 1s;
    route(Method::get, "/", [](Request&) { return text(200, ""); });
    Caller caller(start());
    caller.send("GET / HTTP/1.1\r\nHost:");
    EXPECT_TRUE(caller.closed());
}

TEST_F(WebServer, TellsAClientWhoseBodyDoesNotComeInTime) {
    options.body_timeout = 1s;
    route(Method::post, "/form", [](Request&) { return text(200, ""); });
    Caller caller(start());
    caller.send("POST /form HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nhalf");
    EXPECT_THAT(caller.read_until("\r\n\r\n"), StartsWith("HTTP/1.1 408"));
}

TEST_F(WebServer, IsBusyWhenTheQueueIsFullAndStillAnswersFromMemory) {
    options.workers = 1;
    options.queue = 1;
    std::promise<void> go;
    auto gone = go.get_future().share();
    route(Method::get, "/slow", [gone](Request&) { return gone.wait(), text(200, "done"); });
    route(
        Method::get, "/", [](Request&) { return text(200, "here"); }, true);
    auto port = start();
    Caller first(port), second(port), third(port), reader(port);
    first.get("/slow");
    wait_for([&] { return server->figures().queue_length == 1; });
    second.get("/slow");
    wait_for([&] { return server->figures().queue_length == 2; });
    third.get("/slow");
    EXPECT_THAT(third.read_until("\r\n\r\n"), testing::AllOf(StartsWith("HTTP/1.1 503"), HasSubstr("Retry-After: ")));
    reader.get("/");
    EXPECT_THAT(reader.read_until("here"), HasSubstr("200 OK"));
    go.set_value();
    EXPECT_THAT(first.read_until("done"), HasSubstr("200 OK"));
    EXPECT_THAT(second.read_until("done"), HasSubstr("200 OK"));
}

TEST_F(WebServer, CarriesAnEventToEveryStreamOfItsTopic) {
    options.network_threads = 2;
    route(Method::get, "/live/{topic}", [](Request& r) {
        Response response;
        response.body = EventStream{{std::string(r.param("topic")), "everybody"}};
        return response;
    });
    auto port = start();
    std::vector<std::unique_ptr<Caller>> work, other;
    for (int i = 0; i < 150; ++i) {
        auto& of = i % 3 ? work : other;
        of.push_back(std::make_unique<Caller>(port));
        of.back()->get(i % 3 ? "/live/work" : "/live/other");
        EXPECT_THAT(of.back()->read_until("retry: 2000\n\n"), HasSubstr("Content-Type: text/event-stream"));
    }
    events.publish("work", "work", "one");
    events.publish("work", "work", "two\nlines");
    events.publish("everybody", "news", "three");
    for (auto& caller : work)
        EXPECT_EQ(caller->read_until("three\n\n"), "event: work\ndata: one\n\nevent: work\ndata: twolines\n\nevent: news\ndata: three\n\n");
    for (auto& caller : other) EXPECT_EQ(caller->read_until("three\n\n"), "event: news\ndata: three\n\n");
    EXPECT_EQ(server->figures().event_streams, 150u);
    server->stop();
    EXPECT_TRUE(work[0]->closed());
    EXPECT_TRUE(other[0]->closed());
    events.publish("work", "work", "to nobody");
}

TEST_F(WebServer, StopsWhenWhatIsUnderWayIsDone) {
    std::promise<void> go;
    auto gone = go.get_future().share();
    route(Method::get, "/slow", [gone](Request&) { return gone.wait(), text(200, "done"); });
    auto port = start();
    Caller idle(port), busy(port);
    busy.get("/slow");
    wait_for([&] { return server->figures().queue_length == 1; });
    auto stopping = std::async(std::launch::async, [&] { server->stop(); });
    EXPECT_TRUE(idle.closed());
    EXPECT_EQ(stopping.wait_for(0s), std::future_status::timeout);
    go.set_value();
    EXPECT_THAT(busy.read_until("done"), HasSubstr("Connection: close"));
    stopping.get();
}

TEST_F(WebServer, GoesOnWithoutThoseItCannotWaitForAnyLonger) {
    options.drain = 0s;
    std::promise<void> go;
    auto gone = go.get_future().share();
    route(Method::get, "/slow", [gone](Request&) { return gone.wait(), text(200, "done"); });
    Caller caller(start());
    caller.get("/slow");
    wait_for([&] { return server->figures().queue_length == 1; });
    auto stopping = std::async(std::launch::async, [&] { server->stop(); });
    std::this_thread::sleep_for(20ms);
    go.set_value();
    stopping.get();
    server.reset();
}

}  // namespace
}  // namespace yimen::web
