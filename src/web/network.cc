#include "web/network.h"

#include <boost/asio/post.hpp>

namespace yimen::web {

namespace {

constexpr size_t at_a_time = 64;

using Subscribers = std::vector<std::shared_ptr<Subscriber>>;

void wake(Subscriber& subscriber, const std::shared_ptr<const std::string>& event) {
    // Whoever cannot keep up is let go: their page comes again and reads what there is.
    if (subscriber.waiting.size() >= Subscriber::most_waiting)
        subscriber.ended = true;
    else
        subscriber.waiting.push_back(event);
    subscriber.wake.cancel();
}

void wake_some(Executor executor, Subscribers all, size_t from, std::shared_ptr<const std::string> event) {
    auto until = std::min(from + at_a_time, all.size());
    for (size_t i = from; i < until; ++i) wake(*all[i], event);
    if (until < all.size())
        asio::post(executor, [executor, all = std::move(all), until, event = std::move(event)]() mutable {
            wake_some(executor, std::move(all), until, std::move(event));
        });
}

}  // namespace

Await<void> NetworkThread::watch_deadlines() {
    Timer tick(context.get_executor());
    for (;;) {
        Failed failed;
        tick.expires_after(std::chrono::seconds(1));
        co_await tick.async_wait(quietly(failed));
        if (failed) co_return;
        auto now = std::chrono::steady_clock::now();
        for (auto* client : clients) {
            if (client->deadline > now) continue;
            client->deadline = never;
            client->timed_out = true;
            client->cancel();
        }
    }
}

void NetworkThread::deliver(const std::string& topic, std::shared_ptr<const std::string> event) {
    asio::post(context, [this, topic, event = std::move(event)]() mutable {
        auto found = topics.find(topic);
        if (found != topics.end()) wake_some(context.get_executor(), {found->second.begin(), found->second.end()}, 0, std::move(event));
    });
}

void NetworkThread::let_go() {
    asio::post(context, [this] {
        for (auto* client : clients)
            if (client->idle) client->cancel();
        for (auto& [topic, subscribers] : topics)
            for (auto& subscriber : subscribers) subscriber->ended = true, subscriber->wake.cancel();
    });
}

}  // namespace yimen::web
