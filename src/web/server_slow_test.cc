#include <atomic>

#include "web/testing.h"

// Clients that are slow, a server that is full, and a server that stops.
namespace yimen::web {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// Holds requests at work until it is opened.
class Gate {
  public:
    Response wait(Request&) {
        ++inside;
        opened_.wait();
        return text(200, "done");
    }
    void open() { open_.set_value(); }
    bool holds(int n) const {
        for (int i = 0; i < 500 && inside < n; ++i) std::this_thread::sleep_for(milliseconds(10));
        return inside == n;
    }
    std::atomic<int> inside = 0;

  private:
    std::promise<void> open_;
    std::shared_future<void> opened_ = open_.get_future().share();
};

TEST(SlowClients, AreCutOffWhenTheHeadDoesNotEnd) {
    Live live;
    live.get("/", [](Request&) { return text(200, ""); });
    live.start();
    Caller silent(live.port()), drips(live.port());
    for (auto part : {"GET / HTTP/1.1\r\n", "Host: localhost\r\n", "A: b\r\n", "C: d\r\n", "E: f\r\n"}) {
        drips.send(part);
        std::this_thread::sleep_for(milliseconds(300));
    }
    EXPECT_TRUE(drips.closes_within(seconds(10)));
    EXPECT_TRUE(silent.closes_within(seconds(10)));
}

TEST(SlowClients, AreCutOffWhenALaterHeadDoesNotEnd) {
    auto options = quick_options();
    options.idle_timeout = seconds(30);
    Live live(options);
    live.get("/", [](Request&) { return text(200, "x"); });
    live.start();
    Caller client(live.port());
    EXPECT_EQ(client.ask(get_request("/")).status, 200);
    std::this_thread::sleep_for(milliseconds(1500));
    EXPECT_EQ(client.ask(get_request("/")).status, 200) << "waiting between requests is no slowness";
    client.send("GET / HT");
    EXPECT_TRUE(client.closes_within(seconds(10)));
}

TEST(SlowClients, AreCutOffWhenTheBodyDoesNotEnd) {
    Folder folder;
    auto options = quick_options();
    options.upload_folder = folder.path();
    Live live(options);
    std::atomic<int> handled = 0;
    live.post(
        "/", [&](Request&) { return ++handled, text(200, ""); }, 1 << 20);
    live.start();
    Caller form(live.port()), upload(live.port());
    form.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\na=");
    upload.send(
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000\r\n\r\n--x\r\n");
    EXPECT_TRUE(form.closes_within(seconds(10)));
    EXPECT_TRUE(upload.closes_within(seconds(10)));
    live.stop();
    EXPECT_EQ(handled, 0);
    EXPECT_EQ(folder.files(), 0u);
}

TEST(SlowClients, AreCutOffWhenTheyDoNotReadTheAnswer) {
    Live live;
    live.get("/", [](Request&) { return text(200, std::string(64 << 20, 'x')); });
    auto& server = live.start();
    Caller client(live.port());
    client.send(get_request("/"));
    for (int i = 0; i < 100 && server.figures().connections == 0; ++i) std::this_thread::sleep_for(milliseconds(10));
    for (int i = 0; i < 60 && server.figures().connections > 0; ++i) std::this_thread::sleep_for(milliseconds(100));
    EXPECT_EQ(server.figures().connections, 0u);
}

TEST(FullServer, RefusesWithRetryAfterAndGoesOn) {
    auto options = quick_options();
    options.workers = 1;
    options.queue = 2;
    Live live(options);
    Gate gate;
    live.get("/", [&](Request& request) { return gate.wait(request); });
    auto& server = live.start();
    Caller first(live.port()), second(live.port()), third(live.port()), late(live.port());
    first.send(get_request("/"));
    ASSERT_TRUE(gate.holds(1));
    second.send(get_request("/"));
    third.send(get_request("/"));
    for (int i = 0; i < 500 && server.figures().queue_length < 3; ++i) std::this_thread::sleep_for(milliseconds(10));
    auto refused = late.ask(get_request("/"));
    EXPECT_EQ(refused.status, 503);
    EXPECT_FALSE(refused.header("retry-after").empty());
    EXPECT_FALSE(refused.header("content-security-policy").empty() || refused.header("x-request-id").empty());
    EXPECT_EQ(refused.header("cache-control"), "no-store");
    EXPECT_EQ(server.figures().refused_busy, 1u);
    gate.open();
    for (auto* client : {&first, &second, &third}) EXPECT_EQ(client->answer().body, "done");
    EXPECT_EQ(late.ask(get_request("/")).body, "done");
}

// Half a document is worse than one that comes a little later.
TEST(FullServer, FinishesADownloadThatItBegan) {
    auto options = quick_options();
    options.workers = 1;
    options.queue = 1;
    options.write_timeout = seconds(10);
    Live live(options);
    Gate gate;
    live.get("/wait", [&](Request& request) { return gate.wait(request); });
    live.get("/file", [](Request&) {
        return file("application/pdf", "a", Stream{8 << 20, [](uint64_t, uint64_t n) { return std::string(n, 'x'); }}, true);
    });
    auto& server = live.start();
    Caller download(live.port()), one(live.port()), two(live.port());
    download.send(get_request("/file"));
    std::this_thread::sleep_for(milliseconds(300));  // so much is sent as the client's side takes unread
    one.send(get_request("/wait"));
    two.send(get_request("/wait"));
    for (int i = 0; i < 500 && server.figures().queue_length < 2; ++i) std::this_thread::sleep_for(milliseconds(10));
    std::jthread opens([&] { std::this_thread::sleep_for(milliseconds(500)), gate.open(); });
    EXPECT_EQ(download.answer().body.size(), 8u << 20);
}

TEST(Stopping, LetsRequestsInFlightFinish) {
    auto options = quick_options();
    options.idle_timeout = seconds(60);
    Live live(options);
    Gate gate;
    live.get("/", [&](Request& request) { return gate.wait(request); });
    auto& server = live.start();
    Caller busy(live.port()), idle(live.port()), begun(live.port());
    begun.send("GET / HTTP/1.1\r\n");
    busy.send(get_request("/"));
    ASSERT_TRUE(gate.holds(1));
    auto port = live.port();
    std::jthread stops([&] { server.stop(); });
    EXPECT_TRUE(idle.closes_within(seconds(8))) << "who asked nothing is let go at once";
    std::this_thread::sleep_for(milliseconds(100));
    Caller late(port);
    late.send(get_request("/"));
    EXPECT_EQ(late.answer(false, milliseconds(300)).status, 0);
    gate.open();
    auto answer = busy.answer();
    EXPECT_EQ(answer.body, "done");
    EXPECT_EQ(answer.header("connection"), "close");
    stops.join();
    EXPECT_EQ(gate.inside, 1);
    server.stop();  // a second time is no harm
}

TEST(Stopping, EndsWhenTheTimeToDrainIsOver) {
    auto options = quick_options();
    options.drain = seconds(1);
    options.write_timeout = seconds(30);
    Live live(options);
    live.get("/", [](Request&) { return text(200, std::string(64 << 20, 'x')); });
    live.start();
    Caller unread(live.port());
    unread.send(get_request("/"));
    std::this_thread::sleep_for(milliseconds(300));
    auto began = std::chrono::steady_clock::now();
    live.stop();
    EXPECT_LT(std::chrono::steady_clock::now() - began, seconds(15));
}

class EventStreams : public testing::Test {
  protected:
    explicit EventStreams(ServerOptions options = quick_options()) : live(std::move(options)) {
        live.get("/events", [](Request& request) {
            Response response;
            response.body = EventStream{{std::string(request.query.get("topic"))}};
            return response;
        });
        server = &live.start();
    }
    bool open(uint64_t streams) const {
        for (int i = 0; i < 500 && server->figures().event_streams != streams; ++i) std::this_thread::sleep_for(milliseconds(10));
        return server->figures().event_streams == streams;
    }
    Live live;
    Server* server;
};

TEST_F(EventStreams, CarryWhatIsPublishedToThoseWhoListen) {
    Caller hall(live.port()), other(live.port());
    hall.send(get_request("/events?topic=hall"));
    other.send(get_request("/events?topic=other"));
    auto head = hall.read_until("retry: 2000\n\n");
    EXPECT_NE(head.find("Content-Type: text/event-stream"), std::string::npos);
    EXPECT_NE(head.find("Cache-Control: no-store"), std::string::npos);
    ASSERT_TRUE(open(2));
    live.events.publish("hall", "called", "A012");
    live.events.publish("hall", "called\nevent: forged", "A013\n\nevent: forged");
    EXPECT_EQ(hall.read_until("A012\n\n"), "event: called\ndata: A012\n\n");
    EXPECT_EQ(hall.read_until("\n\n"), "event: calledevent: forged\ndata: A013event: forged\n\n");
    live.events.publish("other", "end", "x");
    EXPECT_EQ(other.read_until("x\n\n").find("A012"), std::string::npos);
}

TEST_F(EventStreams, HoldNoWorker) {
    std::vector<std::unique_ptr<Caller>> boards;
    for (int i = 0; i < 20; ++i) {
        boards.push_back(std::make_unique<Caller>(live.port()));
        boards.back()->send(get_request("/events?topic=hall"));
    }
    ASSERT_TRUE(open(20));
    EXPECT_EQ(server->figures().queue_length, 0u);
    live.events.publish("hall", "called", "A012");
    for (auto& board : boards) EXPECT_NE(board->read_until("A012\n\n"), "");
}

TEST_F(EventStreams, LetTheSlowOnesGo) {
    Caller slow(live.port()), quick(live.port());
    for (auto* client : {&slow, &quick}) client->send(get_request("/events?topic=hall"));
    ASSERT_TRUE(open(2));
    const std::string much(256 << 10, 'x');
    for (int i = 0; i < 100 && server->figures().event_streams == 2; ++i) {
        live.events.publish("hall", "much", much);
        EXPECT_NE(quick.read_until("\n\nevent: much\ndata: ", milliseconds(50)) + "-", "");
        std::this_thread::sleep_for(milliseconds(20));
    }
    ASSERT_TRUE(open(1)) << "one of them does not read";
    live.events.publish("hall", "last", "word");
    EXPECT_NE(quick.read_until("event: last\ndata: word\n\n"), "");
}

TEST_F(EventStreams, EndWhenTheServerStops) {
    Caller client(live.port());
    client.send(get_request("/events?topic=hall"));
    ASSERT_TRUE(open(1));
    auto began = std::chrono::steady_clock::now();
    server->stop();
    EXPECT_LT(std::chrono::steady_clock::now() - began, seconds(15));
    EXPECT_TRUE(client.closes_within(seconds(10)));
}

TEST_F(EventStreams, AreForgottenWhenTheClientLeaves) {
    {
        Caller client(live.port());
        client.send(get_request("/events?topic=hall"));
        ASSERT_TRUE(open(1));
    }
    for (int i = 0; i < 20 && server->figures().event_streams; ++i) {
        live.events.publish("hall", "called", "A012");
        std::this_thread::sleep_for(milliseconds(50));
    }
    EXPECT_TRUE(open(0));
}

}  // namespace

}  // namespace yimen::web
