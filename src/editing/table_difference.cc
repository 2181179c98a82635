#include "editing/tables.h"

// Which rows of a table are new, gone or changed.
namespace yimen::editing {

namespace {

// Rows that stand in both, in order: the longest such run.
std::vector<std::pair<size_t, size_t>> kept_rows(const std::vector<Table::Row>& a, const std::vector<Table::Row>& b) {
    std::vector<std::vector<uint16_t>> longest(a.size() + 1, std::vector<uint16_t>(b.size() + 1, 0));
    for (size_t i = a.size(); i-- > 0;)
        for (size_t j = b.size(); j-- > 0;)
            longest[i][j] =
                a[i] == b[j] ? static_cast<uint16_t>(longest[i + 1][j + 1] + 1) : std::max(longest[i + 1][j], longest[i][j + 1]);
    std::vector<std::pair<size_t, size_t>> kept;
    for (size_t i = 0, j = 0; i < a.size() && j < b.size();)
        if (a[i] == b[j])
            kept.emplace_back(i++, j++);
        else if (longest[i + 1][j] >= longest[i][j + 1])
            ++i;
        else
            ++j;
    return kept;
}

// Between two kept rows: what is gone and what is new stand for one another in order, as changed rows.
void add_between(const Table& a, const Table& b, size_t i, size_t i_end, size_t j, size_t j_end, std::vector<RowChange>& changes) {
    using Kind = EntryChange::Kind;
    for (; i < i_end || j < j_end; ++i, ++j) {
        bool was = i < i_end, is = j < j_end;
        if (was && is)
            changes.push_back({Kind::changed, a.rows[i], b.rows[j], j + 1});
        else if (was)
            changes.push_back({Kind::removed, a.rows[i], {}, i + 1});
        else
            changes.push_back({Kind::added, {}, b.rows[j], j + 1});
    }
}

std::vector<RowChange> rows_between(const Table& a, const Table& b) {
    std::vector<RowChange> changes;
    auto kept = kept_rows(a.rows, b.rows);
    kept.emplace_back(a.rows.size(), b.rows.size());
    size_t i = 0, j = 0;
    for (auto [x, y] : kept) {
        add_between(a, b, i, x, j, y, changes);
        i = x + 1, j = y + 1;
    }
    return changes;
}

// The same columns, so that rows can be told apart cell by cell: a column that one lacks stands empty in it.
Table aligned(const Table& table, const Table& to) {
    Table result = to;
    result.rows.clear();
    for (auto& row : table.rows) {
        Table::Row fresh;
        auto take = [](auto& wanted, auto& own, auto& cells, auto name, std::vector<std::string>& out, const std::string& otherwise) {
            for (auto& column : wanted) {
                auto at = std::ranges::find_if(own, [&](auto& one) { return name(one) == name(column); });
                out.push_back(at == own.end() ? otherwise : cells[static_cast<size_t>(at - own.begin())]);
            }
        };
        take(
            to.inputs, table.inputs, row.inputs, [](auto& c) { return c.name; }, fresh.inputs, "-");
        take(
            to.outputs, table.outputs, row.outputs, [](auto& c) { return c.name; }, fresh.outputs, "");
        take(
            to.notes, table.notes, row.notes, [](auto& c) { return c; }, fresh.notes, "");
        result.rows.push_back(std::move(fresh));
    }
    return result;
}

bool same_columns(const Table& a, const Table& b) {
    auto name = [](auto& column) { return column.name; };
    return a.hit_policy == b.hit_policy && std::ranges::equal(a.inputs, b.inputs, {}, name, name) &&
           std::ranges::equal(a.outputs, b.outputs, {}, name, name);
}

}  // namespace

std::vector<TableChange> table_difference(const json::object& before, const json::object& after) {
    auto old = tables_of(rules_of(before)), fresh = tables_of(rules_of(after));
    std::vector<TableChange> changes;
    for (auto& table : fresh) {
        auto was = std::ranges::find(old, table.decision, &Table::decision);
        Table empty = table;
        empty.rows.clear();
        auto rows = rows_between(was == old.end() ? empty : aligned(*was, table), table);
        if (!rows.empty() || was == old.end() || !same_columns(*was, table))
            changes.push_back({was == old.end() ? empty : *was, table, std::move(rows)});
    }
    for (auto& table : old)
        if (std::ranges::find(fresh, table.decision, &Table::decision) == fresh.end()) {
            Table empty = table;
            empty.rows.clear();
            changes.push_back({table, empty, rows_between(table, empty)});
        }
    return changes;
}

}  // namespace yimen::editing
