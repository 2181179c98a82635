#pragma once
#include <optional>
#include <span>
#include <vector>

#include "crypto/crypto.h"

// Merkle trees as RFC 6962 (2.1) has them, with SM3: a leaf's hash is SM3(00 ‖ value), a node's SM3(01 ‖ left ‖ right),
// and a tree of n > 1 leaves splits at the largest power of two below n.
namespace yimen::ledger::merkle {

using crypto::Digest;

Digest leaf_hash(const Digest& value);
// Of no values: SM3 of nothing.
Digest root(std::span<const Digest> values);
// The hashes beside the way from value `index` up to the root, lowest first (2.1.1).
std::vector<Digest> path(std::span<const Digest> values, size_t index);
// The root that such a path leads to; nothing where no tree of `size` values has a path of that length at `index`.
std::optional<Digest> root_along(const Digest& value, int64_t index, int64_t size, std::span<const Digest> path);

}  // namespace yimen::ledger::merkle
