#include "web/limits.h"

namespace yimen::web {

struct RateLimit::Inside {
    struct Bucket {
        double left;
        Instant at;
    };
    double burst, per_millisecond;
    size_t most;
    std::mutex guard;
    std::unordered_map<std::string, Bucket> buckets;

    // Full buckets say nothing: they go when room is needed. Where every bucket is in use, all start anew.
    void make_room(Instant now) {
        if (buckets.size() < most) return;
        std::erase_if(buckets, [&](auto& entry) {
            return entry.second.left + static_cast<double>((now - entry.second.at).count()) * per_millisecond >= burst;
        });
        if (buckets.size() >= most) buckets.clear();
    }
};

RateLimit::RateLimit(int burst, double per_minute, size_t max_keys) : inside_(std::make_unique<Inside>()) {
    inside_->burst = burst;
    inside_->per_millisecond = per_minute / 60000;
    inside_->most = max_keys;
}
RateLimit::~RateLimit() = default;

bool RateLimit::allow(std::string_view key, Instant now) {
    std::lock_guard hold(inside_->guard);
    inside_->make_room(now);
    auto [found, fresh] = inside_->buckets.try_emplace(std::string(key), Inside::Bucket{inside_->burst, now});
    auto& bucket = found->second;
    auto passed = static_cast<double>(std::max<int64_t>(0, (now - bucket.at).count()));
    bucket = {std::min(inside_->burst, bucket.left + passed * inside_->per_millisecond), now};
    if (bucket.left < 1) return false;
    bucket.left -= 1;
    return true;
}

}  // namespace yimen::web
