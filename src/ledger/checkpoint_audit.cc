#include "ledger/audit.h"

namespace yimen::ledger {

CheckpointAudit::CheckpointAudit(Findings& findings, const crypto::Sm2Key& key, const std::vector<Witness>& witnesses)
    : findings_(findings), key_(key) {
    for (auto& witness : witnesses) {
        const auto row = CheckpointRow::from_text(witness.checkpoint_text);
        if (row && key.verify(witness.checkpoint_text, witness.signature)) {
            witnesses_[{row->division, row->number}] = witness.checkpoint_text;
        } else {
            findings.add("witness", row ? row->where() : "", "the witness itself is not signed with this key");
        }
    }
}

bool CheckpointAudit::next(const CheckpointRow& row) {
    if (!begun_ || row.division != division_) {
        begun_ = true;
        division_ = row.division;
        expected_ = 1;
        last_hash_ = nothing_before;
    }
    check_witness(row);
    const bool signature_fits = key_.verify(row.text(), row.signature);
    if (signature_fits) {
        check_place_in_chain(row);
    } else {
        findings_.add("signature", row.where(), "the signature does not fit its columns");
        if (row.number > expected_) {
            findings_.add("missing", checkpoint_place(row.division, expected_), "the row is gone");
        }
    }
    const bool tree_fits = leaves_give_root(row);
    expected_ = number_after(row.number, expected_);
    last_hash_ = signature_fits ? row.hash() : "";
    return signature_fits && tree_fits;
}

void CheckpointAudit::check_place_in_chain(const CheckpointRow& row) {
    if (row.number > expected_) {
        const auto gap = row.number - expected_ > 1 ? fmt::format(", and those up to {}", row.number - 1) : "";
        findings_.add("missing", checkpoint_place(row.division, expected_), "the row is gone" + gap);
    } else if (row.number < expected_) {
        findings_.add("checkpoint", row.where(), fmt::format("number {} was expected here", expected_));
    } else if (!last_hash_.empty() && row.previous != last_hash_) {
        findings_.add("chain", row.where(), "it does not continue the checkpoint before it");
    }
}

bool CheckpointAudit::leaves_give_root(const CheckpointRow& row) {
    const auto leaves = unpack(row.leaves);
    const auto wrong = [&](const char* why) { return findings_.add("checkpoint", row.where(), why), false; };
    if (!leaves) return wrong("its leaves cannot be read");
    if (leaves->empty() || static_cast<int64_t>(leaves->size()) != row.size) return wrong("the number of its leaves is wrong");
    const auto root = merkle_root(*leaves);
    if (row.root != crypto::view(root)) return wrong("its leaves do not give its root");
    const auto in_order = std::adjacent_find(leaves->begin(), leaves->end(), [](auto& a, auto& b) { return a.id >= b.id; });
    if (in_order != leaves->end()) return wrong("its leaves are not in order");
    if (leaves->front().id != row.first_id || leaves->back().id != row.last_id) return wrong("its range of ids is wrong");
    return true;
}

void CheckpointAudit::check_witness(const CheckpointRow& row) {
    const auto witness = witnesses_.find({row.division, row.number});
    if (witness == witnesses_.end()) return;
    if (witness->second != row.text()) findings_.add("witness", row.where(), "it is not the one that the witness saw");
    witnesses_.erase(witness);
}

void CheckpointAudit::finish() {
    for (auto& [key, text] : witnesses_) {
        findings_.add("witness", checkpoint_place(key.first, key.second), "the witness saw it; it is gone");
    }
}

}  // namespace yimen::ledger
