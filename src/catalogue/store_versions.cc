#include "catalogue/store_versions.h"

#include <boost/json.hpp>

namespace yimen::catalogue {

std::vector<PublishedVersion> versions_of(db::Tx& tx, Division division, std::string_view item) {
    std::vector<PublishedVersion> versions;
    for (auto row : tx.query("SELECT id, item, version, in_force_from, published_at, published_by_kind, published_by FROM item_version "
                             "WHERE division = $1 AND item = $2 ORDER BY version DESC",
                             division, item))
        versions.push_back({row.get<ItemVersionId>(0), row.get<std::string>(1), row.get<int>(2), row.get<Date>(3), row.get<Instant>(4),
                            row.get<std::string>(5), row.get<int64_t>(6)});
    return versions;
}

std::optional<boost::json::object> content_of(db::Tx& tx, Division division, std::string_view item, int version) {
    auto rows = tx.query("SELECT content FROM item_version WHERE division = $1 AND item = $2 AND version = $3", division, item, version);
    if (rows.empty()) return std::nullopt;
    return boost::json::parse(rows[0].get<std::string_view>(0)).as_object();
}

std::vector<StoredContent> contents_after(db::Tx& tx, Division division, PublishedPoint point, int most) {
    std::vector<StoredContent> all;
    for (auto row : tx.query(
             "SELECT item, version, in_force_from, content, stamp, id FROM item_version WHERE division = $1 AND (stamp, id) > ($2, $3) "
             "ORDER BY stamp, id LIMIT $4",
             division, point.stamp, point.id, most))
        all.push_back({row.get<std::string>(0),
                       row.get<int>(1),
                       row.get<std::string>(2),
                       boost::json::parse(row.get<std::string_view>(3)).as_object(),
                       {row.get<int64_t>(4), row.get<int64_t>(5)}});
    return all;
}

bool published_after(db::Tx& tx, Division division, PublishedPoint point) {
    return !tx.query("SELECT id FROM item_version WHERE division = $1 AND (stamp, id) > ($2, $3) LIMIT 1", division, point.stamp, point.id)
                .empty();
}

std::optional<Withdrawal> withdrawal_of(db::Tx& tx, Division division, std::string_view item) {
    auto rows = tx.query("SELECT item, from_day, reason FROM item_withdrawal WHERE division = $1 AND item = $2", division, item);
    if (rows.empty()) return std::nullopt;
    return Withdrawal{rows[0].get<std::string>(0), rows[0].get<Date>(1), rows[0].get<std::string>(2)};
}

std::vector<Withdrawal> withdrawals(db::Tx& tx, Division division) {
    std::vector<Withdrawal> all;
    for (auto row : tx.query("SELECT item, from_day, reason FROM item_withdrawal WHERE division = $1 ORDER BY item", division))
        all.push_back({row.get<std::string>(0), row.get<Date>(1), row.get<std::string>(2)});
    return all;
}

void withdraw(db::Tx& tx, Division division, const Withdrawal& withdrawal, int64_t by_staff, Instant now) {
    // The stamp's row makes publishings and withdrawals follow one another.
    auto rows = tx.query(
        "INSERT INTO catalogue_stamp (division, stamp) VALUES ($1, 1) "
        "ON CONFLICT (division) DO UPDATE SET stamp = catalogue_stamp.stamp + 1 RETURNING stamp",
        division);
    tx.run(
        "INSERT INTO item_withdrawal (division, item, from_day, reason, stamp, withdrawn_at, withdrawn_by) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (division, item) DO UPDATE SET from_day = excluded.from_day, "
        "reason = excluded.reason, stamp = excluded.stamp, withdrawn_at = excluded.withdrawn_at, withdrawn_by = excluded.withdrawn_by",
        division, withdrawal.item, withdrawal.from, withdrawal.reason, rows[0].get<int64_t>(0), now, by_staff);
}

}  // namespace yimen::catalogue
