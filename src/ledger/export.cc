#include <ostream>

#include <boost/json.hpp>

#include "ledger/entry_json.h"
#include "ledger/export.h"
#include "ledger/store.h"

namespace yimen::ledger {
namespace {

namespace json = boost::json;

json::object to_json(const CheckpointRow& c) {
    return {{"division", c.division},
            {"number", c.number},
            {"at", c.at},
            {"entries", c.size},
            {"first", std::to_string(c.first_id)},
            {"last", std::to_string(c.last_id)},
            {"root", crypto::hex(c.root)},
            {"previous", crypto::hex(c.previous)},
            {"signature", crypto::hex(c.signature)},
            {"leaves", crypto::hex(c.leaves)}};
}

json::object to_json(const PendingRow& p) {
    return {{"division", p.division},
            {"id", std::to_string(p.leaf.id)},
            {"chain", std::to_string(p.leaf.chain)},
            {"seq", p.leaf.seq},
            {"hash", crypto::hex(crypto::view(p.leaf.hash))}};
}

}  // namespace

void export_to(db::Database& database, std::ostream& out) {
    const auto line = [&](std::string_view kind) {
        return [&out, kind](const auto& row) { out << json::serialize(json::object{{kind, to_json(row)}}) << '\n'; };
    };
    // A row that cannot be read cannot be exported; what is missing shows at verification, and why is said here.
    const auto unreadable = [&](const std::string& where, const std::string& why) {
        out << json::serialize(json::object{{"unreadable", {{"where", where}, {"why", why}}}}) << '\n';
    };
    database.read([&](db::Tx& tx) {
        const store::Snapshot one_moment(tx, database.is_postgresql());
        out << json::serialize(json::object{{"yimen_ledger", export_version}}) << '\n';
        store::each_entry(tx, line("entry"), unreadable);
        store::each_checkpoint(tx, line("checkpoint"), unreadable);
        store::each_pending(tx, line("pending"), unreadable);
    });
}

}  // namespace yimen::ledger
