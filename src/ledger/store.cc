#include "ledger/store.h"

#include <stdexcept>

namespace yimen::ledger::store {

std::shared_ptr<db::Answer> ask_head(db::Tx& tx, Division division, ChainId chain) {
    return tx.ask("SELECT seq, hash FROM ledger_entry WHERE division = $1 AND chain = $2 ORDER BY seq DESC LIMIT 1", division, chain);
}

void add(db::Tx& tx, const EntryRow& e) {
    tx.later(
        "INSERT INTO ledger_entry (division, chain, seq, id, kind, actor_kind, actor_id, actor_role, actor_session, act, "
        "at, "
        "before_json, after_json, subject_digest, prev, hash) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        e.division, e.chain, e.seq, e.id, e.kind, e.actor_kind, e.actor_id, e.actor_role, e.actor_session, e.act, e.at, e.before, e.after,
        db::BlobView{e.subject_digest}, db::BlobView{e.prev}, db::BlobView{e.hash});
    tx.later("INSERT INTO ledger_pending (division, id, chain, seq, hash) VALUES ($1, $2, $3, $4, $5)", e.division, e.id, e.chain, e.seq,
             db::BlobView{e.hash});
}

std::optional<int64_t> next_pending_division(db::Tx& tx, int64_t after) {
    const auto rows = tx.query("SELECT division FROM ledger_pending WHERE division > $1 ORDER BY division LIMIT 1", after);
    if (rows.empty()) return std::nullopt;
    return rows[0].get<int64_t>(0);
}

std::optional<int64_t> next_checkpoint_division(db::Tx& tx, int64_t after) {
    const auto rows = tx.query("SELECT division FROM ledger_checkpoint WHERE division > $1 ORDER BY division LIMIT 1", after);
    if (rows.empty()) return std::nullopt;
    return rows[0].get<int64_t>(0);
}

// A time in the future comes from a clock that was wrong, and must not stop the gathering.
bool begin_gathering(db::Tx& tx, int64_t division, Instant now, std::chrono::milliseconds spacing) {
    const int64_t at = now.time_since_epoch().count();
    return tx.run(
               "INSERT INTO ledger_gathering (division, at) VALUES ($1, $2) ON CONFLICT (division) DO UPDATE SET at = $2 "
               "WHERE ledger_gathering.at NOT BETWEEN $3 AND $2",
               division, at, at - spacing.count() + 1) == 1;
}

// One statement, so that what is taken is what is returned, whatever commits meanwhile.
std::vector<Leaf> take_pending(db::Tx& tx, int64_t division, int64_t at_most) {
    const auto rows = tx.query(
        "DELETE FROM ledger_pending WHERE division = $1 AND id <= COALESCE((SELECT id FROM ledger_pending WHERE division "
        "= $1 "
        "ORDER BY id LIMIT 1 OFFSET $2), 9223372036854775807) RETURNING id, chain, seq, hash",
        division, at_most - 1);
    std::vector<Leaf> leaves;
    leaves.reserve(rows.size());
    for (const auto row : rows) {
        PendingRow taken{division, {row.get<int64_t>(0), row.get<int64_t>(1), row.get<int64_t>(2), {}}};
        taken.leaf.hash = to_digest(row.get<db::BlobView>(3).bytes, taken.where());
        leaves.push_back(taken.leaf);
    }
    std::sort(leaves.begin(), leaves.end(), [](auto& a, auto& b) { return a.id < b.id; });
    return leaves;
}

std::optional<CheckpointRow> newest_checkpoint(db::Tx& tx, int64_t division) {
    const auto rows = tx.query(
        "SELECT number, at, size, first_id, last_id, root, previous, signature FROM ledger_checkpoint WHERE division = "
        "$1 "
        "ORDER BY number DESC LIMIT 1",
        division);
    if (rows.empty()) return std::nullopt;
    const auto row = rows[0];
    const auto bytes = [&](size_t column) { return row.get<db::Blob>(column).bytes; };
    return CheckpointRow{division,
                         row.get<int64_t>(0),
                         row.get<int64_t>(1),
                         row.get<int64_t>(2),
                         row.get<int64_t>(3),
                         row.get<int64_t>(4),
                         bytes(5),
                         bytes(6),
                         bytes(7),
                         {}};
}

void add(db::Tx& tx, const CheckpointRow& c) {
    tx.later(
        "INSERT INTO ledger_checkpoint (division, number, at, size, first_id, last_id, root, previous, signature, "
        "leaves) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        c.division, c.number, c.at, c.size, c.first_id, c.last_id, db::BlobView{c.root}, db::BlobView{c.previous},
        db::BlobView{c.signature}, db::BlobView{c.leaves});
}

std::optional<Found> find(db::Tx& tx, Division division, ChainId chain, int64_t seq) {
    const auto rows = tx.query(
        "SELECT e.id, e.hash, p.id FROM ledger_entry e LEFT JOIN ledger_pending p ON p.division = e.division AND p.id = "
        "e.id "
        "WHERE e.division = $1 AND e.chain = $2 AND e.seq = $3",
        division, chain, seq);
    if (rows.empty()) return std::nullopt;
    const auto row = rows[0];
    return Found{row.get<int64_t>(0), row.get<db::Blob>(1).bytes, row.get<std::optional<int64_t>>(2).has_value()};
}

std::optional<CheckpointRow> checkpoint_around(db::Tx& tx, Division division, int64_t id, int64_t after_last_id) {
    const auto rows = tx.query(
        "SELECT number, at, size, first_id, last_id, root, previous, signature, leaves FROM ledger_checkpoint "
        "WHERE division = $1 AND last_id >= $2 AND first_id <= $2 AND last_id > $3 ORDER BY last_id LIMIT 1",
        division, id, after_last_id);
    if (rows.empty()) return std::nullopt;
    const auto row = rows[0];
    const auto bytes = [&](size_t column) { return row.get<db::Blob>(column).bytes; };
    return CheckpointRow{division.code(),
                         row.get<int64_t>(0),
                         row.get<int64_t>(1),
                         row.get<int64_t>(2),
                         row.get<int64_t>(3),
                         row.get<int64_t>(4),
                         bytes(5),
                         bytes(6),
                         bytes(7),
                         bytes(8)};
}

std::map<int64_t, Leaf> pending_of(db::Tx& tx, Division division, ChainId chain, int64_t first_id, int64_t last_id) {
    std::map<int64_t, Leaf> found;
    const auto rows = tx.query("SELECT id, seq, hash FROM ledger_pending WHERE division = $1 AND id BETWEEN $2 AND $3 AND chain = $4",
                               division, first_id, last_id, chain);
    for (const auto row : rows) {
        Leaf leaf{row.get<int64_t>(0), chain.value, row.get<int64_t>(1), {}};
        // A hash of another length cannot match, and is told of as what does not fit.
        const auto hash = row.get<db::Blob>(2).bytes;
        std::copy_n(hash.begin(), std::min(hash.size(), leaf.hash.size()), leaf.hash.begin());
        found.emplace(leaf.seq, leaf);
    }
    return found;
}

}  // namespace yimen::ledger::store
