#include <limits>
#include <stdexcept>

#include "ledger/audit.h"
#include "ledger/store.h"

namespace yimen::ledger {
namespace {

class DatabaseSource final : public Source {
  public:
    explicit DatabaseSource(db::Tx& tx) : tx_(tx) {}
    void entries(const std::function<void(const EntryRow&)>& take, Findings& findings) override {
        store::each_entry(tx_, take, unreadable("entry", findings));
    }
    void checkpoints(const std::function<void(const CheckpointRow&)>& take, Findings& findings) override {
        store::each_checkpoint(tx_, take, unreadable("checkpoint", findings));
    }
    void pending(const std::function<void(const PendingRow&)>& take, Findings& findings) override {
        store::each_pending(tx_, take, unreadable("pending", findings));
    }

  private:
    static store::Unreadable unreadable(const char* what, Findings& findings) {
        return [what, &findings](const std::string& where, const std::string& why) { findings.add(what, where, why); };
    }
    db::Tx& tx_;
};

class Subjects {
  public:
    Subjects(db::Tx& tx, const std::map<std::string, SubjectDigest>& digests) : tx_(tx), digests_(digests) {}

    void operator()(const EntryRow& last, Findings& findings) const {
        const auto digest = digests_.find(last.kind);
        if (digest == digests_.end()) return;
        ++findings.report.subjects;
        const auto where = fmt::format("{} {}/{}", last.kind, last.division, id_text(last.chain));
        const auto now = computed(digest->second, last, where, findings);
        if (!now) return;
        if (!*now && last.subject_digest != no_rows) findings.add("subject", where, "its rows are gone");
        if (*now && **now != last.subject_digest) {
            findings.add("subject", where, fmt::format("its rows are not as {} left them", last.where()));
        }
    }

  private:
    // Nothing where the rows have become unreadable, which is a fault and no reason to stop.
    std::optional<std::optional<std::string>> computed(const SubjectDigest& digest, const EntryRow& last, const std::string& where,
                                                       Findings& findings) const {
        try {
            return digest(tx_, Division(static_cast<int>(last.division)), ChainId{last.chain});
        } catch (const std::logic_error& error) {
            findings.add("subject", where, error.what());
            return std::nullopt;
        }
    }

    db::Tx& tx_;
    const std::map<std::string, SubjectDigest>& digests_;
};

// Where each entry of one chain is kept.
class Keeping {
  public:
    Keeping(db::Tx& tx, Division division, const std::vector<EntryRow>& entries) : tx_(tx), division_(division) {
        if (entries.empty()) return;
        const auto [first, last] = std::minmax_element(entries.begin(), entries.end(), [](auto& a, auto& b) { return a.id < b.id; });
        pending_ = store::pending_of(tx, division, ChainId{first->chain}, first->id, last->id);
    }

    const Leaf* pending(const EntryRow& e) const {
        const auto found = pending_.find(e.seq);
        return found == pending_.end() ? nullptr : &found->second;
    }
    // The checkpoint with a leaf of the entry's id, and that leaf; ranges of ids overlap only by what committed late.
    std::optional<std::pair<const CheckpointRow*, Leaf>> holder(const EntryRow& e) {
        for (auto& [number, row] : read_)
            if (const auto leaf = leaf_in(row, e.id)) return std::pair(&row, *leaf);
        for (int64_t after = std::numeric_limits<int64_t>::min();;) {
            auto row = store::checkpoint_around(tx_, division_, e.id, after);
            if (!row) return std::nullopt;
            after = row->last_id;
            const auto leaf = leaf_in(*row, e.id);
            auto& kept = read_.insert_or_assign(row->number, std::move(*row)).first->second;
            if (leaf) return std::pair(&kept, *leaf);
        }
    }

  private:
    static std::optional<Leaf> leaf_in(const CheckpointRow& row, int64_t id) {
        if (id < row.first_id || id > row.last_id) return std::nullopt;
        const auto leaves = unpack(row.leaves).value_or(std::vector<Leaf>());
        const auto found = std::find_if(leaves.begin(), leaves.end(), [&](auto& leaf) { return leaf.id == id; });
        return found == leaves.end() ? std::nullopt : std::optional(*found);
    }

    db::Tx& tx_;
    Division division_;
    std::map<int64_t, Leaf> pending_;
    std::map<int64_t, CheckpointRow> read_;
};

bool same(const Leaf& leaf, const EntryRow& e) { return leaf.chain == e.chain && leaf.seq == e.seq && crypto::view(leaf.hash) == e.hash; }

void check_keeping(Keeping& keeping, const EntryRow& e, const crypto::Sm2Key& key, std::set<int64_t>& sound, Findings& findings) {
    if (const auto* leaf = keeping.pending(e)) {
        ++findings.report.pending;
        if (!same(*leaf, e)) findings.add("pending", e.where(), "what is pending does not fit it");
        return;
    }
    const auto held = keeping.holder(e);
    if (!held) return findings.add("entry", e.where(), "it is in no checkpoint and not pending");
    const auto& [row, leaf] = *held;
    if (!same(leaf, e)) findings.add("entry", e.where(), fmt::format("it is not what {} holds", row->where()));
    if (!sound.insert(row->number).second) return;
    ++findings.report.checkpoints;
    if (!key.verify(row->text(), row->signature)) findings.add("signature", row->where(), "the signature does not fit its columns");
    if (crypto::view(merkle_root(*unpack(row->leaves))) != row->root)
        findings.add("checkpoint", row->where(), "its leaves do not give its root");
}

}  // namespace

Report verify_chain(db::Database& database, const crypto::Sm2Key& public_key, Division division, ChainId chain,
                    const std::map<std::string, SubjectDigest>& digests) {
    return database.read([&](db::Tx& tx) {
        const store::Snapshot one_moment(tx, database.is_postgresql());
        Findings findings;
        const auto entries = store::entries_of(tx, division, chain);
        const AtChainEnd at_end = Subjects(tx, digests);
        ChainAudit audit(findings, at_end);
        Keeping keeping(tx, division, entries);
        std::set<int64_t> seen;
        for (auto& entry : entries) {
            ++findings.report.entries;
            audit.next(entry);
            check_keeping(keeping, entry, public_key, seen, findings);
        }
        audit.finish();
        return std::move(findings.report);
    });
}

std::vector<int64_t> checkpoints_of(db::Tx& tx, Division division, ChainId chain) {
    const auto entries = store::entries_of(tx, division, chain);
    Keeping keeping(tx, division, entries);
    std::vector<int64_t> numbers;
    for (auto& entry : entries) {
        const auto held = keeping.pending(entry) ? std::nullopt : keeping.holder(entry);
        numbers.push_back(held ? held->first->number : 0);
    }
    return numbers;
}

Report verify_all(db::Database& database, const crypto::Sm2Key& public_key, const std::map<std::string, SubjectDigest>& digests,
                  const std::vector<Witness>& witnesses) {
    return database.read([&](db::Tx& tx) {
        const store::Snapshot one_moment(tx, database.is_postgresql());
        DatabaseSource source(tx);
        return audit(source, public_key, witnesses, Subjects(tx, digests));
    });
}

}  // namespace yimen::ledger
