#include "ledger/merkle.h"

#include <gtest/gtest.h>

namespace yimen::ledger::merkle {
namespace {

std::vector<Digest> values(size_t count) {
    std::vector<Digest> made;
    for (size_t i = 0; i < count; ++i) made.push_back(crypto::sm3(fmt::format("value {}", i)));
    return made;
}

Digest hash_of(std::string_view prefix, std::string_view a, std::string_view b = {}) {
    return crypto::sm3(std::string(prefix).append(a).append(b));
}

// The definition of RFC 6962 section 2.1, word for word.
Digest defined_root(std::span<const Digest> of) {
    if (of.empty()) return crypto::sm3("");
    if (of.size() == 1) return hash_of(std::string_view("\0", 1), crypto::view(of[0]));
    size_t k = 1;
    while (k * 2 < of.size()) k *= 2;
    return hash_of("\1", crypto::view(defined_root(of.first(k))), crypto::view(defined_root(of.subspan(k))));
}

// Section 2.1.1, word for word.
std::vector<Digest> defined_path(size_t m, std::span<const Digest> of) {
    if (of.size() <= 1) return {};
    size_t k = 1;
    while (k * 2 < of.size()) k *= 2;
    auto path = m < k ? defined_path(m, of.first(k)) : defined_path(m - k, of.subspan(k));
    path.push_back(m < k ? defined_root(of.subspan(k)) : defined_root(of.first(k)));
    return path;
}

TEST(Merkle, RootsAreAsTheRfcDefinesThem) {
    for (size_t n : {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 33, 100}) EXPECT_EQ(root(values(n)), defined_root(values(n))) << n;
}

TEST(Merkle, PathsAreAsTheRfcDefinesThemAndLeadToTheRoot) {
    for (size_t n = 1; n <= 40; ++n)
        for (size_t m = 0; m < n; ++m) {
            auto of = values(n);
            auto found = path(of, m);
            EXPECT_EQ(found, defined_path(m, of)) << m << " of " << n;
            EXPECT_EQ(root_along(of[m], static_cast<int64_t>(m), static_cast<int64_t>(n), found), root(of));
        }
}

TEST(Merkle, APathProvesNoOtherValuePlaceOrLength) {
    auto of = values(11);
    auto found = path(of, 6);
    EXPECT_NE(root_along(of[5], 6, 11, found), root(of));
    for (int64_t place : {0, 1, 2, 3, 4, 5, 7, 8, 9, 10}) EXPECT_NE(root_along(of[6], place, 11, found), root(of)) << place;
    found.push_back(of[0]);
    EXPECT_EQ(root_along(of[6], 6, 11, found), std::nullopt);
    found.resize(2);
    EXPECT_EQ(root_along(of[6], 6, 11, found), std::nullopt);
}

TEST(Merkle, APlaceOutsideTheTreeHasNoRoot) {
    for (auto [place, size] : {std::pair<int64_t, int64_t>{-1, 4}, {4, 4}, {0, 0}, {0, -1}})
        EXPECT_EQ(root_along(values(1)[0], place, size, {}), std::nullopt);
}

// Otherwise an inner node could be shown as an entry (second preimage).
TEST(Merkle, AnInnerNodeIsNoLeaf) {
    auto of = values(2);
    EXPECT_NE(leaf_hash(of[0]), hash_of("\1", crypto::view(of[0])));
    EXPECT_NE(root(of), root(std::vector<Digest>{root(of)}));
}

}  // namespace
}  // namespace yimen::ledger::merkle
