#pragma once
#include <mutex>

#include "web/events.h"
#include "web/network.h"

namespace yimen::web {

// Which threads have subscribers, and to what. The subscribers themselves belong to their threads.
struct EventHub::Inside {
    std::mutex guard;
    std::map<std::string, std::map<NetworkThread*, size_t>, std::less<>> topics;

    // On the subscriber's thread.
    void join(const std::vector<std::string>& wanted, NetworkThread&, const std::shared_ptr<Subscriber>&);
    void leave(const std::vector<std::string>& wanted, NetworkThread&, const std::shared_ptr<Subscriber>&);
};

}  // namespace yimen::web
