#include <limits>

#include "ledger/store.h"

namespace yimen::ledger {
namespace {

// A proof hashes all leaves of its checkpoint anew: 4,096 cost about 6 ms, and one signature for as many entries is
// cheap.
constexpr int64_t most_leaves = 4096;

CheckpointRow make_checkpoint(int64_t division, const std::optional<CheckpointRow>& last, const std::vector<Leaf>& leaves,
                              const crypto::Sm2Key& key, Instant now) {
    CheckpointRow made;
    made.division = division;
    made.number = last ? last->number + 1 : 1;
    made.at = now.time_since_epoch().count();
    made.size = static_cast<int64_t>(leaves.size());
    made.first_id = leaves.front().id;
    made.last_id = leaves.back().id;
    const auto root = merkle_root(leaves);
    made.root = crypto::view(root);
    made.previous = last ? last->hash() : nothing_before;
    made.signature = key.sign(made.text());
    made.leaves = pack(leaves);
    return made;
}

// One checkpoint. The entries that commit late, with smaller ids than others gathered already, are simply still
// pending: they come with the next one.
int64_t gather(db::Database& database, int64_t division, const crypto::Sm2Key& key, Instant now, std::chrono::milliseconds spacing) {
    return database.write([&](db::Tx& tx) -> int64_t {
        if (!store::begin_gathering(tx, division, now, spacing)) return 0;
        const auto last = store::newest_checkpoint(tx, division);
        const auto leaves = store::take_pending(tx, division, most_leaves);
        if (leaves.empty()) return 0;
        store::add(tx, make_checkpoint(division, last, leaves, key, now));
        return static_cast<int64_t>(leaves.size());
    });
}

int64_t gather_all(db::Database& database, int64_t division, const crypto::Sm2Key& key, Instant now, std::chrono::milliseconds spacing) {
    int64_t total = 0;
    for (auto gathered = most_leaves; gathered == most_leaves; spacing = {}) {
        total += gathered = gather(database, division, key, now, spacing);
    }
    return total;
}

}  // namespace

// A division with a damaged row must not keep the others from being gathered.
int64_t checkpoint(db::Database& database, const crypto::Sm2Key& key, Instant now, std::chrono::milliseconds spacing) {
    int64_t total = 0;
    std::exception_ptr failure;
    auto next = [&](int64_t after) { return database.read([&](db::Tx& tx) { return store::next_pending_division(tx, after); }); };
    for (auto division = next(std::numeric_limits<int64_t>::min()); division; division = next(*division)) {
        try {
            total += gather_all(database, *division, key, now, spacing);
        } catch (const db::Unavailable&) {
            throw;
        } catch (const std::exception&) {
            if (!failure) failure = std::current_exception();
        }
    }
    if (failure) std::rethrow_exception(failure);
    return total;
}

}  // namespace yimen::ledger
