#include "web/events_inside.h"

#include <boost/asio/post.hpp>

namespace yimen::web {

namespace {

std::string line_of(std::string_view text) {
    std::string line(text);
    std::erase_if(line, [](char c) { return c == '\n' || c == '\r'; });
    return line;
}

void wake(const std::shared_ptr<Subscriber>& s, const std::shared_ptr<const std::string>& event) {
    boost::asio::post(s->executor, [s, event] {
        // Whoever cannot keep up is let go: their page comes again and reads what there is.
        if (!event || s->waiting.size() >= Subscriber::most_waiting)
            s->ended = true;
        else
            s->waiting.push_back(*event);
        s->wake.cancel();
    });
}

}  // namespace

EventHub::EventHub() : inside_(std::make_unique<Inside>()) {}
EventHub::~EventHub() = default;

void EventHub::publish(std::string_view topic, std::string_view event, std::string_view data) {
    auto text = std::make_shared<const std::string>(fmt::format("event: {}\ndata: {}\n\n", line_of(event), line_of(data)));
    std::lock_guard hold(inside_->guard);
    auto found = inside_->topics.find(topic);
    if (found == inside_->topics.end()) return;
    for (auto& subscriber : found->second) wake(subscriber, text);
}

void EventHub::Inside::join(const std::vector<std::string>& wanted, const std::shared_ptr<Subscriber>& s) {
    std::lock_guard hold(guard);
    for (auto& topic : wanted) topics[topic].insert(s);
}

void EventHub::Inside::leave(const std::vector<std::string>& wanted, const std::shared_ptr<Subscriber>& s) {
    std::lock_guard hold(guard);
    for (auto& topic : wanted)
        if (auto found = topics.find(topic); found != topics.end() && found->second.erase(s) && found->second.empty()) topics.erase(found);
}

void EventHub::Inside::end_all() {
    std::lock_guard hold(guard);
    for (auto& [topic, subscribers] : topics)
        for (auto& s : subscribers) wake(s, nullptr);
}

}  // namespace yimen::web
