#include "ledger/audit.h"

namespace yimen::ledger {

void ChainAudit::begin(const EntryRow& e) {
    finish();
    begun_ = true;
    division_ = e.division;
    chain_ = e.chain;
    expected_ = 1;
    stored_ = computed_ = nothing_before;
    last_known_ = true;
    ++findings_.report.chains;
}

void ChainAudit::finish() {
    if (with_digest_) at_end_(*with_digest_, findings_);
    with_digest_.reset();
}

void ChainAudit::check_place_in_chain(const EntryRow& e, bool sound) {
    if (e.seq < expected_) {
        findings_.add("chain", e.where(), fmt::format("number {} was expected here", expected_));
        return;
    }
    if (e.seq > expected_) {
        const auto gap = e.seq - expected_ > 1 ? fmt::format(", and those up to {}", e.seq - 1) : "";
        findings_.add("missing", entry_place(division_, chain_, expected_), "the row is gone" + gap);
        return;
    }
    // A row whose hash is wrong is named for that; its `prev` may be what was changed.
    if (last_known_ && sound && e.prev != stored_ && e.prev != computed_) {
        findings_.add("chain", e.where(), "it does not continue the entry before it");
    }
}

void ChainAudit::next(const EntryRow& e) {
    if (!begun_ || e.division != division_ || e.chain != chain_) begin(e);
    const auto computed = e.computed_hash();
    const bool sound = e.hash == crypto::view(computed);
    if (!sound) findings_.add("entry", e.where(), "its hash does not fit its columns");
    check_place_in_chain(e, sound);
    expected_ = number_after(e.seq, expected_);
    stored_ = e.hash;
    computed_ = crypto::view(computed);
    if (!e.subject_digest.empty()) with_digest_ = e;
}

}  // namespace yimen::ledger
