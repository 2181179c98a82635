#pragma once
#include "editing/difference.h"

// Decision tables as rows of cells, read from a model file (DMN) and put back into it. Everything else in the file stays.
namespace yimen::editing {

struct Table {
    struct Column {
        std::string name, label, type;  // of an input the expression, of an output its name
    };
    struct Row {
        std::vector<std::string> inputs, outputs, notes;  // cells as written
        bool operator==(const Row&) const = default;
    };
    std::string decision;    // its name
    std::string hit_policy;  // "FIRST", "COLLECT", …
    std::vector<Column> inputs, outputs;
    std::vector<std::string> notes;  // annotation columns
    std::vector<Row> rows;
};

constexpr size_t largest_model = 4u << 20, most_table_rows = 10'000, most_columns = 40;

// What is wrong with a model's text, in words; nothing where it is a model, though perhaps with faults inside expressions.
std::optional<catalogue::Text> wrong_with_model(std::string_view xml);
// The tables of a sound model, in the order of the file; decisions of another kind are left out.
std::vector<Table> tables_of(std::string_view xml);
// The model with this table's columns and rows in place of the decision's own, and an input for each question of that name.
std::string with_table(std::string_view xml, const Table&, const json::object& content);
// A model to begin with: an input for each question; where there are several situations, the table that chooses among them; and the
// table of materials.
std::string first_model(const json::object& content, std::string_view item);

// Some of a table's rows, as one page shows them.
struct RowRange {
    size_t first = 0, count = most_table_rows;
};
// The cells as inputs of a form: "r0.i1", "r0.o0", "r0.n0".
Typed typed_of(const Table&, RowRange = {});
// The table with the rows that were typed in place of those of the range; a row of it that was left out is gone.
Table with_rows(Table, const Typed&, RowRange = {});

// The stored text; empty where the item has no rules.
std::string rules_of(const json::object& content);

struct RowChange {
    EntryChange::Kind kind;
    Table::Row before, after;
    size_t number = 0;  // in the table that it stands in, from 1
};
struct TableChange {
    Table before, after;
    std::vector<RowChange> rows;
};
// Row by row, tables matched by their decision's name.
std::vector<TableChange> table_difference(const json::object& before, const json::object& after);

}  // namespace yimen::editing
