#include "ledger/evidence.h"

#include <boost/json.hpp>

#include "ledger/entry_json.h"
#include "ledger/merkle.h"
#include "ledger/store.h"

namespace yimen::ledger {

namespace json = boost::json;

Evidence evidence(db::Database& database, const crypto::Sm2Key& key, Division division, ChainId chain, int64_t seq, Instant now) {
    Evidence found;
    Recorded recorded{chain, seq, {}};
    database.read([&](db::Tx& tx) {
        for (auto& row : store::entries_of(tx, division, chain)) {
            if (row.seq != seq) continue;
            found.entry = to_json(row);
            if (row.hash.size() == recorded.hash.size()) recorded.hash = to_digest(row.hash, row.where());
        }
    });
    if (!found.entry.empty()) found.proof = prove(database, key, division, recorded, now);
    return found;
}

namespace {

void check_entry(const Evidence& evidence, Checked& checked) try {
    const auto row = entry_from(evidence.entry);
    const auto hash = row.computed_hash();
    checked.hash_hex = crypto::hex(crypto::view(hash));
    checked.act = row.act;
    checked.at = Instant(std::chrono::milliseconds(row.at));
    checked.after = json::parse(row.after).as_object();
    checked.entry = evidence.proof && hash == evidence.proof->leaf;
} catch (const std::exception&) {
    checked.entry = false;  // not what an entry looks like: that is the answer
}

}  // namespace

Checked check(const Evidence& evidence, const crypto::Sm2Key& public_key) {
    Checked checked;
    check_entry(evidence, checked);
    if (!evidence.proof) return checked;
    auto& proof = *evidence.proof;
    checked.checkpoint = proof.checkpoint;
    checked.size = proof.size;
    if (const auto row = CheckpointRow::from_text(proof.checkpoint_text)) {
        checked.gathered_at = Instant(std::chrono::milliseconds(row->at));
        const auto root = merkle::root_along(proof.leaf, proof.index, proof.size, proof.path);
        checked.path = root && row->size == proof.size && row->root == crypto::view(*root);
        checked.signature = public_key.verify(proof.checkpoint_text, proof.signature);
    }
    return checked;
}

}  // namespace yimen::ledger
