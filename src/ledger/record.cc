#include <boost/json.hpp>

#include "ledger/store.h"

namespace yimen::ledger {
namespace {

namespace json = boost::json;

EntryRow row_of(const Entry& e, int64_t seq, std::string prev) {
    EntryRow row;
    row.division = e.division.code();
    row.chain = e.chain.value;
    row.seq = seq;
    row.id = next_id();
    row.kind = e.kind;
    row.actor_kind = e.actor.kind;
    row.actor_id = e.actor.id;
    row.actor_role = e.actor.role;
    row.actor_session = e.actor.session;
    row.act = e.act;
    row.at = e.at.time_since_epoch().count();
    row.before = json::serialize(e.before);
    row.after = json::serialize(e.after);
    row.subject_digest = e.subject_digest;
    row.prev = std::move(prev);
    return row;
}

// Where a text that nobody should have changed is no JSON any more, the page shows it as it stands; verification names
// it.
json::value as_people_read_it(const std::string& text) {
    boost::system::error_code broken;
    auto value = json::parse(text, broken);
    return broken ? json::value(text) : value;
}

Line line_of(const EntryRow& e) {
    return {e.seq,
            Instant(std::chrono::milliseconds(e.at)),
            {e.actor_kind, e.actor_id, e.actor_role, e.actor_session},
            e.act,
            as_people_read_it(e.before),
            as_people_read_it(e.after),
            crypto::hex(e.hash)};
}

}  // namespace

Head Head::ask(db::Tx& tx, Division division, ChainId chain) {
    Head head;
    head.answer_ = store::ask_head(tx, division, chain);
    return head;
}

Head Head::fresh() { return {}; }

Recorded record(db::Tx& tx, const Entry& entry) { return record(tx, entry, Head::ask(tx, entry.division, entry.chain)); }

Recorded record(db::Tx& tx, const Entry& entry, Head head) {
    int64_t seq = 1;
    std::string prev = nothing_before;
    const auto rows = head.answer_ ? head.answer_->rows() : db::Rows();
    if (!rows.empty()) {
        seq = rows[0].get<int64_t>(0) + 1;
        prev = rows[0].get<db::Blob>(1).bytes;
    }
    auto row = row_of(entry, seq, std::move(prev));
    const auto hash = row.computed_hash();
    row.hash = crypto::view(hash);
    store::add(tx, row);
    return {entry.chain, seq, hash};
}

std::vector<Line> history(db::Tx& tx, Division division, ChainId chain) {
    std::vector<Line> lines;
    for (auto& entry : store::entries_of(tx, division, chain)) lines.push_back(line_of(entry));
    return lines;
}

}  // namespace yimen::ledger
