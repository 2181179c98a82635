#pragma once
#include <boost/asio/write.hpp>
#include <random>

#include "web/connection.h"
#include "web/events_inside.h"
#include "web/finish.h"

// Sending an answer. Included by connection.cc alone.
namespace yimen::web {

template <class S>
bool Connection<S>::write_at_once(Pieces& bytes) {
    if constexpr (tls)
        return true;
    else {
        Failed failed;
        auto n = stream_.write_some(bytes, failed);
        if (failed && failed != asio::error::would_block && failed != asio::error::try_again) return false;
        while (!bytes.empty() && n >= bytes.front().size()) n -= bytes.front().size(), bytes.erase(bytes.begin());
        if (!bytes.empty()) bytes.front() += n;
        return true;
    }
}

template <class S>
Await<bool> Connection<S>::write(Pieces bytes) {
    if (!write_at_once(bytes)) co_return false;
    if (bytes.empty()) co_return true;
    Failed failed;
    wait_until_after(server_.options.write_timeout);
    co_await asio::async_write(stream_, bytes, quietly(failed));
    deadline = never;
    co_return !failed;
}

template <class S>
Await<bool> Connection<S>::send_stream(const Stream& stream) {
    constexpr uint64_t piece = 256 << 10;
    for (uint64_t at = 0; at < stream.size;) {
        auto n = std::min(piece, stream.size - at);
        std::function<Response()> read = [&] { return text(200, stream.read(at, n)); };
        auto answer = co_await work(read, Full::wait);
        auto& bytes = std::get<std::string>(answer.body);
        if (bytes.size() != n) co_return false;
        bool sent = co_await write(only(bytes));
        if (!sent) co_return false;
        at += n;
    }
    co_return true;
}

// A subscriber for as long as the stream is open, however it ends.
struct Joined {
    Joined(EventHub::Inside& h, NetworkThread& t, std::vector<std::string> topics)
        : hub(h), thread(t), wanted(std::move(topics)), subscriber(std::make_shared<Subscriber>(t.context.get_executor())) {
        hub.join(wanted, thread, subscriber);
    }
    Joined(const Joined&) = delete;
    ~Joined() { hub.leave(wanted, thread, subscriber); }

    EventHub::Inside& hub;
    NetworkThread& thread;
    std::vector<std::string> wanted;
    std::shared_ptr<Subscriber> subscriber;
};

// About each 20 seconds, so that proxies keep the connection; not all streams in the same moment.
inline std::chrono::milliseconds until_next_sign() {
    thread_local std::minstd_rand random(std::random_device{}());
    return std::chrono::milliseconds(15'000 + random() % 10'000);
}

template <class S>
Await<void> Connection<S>::send_events(EventStream wanted) {
    Joined joined(server_.events.inside(), thread_, std::move(wanted.topics));
    auto& self = *joined.subscriber;
    ++server_.streams;
    bool open = co_await write(only("retry: 2000\n\n"));
    while (open && !self.ended && !server_.stopping) {
        if (self.waiting.empty()) {
            Failed woken;
            self.wake.expires_after(until_next_sign());
            co_await self.wake.async_wait(quietly(woken));
            if (!woken) open = co_await write(only(": still here\n\n"));
            continue;
        }
        auto events = std::exchange(self.waiting, {});
        Pieces pieces;
        for (auto& event : events) pieces.push_back(asio::buffer(*event));
        open = co_await write(std::move(pieces));
    }
    --server_.streams;
}

template <class S>
Await<bool> Connection<S>::send(const Request& request, Response response, bool keep) {
    auto bodiless = request.method == Method::head || response.status == 204 || response.status == 304;
    if (auto* events = std::get_if<EventStream>(&response.body)) {
        response.header("Content-Type", "text/event-stream");
        auto head = head_text(request, response, std::nullopt, false);
        bool sent = co_await write(only(head));
        if (sent && request.method != Method::head) events_ = std::move(*events);
        co_return false;
    }
    if (auto* stream = std::get_if<Stream>(&response.body)) {
        auto head = head_text(request, response, stream->size, keep);
        bool sent = co_await write(only(head));
        if (sent && !bodiless) sent = co_await send_stream(*stream);
        co_return sent&& keep;
    }
    auto& body = std::get<std::string>(response.body);
    bool counted = response.status != 204 && response.status != 304;
    auto head = head_text(request, response, counted ? std::optional<uint64_t>(body.size()) : std::nullopt, keep);
    auto pieces = only(head);
    if (!bodiless) pieces.push_back(asio::buffer(body));
    bool sent = co_await write(std::move(pieces));
    co_return sent&& keep;
}

}  // namespace yimen::web
