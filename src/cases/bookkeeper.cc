#include "cases/bookkeeper.h"

#include "base/log.h"
#include "cases/store_work.h"

namespace yimen::cases {

namespace {

// So many at once that a busy second fits, and so few that no act waits long for the one writer of SQLite.
constexpr int64_t at_once = 2000;

}  // namespace

Bookkeeper::Bookkeeper(db::Database& database, Division division, std::chrono::milliseconds every)
    : database_(database), division_(division), every_(every), thread_([this] { run(); }) {}

Bookkeeper::~Bookkeeper() { stop(); }

void Bookkeeper::stop() {
    {
        std::lock_guard hold(guard_);
        stopping_ = true;
    }
    stopping_changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Bookkeeper::fold() try {
    if (database_.read([&](db::Tx& tx) { return any_move(tx, division_); }))
        while (database_.write([&](db::Tx& tx) { return fold_moves(tx, division_, at_once); }) == at_once) {
        }
    if (!std::exchange(healthy_, true)) log::info("cases.folding_resumed");
} catch (const std::exception& error) {
    if (std::exchange(healthy_, false)) log::error("cases.folding_failed", {{"why", error.what()}});
}

void Bookkeeper::run() {
    std::unique_lock hold(guard_);
    while (!stopping_changed_.wait_for(hold, every_, [this] { return stopping_; })) {
        hold.unlock();
        fold();
        hold.lock();
    }
}

}  // namespace yimen::cases
