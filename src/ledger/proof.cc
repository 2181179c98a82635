#include <limits>

#include "ledger/merkle.h"
#include "ledger/store.h"

namespace yimen::ledger {
namespace {

constexpr char format = 1;  // first byte of a proof's text

class Writer {
  public:
    void number(int64_t n) {
        auto rest = static_cast<uint64_t>(n);
        for (; rest > 127; rest >>= 7) out += static_cast<char>(rest | 128);
        out += static_cast<char>(rest);
    }
    void bytes(std::string_view b) { out += b; }

    std::string out;
};

// Reads what Writer wrote; after a number or bytes that are not there, `ok` is false.
class Reader {
  public:
    explicit Reader(std::string_view bytes) : rest_(bytes) {}
    int64_t number() {
        uint64_t value = 0;
        for (int shift = 0; shift < 63 && !rest_.empty(); shift += 7) {
            const auto byte = static_cast<unsigned char>(rest_[0]);
            rest_.remove_prefix(1);
            value |= uint64_t{byte & 127u} << shift;
            if (byte < 128) return static_cast<int64_t>(value);
        }
        ok_ = false;
        return 0;
    }
    std::string bytes(size_t count) {
        if (rest_.size() < count) return ok_ = false, std::string(count, '\0');
        const auto found = rest_.substr(0, count);
        rest_.remove_prefix(count);
        return std::string(found);
    }
    crypto::Digest digest() { return to_digest(bytes(32), "proof"); }
    bool ok() const { return ok_; }
    bool at_end() const { return rest_.empty(); }

  private:
    std::string_view rest_;
    bool ok_ = true;
};

std::optional<Proof> proof_in(const CheckpointRow& checkpoint, int64_t id, const crypto::Digest& hash) {
    const auto leaves = unpack(checkpoint.leaves);
    if (!leaves) return std::nullopt;
    const auto found = std::lower_bound(leaves->begin(), leaves->end(), id, [](auto& leaf, int64_t i) { return leaf.id < i; });
    if (found == leaves->end() || found->id != id || found->hash != hash) return std::nullopt;
    std::vector<crypto::Digest> values;
    for (auto& leaf : *leaves) values.push_back(leaf.hash);
    Proof proof;
    proof.checkpoint = checkpoint.number;
    proof.index = found - leaves->begin();
    proof.size = checkpoint.size;
    proof.path = merkle::path(values, static_cast<size_t>(proof.index));
    proof.leaf = hash;
    proof.root = to_digest(checkpoint.root, checkpoint.where());
    proof.checkpoint_text = checkpoint.text();
    proof.signature = checkpoint.signature;
    return proof;
}

// Ranges of ids overlap only by the entries that committed late, so the first is nearly always the one.
std::optional<Proof> search(db::Tx& tx, Division division, int64_t id, const crypto::Digest& hash) {
    for (int64_t after = std::numeric_limits<int64_t>::min();;) {
        const auto checkpoint = store::checkpoint_around(tx, division, id, after);
        if (!checkpoint) return std::nullopt;
        if (auto proof = proof_in(*checkpoint, id, hash)) return proof;
        after = checkpoint->last_id;
    }
}

}  // namespace

std::optional<Proof> prove(db::Database& database, const crypto::Sm2Key& key, Division division, const Recorded& recorded, Instant now) {
    const auto found = database.read([&](db::Tx& tx) { return store::find(tx, division, recorded.chain, recorded.seq); });
    if (!found || found->hash != crypto::view(recorded.hash)) return std::nullopt;
    if (found->pending) checkpoint(database, key, now);
    return database.read([&](db::Tx& tx) { return search(tx, division, found->id, recorded.hash); });
}

bool verify(const Proof& proof, const crypto::Sm2Key& public_key) {
    const auto signed_row = CheckpointRow::from_text(proof.checkpoint_text);
    if (!signed_row || signed_row->number != proof.checkpoint || signed_row->size != proof.size) return false;
    const auto root = merkle::root_along(proof.leaf, proof.index, proof.size, proof.path);
    return root && root == proof.root && signed_row->root == crypto::view(proof.root) &&
           public_key.verify(proof.checkpoint_text, proof.signature);
}

// The root is left out, since the path leads to it.
std::string Proof::to_text() const {
    const auto row = CheckpointRow::from_text(checkpoint_text).value_or(CheckpointRow());
    Writer w;
    w.bytes({&format, 1});
    for (int64_t number : {row.division, row.number, row.at, row.size, row.first_id, row.last_id, index}) w.number(number);
    w.bytes(row.previous);
    w.bytes(signature);
    w.bytes(crypto::view(leaf));
    for (auto& beside : path) w.bytes(crypto::view(beside));
    return crypto::base64url(w.out);
}

std::optional<Proof> Proof::from_text(std::string_view text) {
    const auto decoded = text.size() > 8192 ? std::nullopt : crypto::from_base64url(text);
    if (!decoded || decoded->empty() || decoded->front() != format) return std::nullopt;
    Reader r(std::string_view(*decoded).substr(1));
    CheckpointRow row;
    Proof proof;
    for (auto* number : {&row.division, &row.number, &row.at, &row.size, &row.first_id, &row.last_id, &proof.index}) {
        *number = r.number();
    }
    row.previous = r.bytes(32);
    proof.signature = r.bytes(64);
    proof.leaf = r.digest();
    while (r.ok() && !r.at_end()) proof.path.push_back(r.digest());
    if (!r.ok()) return std::nullopt;
    const auto root = merkle::root_along(proof.leaf, proof.index, row.size, proof.path);
    if (!root) return std::nullopt;
    proof.root = *root;
    row.root = crypto::view(*root);
    proof.checkpoint = row.number;
    proof.size = row.size;
    proof.checkpoint_text = row.text();
    return proof;
}

}  // namespace yimen::ledger
