#include "ledger/merkle.h"

namespace yimen::ledger::merkle {
namespace {

Digest node_hash(const Digest& left, const Digest& right) {
    std::array<char, 65> bytes;
    bytes[0] = 1;
    std::copy(left.begin(), left.end(), bytes.begin() + 1);
    std::copy(right.begin(), right.end(), bytes.begin() + 33);
    return crypto::sm3({bytes.data(), bytes.size()});
}

// `level` holds the hashes of one level and becomes the one above; a hash without a neighbour moves up as it is, which
// gives the tree of RFC 6962.
void climb(std::vector<Digest>& level) {
    const size_t pairs = level.size() / 2;
    for (size_t i = 0; i < pairs; ++i) level[i] = node_hash(level[2 * i], level[2 * i + 1]);
    if (level.size() % 2) level[pairs] = level.back();
    level.resize((level.size() + 1) / 2);
}

std::vector<Digest> leaf_hashes(std::span<const Digest> values) {
    std::vector<Digest> level;
    level.reserve(values.size());
    for (auto& value : values) level.push_back(leaf_hash(value));
    return level;
}

}  // namespace

Digest leaf_hash(const Digest& value) {
    std::array<char, 33> bytes;
    bytes[0] = 0;
    std::copy(value.begin(), value.end(), bytes.begin() + 1);
    return crypto::sm3({bytes.data(), bytes.size()});
}

Digest root(std::span<const Digest> values) {
    if (values.empty()) return crypto::sm3({});
    auto level = leaf_hashes(values);
    while (level.size() > 1) climb(level);
    return level[0];
}

std::vector<Digest> path(std::span<const Digest> values, size_t index) {
    std::vector<Digest> beside;
    for (auto level = leaf_hashes(values); level.size() > 1; climb(level), index /= 2) {
        if (const size_t neighbour = index ^ 1; neighbour < level.size()) beside.push_back(level[neighbour]);
    }
    return beside;
}

std::optional<Digest> root_along(const Digest& value, int64_t index, int64_t size, std::span<const Digest> path) {
    if (index < 0 || index >= size) return std::nullopt;
    auto at = static_cast<uint64_t>(index), last = static_cast<uint64_t>(size - 1);
    Digest hash = leaf_hash(value);
    for (; last > 0; at /= 2, last /= 2) {
        if (at == last && at % 2 == 0) continue;  // no neighbour on this level
        if (path.empty()) return std::nullopt;
        hash = at % 2 ? node_hash(path[0], hash) : node_hash(hash, path[0]);
        path = path.subspan(1);
    }
    if (!path.empty()) return std::nullopt;
    return hash;
}

}  // namespace yimen::ledger::merkle
