#include "streams.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace bench {

namespace {

constexpr int opening_at_once = 128;

struct Run {
    const Streams& streams;
    std::string request;
    int begun = 0, open = 0, refused = 0, reached = 0;
    Moment first = {}, last = {};
    std::vector<std::unique_ptr<Client>> clients = {};
};

Await<void> listen_on(Client& client, Run& run) {
    for (;;) {
        auto piece = co_await client.read_some();
        if (piece.empty()) co_return;
        if (piece.find("event:") == std::string_view::npos) continue;
        run.last = now();
        if (run.reached++ == 0) run.first = run.last;
    }
}

// Opens one after the other, so that only some are under way at once.
Await<void> open_some(asio::io_context& context, Run& run) {
    while (run.begun < run.streams.count) {
        ++run.begun;
        auto client = std::make_unique<Client>(context, run.streams.target.port);
        bool sent = co_await client->begin(run.request);
        std::string text;
        while (sent && text.find("retry:") == std::string::npos) {
            auto piece = co_await client->read_some();
            if (piece.empty()) sent = false;
            text += piece;
        }
        if (!sent || !text.starts_with("HTTP/1.1 200")) {
            ++run.refused;
            continue;
        }
        ++run.open;
        asio::co_spawn(context, listen_on(*client, run), asio::detached);
        run.clients.push_back(std::move(client));
    }
}

void run_until(asio::io_context& context, Moment end, const std::function<bool()>& done) {
    while (!done() && now() < end) context.run_for(std::chrono::milliseconds(5));
}

Await<void> trigger(asio::io_context& context, const Streams& streams, Answer& answer) {
    Client client(context, streams.target.port);
    answer = co_await client.ask(streams.trigger);
}

}  // namespace

boost::json::object run_streams(const Streams& streams) {
    asio::io_context context{1};
    auto guard = asio::make_work_guard(context);
    Run run{streams, streams.target.request("GET", streams.path)};
    boost::json::object figures{{"memory_before", memory_of(streams.process)}, {"page_before", run_pages(streams.page)}};
    auto began = now();
    for (int i = 0; i < opening_at_once; ++i) asio::co_spawn(context, open_some(context, run), asio::detached);
    run_until(context, began + std::chrono::seconds(60), [&] { return run.open + run.refused >= streams.count; });
    figures["open"] = run.open;
    figures["open_seconds"] = std::chrono::duration<double>(now() - began).count();
    figures["memory_with"] = memory_of(streams.process);
    figures["page_with"] = run_pages(streams.page);
    if (!streams.trigger.empty()) {
        Answer answer;
        run.reached = 0;
        auto asked = now();
        asio::co_spawn(context, trigger(context, streams, answer), asio::detached);
        run_until(context, asked + std::chrono::seconds(10), [&] { return run.reached >= run.open; });
        auto us = [&](Moment at) { return std::chrono::duration_cast<std::chrono::microseconds>(at - asked).count(); };
        figures["trigger_status"] = answer.status;
        figures["event_reached"] = run.reached;
        figures["event_first_us"] = run.reached ? us(run.first) : 0;
        figures["event_all_us"] = run.reached ? us(run.last) : 0;
    }
    figures["memory_after"] = memory_of(streams.process);
    return figures;
}

}  // namespace bench
