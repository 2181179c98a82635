#include <limits>
#include <stdexcept>

#include "ledger/store.h"

namespace yimen::ledger::store {
namespace {

constexpr auto lowest = std::numeric_limits<int64_t>::min();

std::string text(const db::Row& row, size_t column) { return row.get<std::string>(column); }
std::string bytes(const db::Row& row, size_t column) { return row.get<db::Blob>(column).bytes; }
int64_t number(const db::Row& row, size_t column) { return row.get<int64_t>(column); }

EntryRow read_entry(const db::Row& r) {
    return {number(r, 0), number(r, 1), number(r, 2),  number(r, 3), text(r, 4),  text(r, 5),   number(r, 6), text(r, 7),
            text(r, 8),   text(r, 9),   number(r, 10), text(r, 11),  text(r, 12), bytes(r, 13), bytes(r, 14), bytes(r, 15)};
}
CheckpointRow read_checkpoint(const db::Row& r) {
    return {number(r, 0), number(r, 1), number(r, 2), number(r, 3), number(r, 4),
            number(r, 5), bytes(r, 6),  bytes(r, 7),  bytes(r, 8),  bytes(r, 9)};
}
PendingRow read_pending(const db::Row& r) {
    PendingRow row{number(r, 0), {number(r, 1), number(r, 2), number(r, 3), {}}};
    row.leaf.hash = to_digest(bytes(r, 4), row.where());
    return row;
}

// The key of a row for a message, whatever its columns have become.
std::string key_text(const db::Row& row, size_t columns) {
    std::string out;
    for (size_t i = 0; i < columns; ++i) {
        if (i) out += '/';
        try {
            out += std::to_string(number(row, i));
        } catch (const std::logic_error&) {
            out += "?";
        }
    }
    return out;
}

// Pages through one table. `next_page` gets the last row that was read; it must lie behind it. A page without one row
// that can be read ends the reading: rows of a wrong type sort behind all others.
template <class T>
void pages(const std::function<db::Rows(const T&)>& next_page, T (*read)(const db::Row&), const char* table, size_t key_columns,
           const std::function<void(const T&)>& take, const Unreadable& unreadable, T last) {
    for (bool moved = true; moved;) {
        moved = false;
        const auto page = next_page(last);
        for (const auto row : page) {
            try {
                last = read(row);
            } catch (const std::exception& error) {
                unreadable(fmt::format("{} {}", table, key_text(row, key_columns)), error.what());
                continue;
            }
            moved = true;
            take(last);
        }
    }
}

}  // namespace

// SQLite's deferred transaction is one moment of the database too, and lets writers go on.
Snapshot::Snapshot(db::Tx& tx, bool postgresql) : tx_(tx) {
    tx_.run(postgresql ? "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY" : "BEGIN");
}

Snapshot::~Snapshot() {
    try {
        tx_.run("ROLLBACK");
    } catch (const std::exception&) {
        // The connection is gone, and the snapshot with it; who was reading has been told.
    }
}

std::vector<EntryRow> entries_of(db::Tx& tx, Division division, ChainId chain) {
    const auto rows = tx.query(
        "SELECT division, chain, seq, id, kind, actor_kind, actor_id, actor_role, actor_session, act, at, before_json, "
        "after_json, subject_digest, prev, hash FROM ledger_entry WHERE division = $1 AND chain = $2 ORDER BY seq",
        division, chain);
    std::vector<EntryRow> entries;
    for (const auto row : rows) entries.push_back(read_entry(row));
    return entries;
}

void each_entry(db::Tx& tx, const std::function<void(const EntryRow&)>& take, const Unreadable& unreadable) {
    EntryRow start;
    start.division = start.chain = start.seq = lowest;
    const auto next = [&](const EntryRow& last) {
        return tx.query(
            "SELECT division, chain, seq, id, kind, actor_kind, actor_id, actor_role, actor_session, act, at, before_json, "
            "after_json, subject_digest, prev, hash FROM ledger_entry WHERE (division, chain, seq) > ($1, $2, $3) "
            "ORDER BY division, chain, seq LIMIT 1000",
            last.division, last.chain, last.seq);
    };
    pages<EntryRow>(next, read_entry, "ledger_entry", 3, take, unreadable, start);
}

void each_checkpoint(db::Tx& tx, const std::function<void(const CheckpointRow&)>& take, const Unreadable& unreadable) {
    CheckpointRow start;
    start.division = start.number = lowest;
    const auto next = [&](const CheckpointRow& last) {
        return tx.query(
            "SELECT division, number, at, size, first_id, last_id, root, previous, signature, leaves FROM "
            "ledger_checkpoint "
            "WHERE (division, number) > ($1, $2) ORDER BY division, number LIMIT 16",
            last.division, last.number);
    };
    pages<CheckpointRow>(next, read_checkpoint, "ledger_checkpoint", 2, take, unreadable, start);
}

void each_pending(db::Tx& tx, const std::function<void(const PendingRow&)>& take, const Unreadable& unreadable) {
    PendingRow start;
    start.division = start.leaf.id = lowest;
    const auto next = [&](const PendingRow& last) {
        return tx.query(
            "SELECT division, id, chain, seq, hash FROM ledger_pending WHERE (division, id) > ($1, $2) "
            "ORDER BY division, id LIMIT 1000",
            last.division, last.leaf.id);
    };
    pages<PendingRow>(next, read_pending, "ledger_pending", 2, take, unreadable, start);
}

}  // namespace yimen::ledger::store
