#include "ledger/matching.h"

#include <cstring>

namespace yimen::ledger {
namespace {

constexpr size_t most_faults = 1000;
constexpr size_t sums = 1 << 16;
constexpr uint64_t items_at_once = 500'000;  // about 50 MB

}  // namespace

bool Findings::full() const { return report.faults.size() >= most_faults; }

void Findings::add(std::string what, std::string where, std::string detail) {
    if (report.faults.size() > most_faults) return;
    if (!known_.emplace(what, where).second) return;
    if (full()) {
        report.faults.push_back({"more", "", "There are more faults than these."});
        return;
    }
    report.faults.push_back({std::move(what), std::move(where), std::move(detail)});
}

Matching::Matching() : key_(crypto::random_bytes(32)), sums_(sums) {
    const auto salt = crypto::random_bytes(sizeof salt_);
    std::memcpy(&salt_, salt.data(), sizeof salt_);
}

uint16_t Matching::bucket(int64_t chain) const {
    uint64_t mixed = (static_cast<uint64_t>(chain) ^ salt_) * 0x9e3779b97f4a7c15;  // Fibonacci hashing
    return static_cast<uint16_t>(mixed >> 48);
}

void Matching::add(int64_t division, const Leaf& leaf, int sign) {
    auto& sum = sums_[bucket(leaf.chain)];
    const auto digest = crypto::sm3(key_ + fmt::format("{}:", division) + pack({leaf}));
    std::array<uint64_t, 4> parts;
    std::memcpy(parts.data(), digest.data(), digest.size());
    for (size_t i = 0; i < parts.size(); ++i) sum.total[i] += sign > 0 ? parts[i] : 0 - parts[i];
    ++sum.items;
}

std::vector<std::vector<uint16_t>> Matching::suspicious() const {
    std::vector<std::vector<uint16_t>> groups;
    uint64_t items = items_at_once;
    for (size_t i = 0; i < sums_.size(); ++i) {
        if (sums_[i].total == std::array<uint64_t, 4>{}) continue;
        if (items + sums_[i].items > items_at_once) groups.emplace_back(), items = 0;
        groups.back().push_back(static_cast<uint16_t>(i));
        items += sums_[i].items;
    }
    return groups;
}

}  // namespace yimen::ledger
