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
    names.search =
        fold(fmt::format("{} {} {} {}", item, names.of_item.zh, names.of_item.en, text_in(described.if_contains("catalogue_code"))));
    return names;
}

constexpr int rows_at_once = 2'000;

// A version that is published for a day after the withdrawal offers the item again.
constexpr std::string_view offered_again =
    "UPDATE item_row SET offered = CASE WHEN version = 0 THEN '' WHEN EXISTS (SELECT 1 FROM item_withdrawal w WHERE w.division = $1 AND "
    "w.item = $2 "
    "AND w.from_day > item_row.in_force_from) THEN 'withdrawn' ELSE 'published' END, withdrawn_from = coalesce((SELECT w.from_day FROM "
    "item_withdrawal w "
    "WHERE w.division = $1 AND w.item = $2 AND w.from_day > item_row.in_force_from), '') WHERE division = $1 AND item = $2";

constexpr std::string_view put_row_sql =
    "INSERT INTO item_row (division, item, department, department_zh, department_en, name_zh, name_en, search, version, in_force_from, "
    "offered, withdrawn_from) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, CASE WHEN $9 = 0 THEN '' WHEN EXISTS (SELECT 1 FROM item_withdrawal w WHERE "
    "w.division = $1 "
    "AND w.item = $2 AND w.from_day > $10) THEN 'withdrawn' ELSE 'published' END, coalesce((SELECT w.from_day FROM item_withdrawal w WHERE "
    "w.division = $1 "
    "AND w.item = $2 AND w.from_day > $10), '')) ON CONFLICT (division, item) DO UPDATE SET department = excluded.department, "
    "department_zh = excluded.department_zh, department_en = excluded.department_en, name_zh = excluded.name_zh, name_en = "
    "excluded.name_en, "
    "search = excluded.search, version = excluded.version, in_force_from = excluded.in_force_from, offered = excluded.offered, "
    "withdrawn_from = excluded.withdrawn_from WHERE item_row.version <= excluded.version";

// The statements of many rows go out together and are waited for once.
class Batch {
  public:
    Batch(db::Tx& tx, Division division) : tx_(tx), division_(division) {}
    void put(std::string_view item, const json::object& content, int version, std::string_view from) {
        auto names = names_of(item, content);
        sent_.push_back(tx_.ask(std::string(put_row_sql), division_, item, names.department, names.of_department.zh, names.of_department.en,
                                names.of_item.zh, names.of_item.en, names.search, version, from));
        if (!departments_.insert(names.department).second) return;
        sent_.push_back(tx_.ask(
            "INSERT INTO item_department_row (division, department, zh, en) VALUES ($1, $2, $3, $4) ON CONFLICT (division, department) "
            "DO UPDATE SET zh = excluded.zh, en = excluded.en",
            division_, names.department, names.of_department.zh, names.of_department.en));
    }
    void wait() {
        for (auto& one : sent_) one->rows();
        sent_.clear();
    }

  private:
    db::Tx& tx_;
    Division division_;
    std::set<std::string> departments_;
    std::vector<std::unique_ptr<db::Answer>> sent_;
};

// What stands in a LIKE pattern for itself.
std::string pattern(std::string_view text) {
    std::string out = "%";
    for (char c : fold(text)) {
        if (c == '%' || c == '_' || c == '!') out += '!';
        out += c;
    }
    return out + "%";
}

catalogue::PublishedPoint listed_point(db::Tx& tx, Division division) {
    auto rows = tx.query("SELECT stamp, id FROM item_row_stamp WHERE division = $1", division);
    return rows.empty() ? catalogue::PublishedPoint{} : catalogue::PublishedPoint{rows[0].get<int64_t>(0), rows[0].get<int64_t>(1)};
}

// Only the conditions that are asked for stand in the statement, and beside a department nothing else may lead the way, so that each
// way of looking follows its own index. $1 division, $2 text, $3 department, $4 state, $5 who edited last.
std::string matching(const ListFilter& filter) {
    std::string all = " FROM item_row r WHERE r.division = $1";
    all += filter.text.empty() ? " AND $2 = '%%'" : " AND r.search LIKE $2 ESCAPE '!'";
    all += filter.department.empty() ? " AND $3 = ''" : " AND r.department = $3";
    bool draft = filter.state == "draft" || filter.state == "checked", led = !filter.department.empty();
    std::string state = draft ? "r.drafted" : "r.offered";
    all += filter.state.empty() ? " AND $4 = ''" : fmt::format(" AND {}{} = $4", state, led ? " || ''" : "");
    all += filter.edited_by ? fmt::format(" AND r.edited_by{} = $5 AND r.drafted <> ''", led ? " + 0" : "") : " AND $5 = 0";
    return all;
}

constexpr std::string_view row_columns =
    "SELECT r.item, r.department_zh, r.department_en, r.name_zh, r.name_en, r.version, r.in_force_from, r.withdrawn_from, r.drafted, "
    "r.edited_by_name, r.edited_at";
constexpr std::string_view in_order = " ORDER BY r.edited_at DESC, r.item";

ListRow list_row(const db::Row& row) {
    ListRow read{row.get<std::string>(0),
                 row.get<std::string>(1),
                 row.get<std::string>(2),
                 row.get<std::string>(3),
                 row.get<std::string>(4),
                 row.get<int>(5),
                 row.get<std::string>(6),
                 row.get<std::string>(7),
                 row.get<std::string>(8),
                 row.get<std::string>(9),
                 std::nullopt};
    if (!read.draft_state.empty()) read.edited_at = row.get<Instant>(10);
    return read;
}

// A text is looked for in the index alone, once for both the count and the page; then the page's rows are read.
Listed found_by_text(db::Tx& tx, Division division, const ListFilter& filter) {
    Listed found;
    auto first = int64_t{filter.page - 1} * rows_a_page;
    std::vector<std::string> items;
    for (auto row : tx.query(fmt::format("SELECT r.item{}{}", matching(filter), in_order), division, pattern(filter.text),
                             filter.department, filter.state, filter.edited_by))
        if (auto at = found.matching++; at >= first && at < first + rows_a_page) items.push_back(row.get<std::string>(0));
    for (auto& item : items)
        for (auto row : tx.query(fmt::format("{} FROM item_row r WHERE r.division = $1 AND r.item = $2", row_columns), division, item))
            found.rows.push_back(list_row(row));
    return found;
}

}  // namespace

bool list_is_late(db::Tx& tx, Division division) { return catalogue::published_after(tx, division, listed_point(tx, division)); }

bool bring_up_to_date(db::Tx& tx, Division division) {
    auto news = catalogue::contents_after(tx, division, listed_point(tx, division), rows_at_once);
    if (news.empty()) return false;
    Batch rows(tx, division);
    for (auto& [item, version, from, content, point] : news) rows.put(item, content, version, from);
    rows.wait();
    auto [stamp, id] = news.back().point;
    tx.run(
        "INSERT INTO item_row_stamp (division, stamp, id) VALUES ($1, $2, $3) ON CONFLICT (division) DO UPDATE SET stamp = excluded.stamp, "
        "id = excluded.id "
        "WHERE (item_row_stamp.stamp, item_row_stamp.id) < (excluded.stamp, excluded.id)",
        division, stamp, id);
    return news.size() == rows_at_once;
}

void list_draft(db::Tx& tx, const Draft& draft) {
    if (!draft.based_on) {
        Batch rows(tx, draft.division);
        rows.put(draft.item, draft.content, 0, "");
        rows.wait();
    }
    tx.run("UPDATE item_row SET drafted = $3, edited_by = $4, edited_by_name = $5, edited_at = $6 WHERE division = $1 AND item = $2",
           draft.division, draft.item, name(draft.state), draft.edited_by, draft.edited_by_name, draft.edited_at);
}

void unlist_draft(db::Tx& tx, Division division, std::string_view item) {
    tx.run("DELETE FROM item_row WHERE division = $1 AND item = $2 AND version = 0", division, item);
    tx.run("UPDATE item_row SET drafted = '', edited_by = 0, edited_by_name = '', edited_at = 0 WHERE division = $1 AND item = $2",
           division, item);
}

void list_withdrawal(db::Tx& tx, Division division, std::string_view item) { tx.run(offered_again, division, item); }

Listed listed(db::Tx& tx, Division division, const ListFilter& filter) {
    if (!filter.text.empty()) return found_by_text(tx, division, filter);
    auto text = pattern(filter.text);
    auto where = matching(filter);
    auto count = tx.ask("SELECT count(*)" + where, division, text, filter.department, filter.state, filter.edited_by);
    auto page = tx.ask(fmt::format("{}{}{} LIMIT $6 OFFSET $7", row_columns, where, in_order), division, text, filter.department,
                       filter.state, filter.edited_by, rows_a_page, int64_t{filter.page - 1} * rows_a_page);
    Listed found;
    for (auto row : page->rows()) found.rows.push_back(list_row(row));
    found.matching = count->rows()[0].get<int64_t>(0);
    return found;
}

std::vector<DepartmentRow> departments(db::Tx& tx, Division division) {
    std::vector<DepartmentRow> all;
    for (auto row : tx.query("SELECT department, zh, en FROM item_department_row WHERE division = $1 ORDER BY department", division))
        all.push_back({row.get<std::string>(0), row.get<std::string>(1), row.get<std::string>(2)});
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
