#include "catalogue/store_exchange.h"

namespace yimen::catalogue {

namespace {

constexpr int at_a_time = 500;

std::optional<std::string> first_text(const db::Rows& rows) {
    if (rows.empty()) return std::nullopt;
    return rows[0].get<std::string>(0);
}

}  // namespace

std::optional<std::string> content_text(db::Tx& tx, Division division, ItemVersionId id) {
    return first_text(tx.query("SELECT content FROM item_version WHERE division = $1 AND id = $2", division, id));
}

std::optional<std::string> content_text(db::Tx& tx, Division division, std::string_view item, int version) {
    return first_text(
        tx.query("SELECT content FROM item_version WHERE division = $1 AND item = $2 AND version = $3", division, item, version));
}

std::map<std::pair<std::string, int>, std::string> content_texts(db::Tx& tx, Division division, const std::vector<std::string>& items) {
    std::map<std::pair<std::string, int>, std::string> all;
    if (items.empty()) return all;
    std::string sql = "SELECT item, version, content FROM item_version WHERE division = $1 AND item IN (";
    std::vector<db::Param> params{division};
    for (auto& item : items) {
        params.emplace_back(item);
        sql += fmt::format("{}${}", params.size() > 2 ? ", " : "", params.size());
    }
    for (auto row : tx.query_list(sql + ")", params)) all[{row.get<std::string>(0), row.get<int>(1)}] = row.get<std::string>(2);
    return all;
}

void each_content(db::Tx& tx, Division division, const std::function<void(std::string_view, int, std::string_view)>& seen) {
    std::string item;
    int version = 0;
    for (;;) {
        auto rows = tx.query(
            "SELECT item, version, content FROM item_version WHERE division = $1 AND (item > $2 OR (item = $2 AND version > $3)) "
            "ORDER BY item, version LIMIT $4",
            division, item, version, at_a_time);
        for (auto row : rows) seen(row.get<std::string_view>(0), row.get<int>(1), row.get<std::string_view>(2));
        if (rows.size() < at_a_time) return;
        auto last = rows[rows.size() - 1];
        item = last.get<std::string>(0);
        version = last.get<int>(1);
    }
}

}  // namespace yimen::catalogue
