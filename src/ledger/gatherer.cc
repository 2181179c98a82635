#include "ledger/gatherer.h"

#include "base/log.h"

namespace yimen::ledger {
namespace {

constexpr std::chrono::milliseconds longest_wait = std::chrono::seconds(30);

}  // namespace

Gatherer::Gatherer(db::Database& database, crypto::Sm2Key key, const Clock& clock, std::chrono::milliseconds every)
    : database_(database), key_(std::move(key)), clock_(clock), every_(every), thread_([this] { run(); }) {}

Gatherer::~Gatherer() { stop(); }

void Gatherer::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    stopping_changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

bool Gatherer::stops_within(std::chrono::milliseconds wait) {
    std::unique_lock lock(mutex_);
    return stopping_changed_.wait_for(lock, wait, [this] { return stopping_; });
}

// Any failure is survived, not only that of the database: a row that somebody damaged must not end the gathering of
// others.
bool Gatherer::gather(std::chrono::milliseconds spacing) {
    try {
        gathered_ += checkpoint(database_, key_, clock_.now(), spacing);
    } catch (const std::exception& error) {
        if (healthy_.exchange(false)) log::error("ledger.gathering_failed", {{"why", error.what()}});
        return false;
    }
    if (!healthy_.exchange(true)) log::info("ledger.gathering_resumed");
    return true;
}

void Gatherer::run() {
    auto wait = every_;
    while (!stops_within(wait)) {
        // A little less than the interval, or nodes of one rhythm would skip every other turn.
        wait = gather(every_ * 3 / 4) ? every_ : std::min(std::max(wait * 2, every_), longest_wait);
    }
    gather({});
}

}  // namespace yimen::ledger
