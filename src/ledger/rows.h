#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/ledger.h"

// The ledger's rows as they stand in its tables, and the bytes that are hashed and signed for them. All of it is
// written down in README.md, so that an auditor can do it again without this program.
namespace yimen::ledger {

// 32 zero bytes: what stands before the first entry of a chain and before the first checkpoint of a division.
inline const std::string nothing_before(32, '\0');

struct EntryRow {
    int64_t division = 0, chain = 0, seq = 0, id = 0;
    std::string kind, actor_kind;
    int64_t actor_id = 0;
    std::string actor_role, actor_session, act;
    int64_t at = 0;
    std::string before, after, subject_digest, prev, hash;

    crypto::Digest computed_hash() const;
    std::string where() const;  // "ledger_entry 310120/0ABC…/3"
};

// What a checkpoint holds of an entry.
struct Leaf {
    int64_t id = 0, chain = 0, seq = 0;
    crypto::Digest hash{};
    bool operator==(const Leaf&) const = default;
};
struct PendingRow {
    int64_t division = 0;
    Leaf leaf;
    std::string where() const;
};

constexpr size_t leaf_size = 56;
std::string pack(const std::vector<Leaf>&);
// Nothing where the bytes are no whole number of leaves.
std::optional<std::vector<Leaf>> unpack(std::string_view);
crypto::Digest merkle_root(const std::vector<Leaf>&);

struct CheckpointRow {
    int64_t division = 0, number = 0, at = 0, size = 0, first_id = 0, last_id = 0;
    std::string root, previous, signature, leaves;

    std::string text() const;                                         // the bytes that are signed
    std::string hash() const;                                         // SM3 of the text: the next one's `previous`
    static std::optional<CheckpointRow> from_text(std::string_view);  // without signature and leaves
    std::string where() const;
};

std::string entry_place(int64_t division, int64_t chain, int64_t seq);
std::string checkpoint_place(int64_t division, int64_t number);
// Throws std::runtime_error unless there are 32 bytes.
crypto::Digest to_digest(std::string_view bytes, const std::string& where);

}  // namespace yimen::ledger
