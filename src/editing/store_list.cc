#include "editing/store_list.h"

#include <boost/json.hpp>

#include "base/text.h"
#include "catalogue/store.h"
#include "catalogue/store_versions.h"

namespace yimen::editing {

namespace {

std::string text_in(const json::value* value) { return value && value->is_string() ? std::string(value->as_string()) : std::string(); }

catalogue::Text words_in(const json::object& map, std::string_view key) {
    auto* value = map.if_contains(key);
    if (auto* words = value ? value->if_object() : nullptr) return {text_in(words->if_contains("zh")), text_in(words->if_contains("en"))};
    return {text_in(value), text_in(value)};
}

struct Names {
    std::string department;
    catalogue::Text of_department, of_item;
    std::string search;
};

Names names_of(std::string_view item, const json::object& content) {
    static const json::object nothing;
    auto map = [&](std::string_view key) -> const json::object& {
        auto* value = content.if_contains(key);
        return value && value->is_object() ? value->as_object() : nothing;
    };
    auto &department = map("department"), &described = map("item");
    Names names{text_in(department.if_contains("department")), words_in(department, "name"), words_in(described, "name"), ""};
    names.search = fold(fmt::format("{} {} {} {}", item, names.of_item.zh, names.of_item.en, text_in(described.if_contains("catalogue_code"))));
    return names;
}

void put_row(db::Tx& tx, Division division, std::string_view item, const json::object& content, int version, std::string_view from) {
    auto names = names_of(item, content);
    tx.run("INSERT INTO item_row (division, item, department, department_zh, department_en, name_zh, name_en, search, version, in_force_from) "
           "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (division, item) DO UPDATE SET department = excluded.department, "
           "department_zh = excluded.department_zh, department_en = excluded.department_en, name_zh = excluded.name_zh, name_en = excluded.name_en, "
           "search = excluded.search, version = excluded.version, in_force_from = excluded.in_force_from WHERE item_row.version <= excluded.version",
           division, item, names.department, names.of_department.zh, names.of_department.en, names.of_item.zh, names.of_item.en, names.search,
           version, from);
}

// What stands in a LIKE pattern for itself.
std::string pattern(std::string_view text) {
    std::string out = "%";
    for (char c : fold(text)) {
        if (c == '%' || c == '_' || c == '!') out += '!';
        out += c;
    }
    return out + "%";
}

int64_t listed_stamp(db::Tx& tx, Division division) {
    auto rows = tx.query("SELECT stamp FROM item_row_stamp WHERE division = $1", division);
    return rows.empty() ? 0 : rows[0].get<int64_t>(0);
}

// $2 text, $3 department, $4 state; an empty one lets everything through.
#define MATCHING                                                                                                              \
    " FROM item_row r LEFT JOIN item_draft d ON d.division = r.division AND d.item = r.item AND d.state <> 'published' "        \
    "LEFT JOIN item_withdrawal w ON w.division = r.division AND w.item = r.item AND w.from_day > r.in_force_from "              \
    "WHERE r.division = $1 AND r.search LIKE $2 ESCAPE '!' AND ($3 = '' OR r.department = $3) AND ($4 = '' "                    \
    "OR ($4 = 'published' AND r.version > 0 AND w.item IS NULL) OR ($4 = 'withdrawn' AND w.item IS NOT NULL) OR d.state = $4) "

}  // namespace

bool list_is_late(db::Tx& tx, Division division) { return listed_stamp(tx, division) < catalogue::stamp(tx, division); }

void bring_up_to_date(db::Tx& tx, Division division) {
    auto stamp = listed_stamp(tx, division), last = catalogue::stamp(tx, division);
    for (auto& [item, version, from, content] : catalogue::contents_after(tx, division, stamp)) put_row(tx, division, item, content, version, from);
    tx.run("INSERT INTO item_row_stamp (division, stamp) VALUES ($1, $2) ON CONFLICT (division) DO UPDATE SET stamp = excluded.stamp "
           "WHERE item_row_stamp.stamp < excluded.stamp",
           division, last);
}

void list_draft(db::Tx& tx, const Draft& draft) { put_row(tx, draft.division, draft.item, draft.content, 0, ""); }

void unlist_draft(db::Tx& tx, Division division, std::string_view item) {
    tx.run("DELETE FROM item_row WHERE division = $1 AND item = $2 AND version = 0", division, item);
}

Listed listed(db::Tx& tx, Division division, const ListFilter& filter) {
    auto text = pattern(filter.text);
    auto count = tx.ask("SELECT count(*)" MATCHING, division, text, filter.department, filter.state);
    auto page = tx.ask("SELECT r.item, r.department_zh, r.department_en, r.name_zh, r.name_en, r.version, r.in_force_from, "
                       "coalesce(w.from_day, ''), coalesce(d.state, ''), coalesce(d.edited_by_name, ''), d.edited_at" MATCHING
                       "ORDER BY coalesce(d.edited_at, 0) DESC, r.item LIMIT $5 OFFSET $6",
                       division, text, filter.department, filter.state, rows_a_page, int64_t{filter.page - 1} * rows_a_page);
    Listed found;
    for (auto row : page->rows())
        found.rows.push_back({row.get<std::string>(0), row.get<std::string>(1), row.get<std::string>(2), row.get<std::string>(3), row.get<std::string>(4),
                              row.get<int>(5), row.get<std::string>(6), row.get<std::string>(7), row.get<std::string>(8), row.get<std::string>(9),
                              row.get<std::optional<Instant>>(10)});
    found.matching = count->rows()[0].get<int64_t>(0);
    return found;
}

std::vector<DepartmentRow> departments(db::Tx& tx, Division division) {
    std::vector<DepartmentRow> all;
    for (auto row : tx.query("SELECT department, min(department_zh), min(department_en), count(*) FROM item_row WHERE division = $1 "
                             "GROUP BY department ORDER BY department",
                             division))
        all.push_back({row.get<std::string>(0), row.get<std::string>(1), row.get<std::string>(2), row.get<int64_t>(3)});
    return all;
}

std::optional<json::object> department_of(db::Tx& tx, Division division, std::string_view name) {
    auto rows = tx.query("SELECT item, version FROM item_row WHERE division = $1 AND department = $2 AND version > 0 ORDER BY item LIMIT 1",
                         division, name);
    if (rows.empty()) return std::nullopt;
    auto content = catalogue::content_of(tx, division, rows[0].get<std::string_view>(0), rows[0].get<int>(1));
    auto* department = content ? content->if_contains("department") : nullptr;
    return department && department->is_object() ? std::optional(department->as_object()) : std::nullopt;
}

}  // namespace yimen::editing
