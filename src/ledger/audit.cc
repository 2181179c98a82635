#include "ledger/audit.h"

namespace yimen::ledger {
namespace {

struct Audit {
    Source& source;
    Findings& findings;
    Matching matching;
    std::set<std::pair<int64_t, int64_t>> unsound;  // checkpoints

    static Leaf leaf_of(const EntryRow& e) {
        Leaf leaf{e.id, e.chain, e.seq, {}};
        // A hash of another length cannot match; the entry is named for it already.
        std::copy_n(e.hash.begin(), std::min(e.hash.size(), leaf.hash.size()), leaf.hash.begin());
        return leaf;
    }

    void entries(const AtChainEnd& at_end) {
        ChainAudit chains(findings, at_end);
        source.entries(
            [&](const EntryRow& entry) {
                ++findings.report.entries;
                chains.next(entry);
                matching.entry(entry.division, leaf_of(entry));
            },
            findings);
        chains.finish();
    }

    void checkpoints(const crypto::Sm2Key& key, const std::vector<Witness>& witnesses) {
        CheckpointAudit checks(findings, key, witnesses);
        source.checkpoints(
            [&](const CheckpointRow& row) {
                ++findings.report.checkpoints;
                if (!checks.next(row)) unsound.emplace(row.division, row.number);
                for (auto& leaf : unpack(row.leaves).value_or(std::vector<Leaf>())) matching.leaf(row.division, leaf);
            },
            findings);
        checks.finish();
        source.pending(
            [&](const PendingRow& row) {
                ++findings.report.pending;
                matching.leaf(row.division, row.leaf);
            },
            findings);
    }

    void look_into(const std::vector<uint16_t>& sums) {
        std::vector<bool> wanted(1 << 16);
        for (auto sum : sums) wanted[sum] = true;
        std::vector<Item> entries, leaves;
        const auto collect = [&](std::vector<Item>& into, const Item& item) {
            if (wanted[matching.bucket(item.leaf.chain)]) into.push_back(item);
        };
        Findings known;  // what cannot be read was named at the first reading
        source.entries(
            [&](const EntryRow& e) {
                if (!wanted[matching.bucket(e.chain)]) return;
                const auto computed = e.computed_hash();
                collect(entries, {e.division, leaf_of(e), e.hash == crypto::view(computed), 0});
            },
            known);
        source.checkpoints(
            [&](const CheckpointRow& row) {
                const bool sound = !unsound.contains({row.division, row.number});
                for (auto& leaf : unpack(row.leaves).value_or(std::vector<Leaf>())) {
                    collect(leaves, {row.division, leaf, sound, row.number});
                }
            },
            known);
        source.pending([&](const PendingRow& row) { collect(leaves, {row.division, row.leaf, true, 0}); }, known);
        compare(entries, leaves, findings);
    }
};

}  // namespace

Report audit(Source& source, const crypto::Sm2Key& public_key, const std::vector<Witness>& witnesses, const AtChainEnd& at_end) {
    Findings findings;
    Audit audit{source, findings, {}, {}};
    audit.entries(at_end);
    audit.checkpoints(public_key, witnesses);
    for (auto& sums : audit.matching.suspicious()) {
        if (findings.full()) break;
        audit.look_into(sums);
    }
    return std::move(findings.report);
}

}  // namespace yimen::ledger
