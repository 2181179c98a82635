#include "web/events_inside.h"

namespace yimen::web {

namespace {

std::string line_of(std::string_view text) {
    std::string line(text);
    std::erase_if(line, [](char c) { return c == '\n' || c == '\r'; });
    return line;
}

}  // namespace

EventHub::EventHub() : inside_(std::make_unique<Inside>()) {}
EventHub::~EventHub() = default;

void EventHub::publish(std::string_view topic, std::string_view event, std::string_view data) {
    std::lock_guard hold(inside_->guard);
    auto found = inside_->topics.find(topic);
    if (found == inside_->topics.end()) return;
    auto text = std::make_shared<const std::string>(fmt::format("event: {}\ndata: {}\n\n", line_of(event), line_of(data)));
    for (auto& [thread, subscribers] : found->second) thread->deliver(found->first, text);
}

void EventHub::Inside::join(const std::vector<std::string>& wanted, NetworkThread& thread, const std::shared_ptr<Subscriber>& s) {
    std::lock_guard hold(guard);
    for (auto& topic : wanted)
        if (thread.topics[topic].insert(s).second) ++topics[topic][&thread];
}

void EventHub::Inside::leave(const std::vector<std::string>& wanted, NetworkThread& thread, const std::shared_ptr<Subscriber>& s) {
    std::lock_guard hold(guard);
    for (auto& topic : wanted) {
        auto here = thread.topics.find(topic);
        if (here == thread.topics.end() || !here->second.erase(s)) continue;
        if (here->second.empty()) thread.topics.erase(here);
        auto everywhere = topics.find(topic);
        if (--everywhere->second[&thread] == 0) everywhere->second.erase(&thread);
        if (everywhere->second.empty()) topics.erase(everywhere);
    }
}

}  // namespace yimen::web
