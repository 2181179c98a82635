#include "identity/remembered.h"

namespace yimen::identity {

namespace {

constexpr size_t most = 20'000;
constexpr auto lasts = std::chrono::seconds(30);

std::string key_of(std::string_view token) { return std::string(crypto::view(crypto::sm3(token))); }

}  // namespace

std::optional<Session> RememberedSessions::find(std::string_view token, Instant now) const {
    auto key = key_of(token);
    std::lock_guard hold(guard_);
    auto found = kept_.find(key);
    if (found == kept_.end()) return std::nullopt;
    auto& [session, at] = found->second;
    // Mandates run out with the day.
    if (now - at > lasts || session.ends_at <= now || shanghai_date(at) != shanghai_date(now)) return std::nullopt;
    return session;
}

void RememberedSessions::keep(std::string_view token, const Session& session, Instant now) {
    auto key = key_of(token);
    std::lock_guard hold(guard_);
    if (kept_.size() >= most) kept_.clear();
    kept_.insert_or_assign(std::move(key), Kept{session, now});
}

void RememberedSessions::forget(std::string_view token) {
    auto key = key_of(token);
    std::lock_guard hold(guard_);
    kept_.erase(key);
}

}  // namespace yimen::identity
