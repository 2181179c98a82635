#include "ledger/matching.h"

namespace yimen::ledger {
namespace {

std::string place(const Item& i) { return entry_place(i.division, i.leaf.chain, i.leaf.seq); }
std::string holder(const Item& i) {
    return i.checkpoint ? checkpoint_place(i.division, i.checkpoint) : PendingRow{i.division, i.leaf}.where();
}
const char* holder_kind(const Item& i) { return i.checkpoint ? "checkpoint" : "pending"; }

class Comparison {
  public:
    Comparison(const std::vector<Item>& entries, Findings& findings) : findings_(findings) {
        for (auto& entry : entries) {
            auto& known = known_.emplace_back(Known{entry, nullptr});
            by_label_.emplace(std::tuple(entry.division, entry.leaf.chain, entry.leaf.seq), &known);
            by_hash_.emplace(std::pair(entry.division, entry.leaf.hash), &known);
        }
    }

    // True when the leaf fits; a second leaf for one entry is a fault.
    bool fits(const Item& leaf) {
        auto* known = labelled(leaf);
        if (!known || known->entry.leaf != leaf.leaf) return false;
        if (known->held_by) {
            findings_.add(holder_kind(leaf), holder(leaf),
                          fmt::format("{} stands here and in {} too", place(leaf), holder(*known->held_by)));
        } else {
            known->held_by = &leaf;
        }
        return true;
    }

    // After every leaf that fits was taken: what is wrong with this one?
    void explain(const Item& leaf) {
        auto* known = labelled(leaf);
        if (!known || known->held_by) {
            const auto found = by_hash_.find(std::pair(leaf.division, leaf.leaf.hash));
            known = found == by_hash_.end() ? nullptr : found->second;
        }
        if (!known || known->held_by) {
            findings_.add("missing", place(leaf), fmt::format("{} holds it, but the row is gone", holder(leaf)));
            return;
        }
        known->held_by = &leaf;
        blame(known->entry, leaf);
    }

    void name_entries_held_by_nothing() {
        for (auto& known : known_) {
            if (!known.held_by) findings_.add("entry", place(known.entry), "it is in no checkpoint and not pending");
        }
    }

  private:
    struct Known {
        Item entry;
        const Item* held_by;
    };

    Known* labelled(const Item& leaf) {
        const auto found = by_label_.find(std::tuple(leaf.division, leaf.leaf.chain, leaf.leaf.seq));
        return found == by_label_.end() ? nullptr : found->second;
    }

    // What is signed is believed before what is not.
    void blame(const Item& entry, const Item& leaf) {
        const bool same_hash = entry.leaf.hash == leaf.leaf.hash;
        if (entry.sound && (same_hash || !leaf.checkpoint || !leaf.sound)) {
            findings_.add(holder_kind(leaf), holder(leaf), fmt::format("what it holds does not fit {}", place(entry)));
        } else {
            findings_.add("entry", place(entry), fmt::format("it is not what {} holds", holder(leaf)));
        }
    }

    Findings& findings_;
    std::deque<Known> known_;
    std::map<std::tuple<int64_t, int64_t, int64_t>, Known*> by_label_;
    std::map<std::pair<int64_t, crypto::Digest>, Known*> by_hash_;
};

}  // namespace

void compare(const std::vector<Item>& entries, const std::vector<Item>& leaves, Findings& findings) {
    Comparison comparison(entries, findings);
    std::vector<const Item*> left;
    for (auto& leaf : leaves) {
        if (!comparison.fits(leaf)) left.push_back(&leaf);
    }
    for (auto* leaf : left) comparison.explain(*leaf);
    comparison.name_entries_held_by_nothing();
}

}  // namespace yimen::ledger
