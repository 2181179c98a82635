#pragma once
#include <functional>
#include <limits>

#include "ledger/matching.h"

// Verification, whether the rows come from the database or from an export.
namespace yimen::ledger {

// The ledger's rows, each table in the order of its primary key; may be read several times and gives the same each
// time.
class Source {
  public:
    virtual ~Source() = default;
    virtual void entries(const std::function<void(const EntryRow&)>&, Findings&) = 0;
    virtual void checkpoints(const std::function<void(const CheckpointRow&)>&, Findings&) = 0;
    virtual void pending(const std::function<void(const PendingRow&)>&, Findings&) = 0;
};

// Called at the end of each chain with its last entry that carries a subject's digest.
using AtChainEnd = std::function<void(const EntryRow&, Findings&)>;

Report audit(Source&, const crypto::Sm2Key& public_key, const std::vector<Witness>&, const AtChainEnd&);

// The number that should follow; one out of order, or the largest there is, moves nothing.
inline int64_t number_after(int64_t number, int64_t expected) {
    return number < expected || number == std::numeric_limits<int64_t>::max() ? expected : number + 1;
}

// Entry after entry: its hash, and that it continues its chain.
class ChainAudit {
  public:
    ChainAudit(Findings& findings, const AtChainEnd& at_end) : findings_(findings), at_end_(at_end) {}
    void next(const EntryRow&);
    void finish();

  private:
    void begin(const EntryRow&);
    void check_place_in_chain(const EntryRow&, bool sound);

    Findings& findings_;
    const AtChainEnd& at_end_;
    bool begun_ = false;
    int64_t division_ = 0, chain_ = 0, expected_ = 1;
    // What the next entry's `prev` may be: the last hash as stored, or as it is computed where the stored one was
    // changed.
    std::string stored_, computed_;
    bool last_known_ = false;
    std::optional<EntryRow> with_digest_;
};

// Checkpoint after checkpoint: signature, chain, tree, and the witnesses.
class CheckpointAudit {
  public:
    CheckpointAudit(Findings&, const crypto::Sm2Key&, const std::vector<Witness>&);
    // True when the row is as it was signed and its leaves give its root.
    bool next(const CheckpointRow&);
    void finish();

  private:
    void check_place_in_chain(const CheckpointRow&);
    bool leaves_give_root(const CheckpointRow&);
    void check_witness(const CheckpointRow&);

    Findings& findings_;
    const crypto::Sm2Key& key_;
    std::map<std::pair<int64_t, int64_t>, std::string> witnesses_;  // by division and number
    int64_t division_ = 0, expected_ = 1;
    std::string last_hash_;  // empty where it is not known
    bool begun_ = false;
};

}  // namespace yimen::ledger
