#include "db/node.h"

#include "base/log.h"

namespace yimen::db {

namespace {

using namespace std::chrono_literals;

constexpr int numbers = 512;
constexpr auto term = 10min;
constexpr auto renewal = 1min;

// The smallest number that nobody holds, or whose lease ran out.
std::optional<int> free_number(Tx& tx, Instant now) {
    std::set<int64_t> held;
    for (auto row : tx.query("SELECT number FROM node WHERE until >= $1", now)) held.insert(row.get<int64_t>(0));
    for (int n = 0; n < numbers; ++n)
        if (!held.contains(n)) return n;
    return std::nullopt;
}

// False when another program was quicker.
bool take(Tx& tx, int number, const std::string& holder, Instant now) {
    return tx.run(
               "INSERT INTO node (number, holder, until) VALUES ($1, $2, $3) ON CONFLICT (number) DO UPDATE SET holder = $2, until = $3 "
               "WHERE node.until < $4",
               number, holder, now + term, now) == 1;
}

}  // namespace

NodeLease::NodeLease(Database& database, const Clock& clock, std::string holder)
    : database_(database), clock_(clock), holder_(std::move(holder)) {
    lease();
    thread_ = std::thread([this] { renew_until_stopped(); });
}

NodeLease::~NodeLease() {
    {
        std::lock_guard hold(guard_);
        stopping_ = true;
    }
    stop_.notify_all();
    thread_.join();
    try {
        database_.write([&](Tx& tx) { tx.run("DELETE FROM node WHERE number = $1 AND holder = $2", number_.load(), holder_); });
    } catch (const std::exception& e) {
        log::warning("node_number_kept", {{"why", e.what()}});  // it runs out by itself
    }
}

void NodeLease::lease() {
    for (int attempt = 0; attempt < 100; ++attempt) {
        auto taken = database_.write([&](Tx& tx) -> std::optional<int> {
            auto number = free_number(tx, clock_.now());
            if (!number) throw std::runtime_error("all 512 node numbers are held; one runs out ten minutes after its program ended");
            return take(tx, *number, holder_, clock_.now()) ? number : std::nullopt;
        });
        if (!taken) continue;
        number_ = *taken;
        set_node(*taken);
        return;
    }
    throw std::runtime_error("no node number could be leased: others were always quicker");
}

void NodeLease::renew_until_stopped() {
    std::unique_lock hold(guard_);
    while (!stop_.wait_for(hold, renewal, [&] { return stopping_; })) try {
            auto renewed = database_.write([&](Tx& tx) {
                return tx.run("UPDATE node SET until = $1 WHERE number = $2 AND holder = $3", clock_.now() + term, number_.load(), holder_);
            });
            if (renewed == 0) {
                log::warning("node_number_lost", {{"number", number_.load()}});
                lease();
            }
        } catch (const std::exception& e) {
            log::warning("node_number_not_renewed", {{"why", e.what()}});
        }
}

std::vector<std::string> node_holders(Database& database, Instant now) {
    return database.read([&](Tx& tx) {
        std::vector<std::string> holders;
        for (auto row : tx.query("SELECT holder FROM node WHERE until >= $1 ORDER BY number", now))
            holders.push_back(row.get<std::string>(0));
        return holders;
    });
}

}  // namespace yimen::db
