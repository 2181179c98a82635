#pragma once
#include <functional>
#include <vector>

#include "ledger/rows.h"

// Whether every entry is in exactly one checkpoint (or pending) and every leaf has its entry, told from two readings in
// any order and little memory: each side adds up a keyed hash of its items in 65,536 sums chosen by the chain, and
// equal sums mean equal items. The key is drawn anew each time, so nobody can prepare items that cancel out. Only the
// sums that differ are looked into, by reading again.
namespace yimen::ledger {

class Findings {
  public:
    void add(std::string what, std::string where, std::string detail);
    bool full() const;

    Report report;

  private:
    std::set<std::pair<std::string, std::string>> known_;
};

// An entry, or a leaf that stands for one. `sound`: the entry's hash fits its columns; the leaf's checkpoint is as it
// was signed.
struct Item {
    int64_t division = 0;
    Leaf leaf;
    bool sound = true;
    int64_t checkpoint = 0;  // of a leaf: 0 while it is pending
};

class Matching {
  public:
    Matching();
    void entry(int64_t division, const Leaf& leaf) { add(division, leaf, 1); }
    void leaf(int64_t division, const Leaf& leaf) { add(division, leaf, -1); }

    // Sums that differ, in groups whose items fit into memory together.
    std::vector<std::vector<uint16_t>> suspicious() const;
    uint16_t bucket(int64_t chain) const;

  private:
    struct Sum {
        std::array<uint64_t, 4> total{};
        uint64_t items = 0;
    };
    void add(int64_t division, const Leaf&, int sign);

    std::string key_;
    uint64_t salt_ = 0;
    std::vector<Sum> sums_;
};

// Names what does not fit among all items of some sums.
void compare(const std::vector<Item>& entries, const std::vector<Item>& leaves, Findings&);

}  // namespace yimen::ledger
