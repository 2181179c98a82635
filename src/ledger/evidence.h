#pragma once
#include <boost/json/object.hpp>

#include "ledger/ledger.h"

// One entry as a stranger can check it: its fields, and the proof that it is in a signed checkpoint.
namespace yimen::ledger {

struct Evidence {
    boost::json::object entry;   // its fields as an export writes them; empty where there is no such entry
    std::optional<Proof> proof;  // nothing where no checkpoint holds the entry with the hash it has today
};
// Of the seq-th entry of a chain. What is pending is gathered first.
Evidence evidence(db::Database&, const crypto::Sm2Key&, Division, ChainId, int64_t seq, Instant now);

// What holds and what does not, each checked on its own.
struct Checked {
    bool entry = false;      // the fields give the hash that the proof begins with
    bool path = false;       // the proof's path leads from that hash to the checkpoint's root
    bool signature = false;  // the checkpoint is signed with that key
    int64_t checkpoint = 0, size = 0;
    Instant gathered_at{};
    std::string hash_hex, act;
    Instant at{};
    boost::json::object after;
    bool all() const { return entry && path && signature; }
};
// Needs nothing but what it is given. Fields that are missing or of another kind make `entry` false.
Checked check(const Evidence&, const crypto::Sm2Key& public_key);

}  // namespace yimen::ledger
