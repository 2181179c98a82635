#pragma once
#include <chrono>
#include <memory>
#include <string_view>

#include "base/clock.h"

namespace yimen::web {

// A token bucket for each key (address, account), in this process: `burst` at once, then `per_minute`. Bounded memory.
class RateLimit {
  public:
    RateLimit(int burst, double per_minute, size_t max_keys = 65536);
    ~RateLimit();
    // False: too many; answer 429 with Retry-After.
    bool allow(std::string_view key, Instant now);

  private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace yimen::web
