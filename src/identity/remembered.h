#pragma once
#include <mutex>
#include <unordered_map>

#include "identity/store.h"

namespace yimen::identity {

// What was found of sessions a moment ago. An act may begin on it and asks in its own round trip (see Context::write) whether it still
// holds: whatever changes who a session stands for raises a number in its row, so that who has signed out or lost a right meanwhile
// is refused all the same. At most 20,000 are kept, each for half a minute and no longer than the day. Safe from any thread.
class RememberedSessions {
  public:
    std::optional<Session> find(std::string_view token, Instant now) const;
    void keep(std::string_view token, const Session&, Instant now);
    void forget(std::string_view token);

  private:
    struct Kept {
        Session session;
        Instant at;
    };
    mutable std::mutex guard_;
    std::unordered_map<std::string, Kept> kept_;  // by the token's hash
};

}  // namespace yimen::identity
