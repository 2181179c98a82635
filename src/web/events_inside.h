#pragma once
#include <deque>
#include <mutex>
#include <set>

#include <boost/asio/steady_timer.hpp>

#include "web/events.h"

namespace yimen::web {

// One open stream. Everything but `executor` belongs to the connection's own thread.
struct Subscriber {
    explicit Subscriber(boost::asio::any_io_executor e) : executor(e), wake(e) {}
    static constexpr size_t most_waiting = 64;

    boost::asio::any_io_executor executor;
    boost::asio::steady_timer wake;  // cancelled when there is something to send
    std::deque<std::string> waiting;
    bool ended = false;
};

struct EventHub::Inside {
    std::mutex guard;
    std::map<std::string, std::set<std::shared_ptr<Subscriber>>, std::less<>> topics;

    void join(const std::vector<std::string>& wanted, const std::shared_ptr<Subscriber>&);
    void leave(const std::vector<std::string>& wanted, const std::shared_ptr<Subscriber>&);
    // Ends every stream: the server stops.
    void end_all();
};

}  // namespace yimen::web
