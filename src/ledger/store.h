#pragma once
#include "ledger/rows.h"

// The ledger's SQL.
namespace yimen::ledger::store {

// The newest entry of a chain: {seq, hash}.
std::shared_ptr<db::Answer> ask_head(db::Tx&, Division, ChainId);
// Adds the entry and its pending row; both travel with the commit.
void add(db::Tx&, const EntryRow&);
std::vector<EntryRow> entries_of(db::Tx&, Division, ChainId);

// The first division after `after` that has something pending, or has a checkpoint.
std::optional<int64_t> next_pending_division(db::Tx&, int64_t after);
std::optional<int64_t> next_checkpoint_division(db::Tx&, int64_t after);
// Holds the division's lock until the transaction ends; false when it was gathered within `spacing` before now.
bool begin_gathering(db::Tx&, int64_t division, Instant now, std::chrono::milliseconds spacing);
// Takes away, and gives in order of id, the oldest pending leaves.
std::vector<Leaf> take_pending(db::Tx&, int64_t division, int64_t at_most);
// Without its leaves.
std::optional<CheckpointRow> newest_checkpoint(db::Tx&, int64_t division);
void add(db::Tx&, const CheckpointRow&);

struct Found {
    int64_t id = 0;
    std::string hash;
    bool pending = false;
};
std::optional<Found> find(db::Tx&, Division, ChainId, int64_t seq);
// The first checkpoint, in order of last id beyond `after_last_id`, whose range of ids holds `id`.
std::optional<CheckpointRow> checkpoint_around(db::Tx&, Division, int64_t id, int64_t after_last_id);

// What is still to be gathered of a chain, by seq.
std::map<int64_t, Leaf> pending_of(db::Tx&, Division, ChainId, int64_t first_id, int64_t last_id);

// While it lives, all that is read in `tx` (of Database::read) is as it was when the first row was read.
class Snapshot {
  public:
    Snapshot(db::Tx& tx, bool postgresql);
    ~Snapshot();
    Snapshot(const Snapshot&) = delete;

  private:
    db::Tx& tx_;
};

// Reading everything, in the order of the primary keys. `fault` gets a row that cannot be read (a column of another
// type).
using Unreadable = std::function<void(const std::string& where, const std::string& why)>;
void each_entry(db::Tx&, const std::function<void(const EntryRow&)>&, const Unreadable&);
void each_checkpoint(db::Tx&, const std::function<void(const CheckpointRow&)>&, const Unreadable&);
void each_pending(db::Tx&, const std::function<void(const PendingRow&)>&, const Unreadable&);

}  // namespace yimen::ledger::store
