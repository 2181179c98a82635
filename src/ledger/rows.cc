#include "ledger/rows.h"

#include <charconv>
#include <stdexcept>

#include "ledger/merkle.h"

namespace yimen::ledger {
namespace {

// Netstrings: the length in decimal, a colon, the bytes, a comma. Two different rows never give the same bytes.
void put(std::string& out, std::string_view bytes) {
    fmt::format_to(std::back_inserter(out), "{}:", bytes.size());
    out.append(bytes).push_back(',');
}
void put(std::string& out, int64_t number) { put(out, std::string_view(fmt::format_int(number).c_str())); }

void put_number(std::string& out, int64_t number) {
    for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>(static_cast<uint64_t>(number) >> shift));
}
int64_t take_number(std::string_view& from) {
    uint64_t number = 0;
    for (int i = 0; i < 8; ++i) number = number << 8 | static_cast<unsigned char>(from[static_cast<size_t>(i)]);
    from.remove_prefix(8);
    return static_cast<int64_t>(number);
}

// A changed row may hold a number that no id can be.
std::string place(int64_t id) { return id > 0 ? id_text(id) : std::to_string(id); }

// Reads lines "key value" in their one order.
class Lines {
  public:
    explicit Lines(std::string_view text) : rest_(text) {}
    std::string_view value(std::string_view key) {
        const auto end = rest_.find('\n');
        if (end == std::string_view::npos || !rest_.starts_with(key) || rest_.size() <= key.size() || rest_[key.size()] != ' ') return {};
        const auto found = rest_.substr(key.size() + 1, end - key.size() - 1);
        rest_.remove_prefix(end + 1);
        return found;
    }
    int64_t number(std::string_view key) {
        const auto text = value(key);
        int64_t number = -1;
        std::from_chars(text.data(), text.data() + text.size(), number);
        return number;
    }
    std::string bytes(std::string_view key) { return crypto::from_hex(value(key)).value_or(""); }

  private:
    std::string_view rest_;
};

}  // namespace

crypto::Digest EntryRow::computed_hash() const {
    std::string bytes;
    bytes.reserve(256 + before.size() + after.size());
    put(bytes, "yimen ledger entry 1");
    for (int64_t number : {division, chain, seq, id}) put(bytes, number);
    for (auto* text : {&kind, &actor_kind}) put(bytes, *text);
    put(bytes, actor_id);
    for (auto* text : {&actor_role, &actor_session, &act}) put(bytes, *text);
    put(bytes, at);
    for (auto* text : {&before, &after, &subject_digest, &prev}) put(bytes, *text);
    return crypto::sm3(bytes);
}

std::string EntryRow::where() const { return entry_place(division, chain, seq); }
std::string PendingRow::where() const { return fmt::format("ledger_pending {}/{}", division, place(leaf.id)); }
std::string CheckpointRow::where() const { return checkpoint_place(division, number); }

std::string entry_place(int64_t division, int64_t chain, int64_t seq) {
    return fmt::format("ledger_entry {}/{}/{}", division, place(chain), seq);
}
std::string checkpoint_place(int64_t division, int64_t number) { return fmt::format("ledger_checkpoint {}/{}", division, number); }

crypto::Digest to_digest(std::string_view bytes, const std::string& where) {
    crypto::Digest digest;
    if (bytes.size() != digest.size()) throw std::runtime_error(fmt::format("{}: a hash has 32 bytes", where));
    std::copy(bytes.begin(), bytes.end(), digest.begin());
    return digest;
}

std::string pack(const std::vector<Leaf>& leaves) {
    std::string out;
    out.reserve(leaves.size() * leaf_size);
    for (auto& leaf : leaves) {
        for (int64_t number : {leaf.id, leaf.chain, leaf.seq}) put_number(out, number);
        out.append(crypto::view(leaf.hash));
    }
    return out;
}

std::optional<std::vector<Leaf>> unpack(std::string_view packed) {
    if (packed.size() % leaf_size) return std::nullopt;
    std::vector<Leaf> leaves(packed.size() / leaf_size);
    for (auto& leaf : leaves) {
        for (auto* number : {&leaf.id, &leaf.chain, &leaf.seq}) *number = take_number(packed);
        std::copy_n(packed.begin(), leaf.hash.size(), leaf.hash.begin());
        packed.remove_prefix(leaf.hash.size());
    }
    return leaves;
}

crypto::Digest merkle_root(const std::vector<Leaf>& leaves) {
    std::vector<crypto::Digest> values;
    values.reserve(leaves.size());
    for (auto& leaf : leaves) values.push_back(leaf.hash);
    return merkle::root(values);
}

std::string CheckpointRow::text() const {
    return fmt::format("yimen ledger checkpoint 1\ndivision {}\nnumber {}\nat {}\nentries {}\nfirst {}\nlast {}\nroot {}\nprevious {}\n",
                       division, number, at, size, first_id, last_id, crypto::hex(root), crypto::hex(previous));
}

std::string CheckpointRow::hash() const { return std::string(crypto::view(crypto::sm3(text()))); }

std::optional<CheckpointRow> CheckpointRow::from_text(std::string_view text) {
    Lines lines(text);
    CheckpointRow row;
    lines.value("yimen");
    row.division = lines.number("division");
    row.number = lines.number("number");
    row.at = lines.number("at");
    row.size = lines.number("entries");
    row.first_id = lines.number("first");
    row.last_id = lines.number("last");
    row.root = lines.bytes("root");
    row.previous = lines.bytes("previous");
    // Written again it must give the same bytes: there is one text for one checkpoint.
    if (row.root.size() != 32 || row.previous.size() != 32 || row.text() != text) return std::nullopt;
    return row;
}

}  // namespace yimen::ledger
