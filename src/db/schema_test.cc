// The schema as it stands in the live database after every migration of the program, held to the rules that let a province
// spread its tables over several machines by division.
#include <fmt/ranges.h>
#include <gmock/gmock.h>

#include "db/testing.h"

namespace yimen::db {
namespace {

using testing::IsEmpty;
using Columns = std::vector<std::string>;

struct Unique {
    std::string index;
    Columns columns;  // an expression among them is ""
};
struct ForeignKey {
    std::string to;
    Columns columns, referenced;
};
struct Table {
    std::map<std::string, std::string> types;  // of each column
    std::set<std::string> nullable;
    std::vector<Unique> uniques;  // with the primary key, named "primary key"
    std::map<std::string, ForeignKey> foreign_keys;
};
using Schema = std::map<std::string, Table>;

// The few tables that no division owns, and why.
const std::map<std::string, std::string> of_no_division{
    {"schema_version", "says what was done to the whole database, once for each migration"},
    {"node", "numbers the running programs, which serve whatever is in the database; at most 512 rows"},
};
const std::set<std::string> allowed_types{"BIGINT", "TEXT", "BYTES"};

constexpr std::string_view sqlite_columns =
    "SELECT m.name, p.name, p.type, p.\"notnull\" FROM sqlite_master m, pragma_table_info(m.name) p "
    "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'";
constexpr std::string_view sqlite_primary_keys =
    "SELECT m.name, 'primary key', p.name FROM sqlite_master m, pragma_table_info(m.name) p "
    "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND p.pk > 0 ORDER BY m.name, p.pk";
constexpr std::string_view sqlite_uniques =
    "SELECT m.name, l.name, coalesce(i.name, '') FROM sqlite_master m, pragma_index_list(m.name) l, pragma_index_info(l.name) i "
    "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND l.\"unique\" = 1 AND l.origin <> 'pk' ORDER BY l.name, i.seqno";
constexpr std::string_view sqlite_foreign_keys =
    "SELECT m.name, m.name || ' ' || f.id, f.\"table\", f.\"from\", coalesce(f.\"to\", '') FROM sqlite_master m, "
    "pragma_foreign_key_list(m.name) f "
    "WHERE m.type = 'table' ORDER BY m.name, f.id, f.seq";

constexpr std::string_view postgresql_columns =
    "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull FROM pg_class c JOIN pg_attribute a ON a.attrelid = "
    "c.oid "
    "WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped";
constexpr std::string_view postgresql_uniques =
    "SELECT c.relname, CASE WHEN i.indisprimary THEN 'primary key' ELSE x.relname::text END, coalesce(a.attname::text, '') "
    "FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid "
    "CROSS JOIN LATERAL unnest(i.indkey::smallint[]) WITH ORDINALITY AS k(number, place) "
    "LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number AND k.number > 0 "
    "WHERE i.indisunique AND c.relnamespace = 'public'::regnamespace ORDER BY c.relname, x.relname, k.place";
constexpr std::string_view postgresql_foreign_keys =
    "SELECT c.conrelid::regclass::text, c.conname::text, c.confrelid::regclass::text, a.attname::text, b.attname::text FROM pg_constraint "
    "c "
    "CROSS JOIN LATERAL unnest(c.conkey, c.confkey) WITH ORDINALITY AS k(mine, theirs, place) "
    "JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.mine JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = "
    "k.theirs "
    "WHERE c.contype = 'f' ORDER BY c.conrelid, c.conname, k.place";

// One word for both databases' types.
std::string type_word(std::string type) {
    for (auto& c : type) c = static_cast<char>(std::toupper(c));
    return type == "BLOB" || type == "BYTEA" ? "BYTES" : type;
}

void read_uniques(Tx& tx, std::string_view sql, Schema& schema) {
    for (auto row : tx.query(sql)) {
        auto& uniques = schema[row.get<std::string>(0)].uniques;
        auto index = row.get<std::string>(1);
        if (uniques.empty() || uniques.back().index != index) uniques.push_back({index, {}});
        uniques.back().columns.push_back(row.get<std::string>(2));
    }
}

Schema read_schema(Database& database) {
    const bool postgresql = database.is_postgresql();
    return database.read([&](Tx& tx) {
        Schema schema;
        for (auto row : tx.query(postgresql ? postgresql_columns : sqlite_columns)) {
            auto& table = schema[row.get<std::string>(0)];
            table.types[row.get<std::string>(1)] = type_word(row.get<std::string>(2));
            if (row.get<int64_t>(3) == 0) table.nullable.insert(row.get<std::string>(1));
        }
        if (!postgresql) read_uniques(tx, sqlite_primary_keys, schema);
        read_uniques(tx, postgresql ? postgresql_uniques : sqlite_uniques, schema);
        for (auto row : tx.query(postgresql ? postgresql_foreign_keys : sqlite_foreign_keys)) {
            auto& key = schema[row.get<std::string>(0)].foreign_keys[row.get<std::string>(1)];
            key.to = row.get<std::string>(2);
            key.columns.push_back(row.get<std::string>(3));
            key.referenced.push_back(row.get<std::string>(4));
        }
        return schema;
    });
}

void check_division(const std::string& name, const Table& table, std::vector<std::string>& wrong) {
    if (!table.types.contains("division")) return wrong.push_back(name + ": has no division");
    if (table.nullable.contains("division")) wrong.push_back(name + ": its division may be missing");
    if (std::ranges::none_of(table.uniques, [](auto& u) { return u.index == "primary key"; }))
        wrong.push_back(name + ": has no primary key");
    for (auto& unique : table.uniques)
        if (unique.columns.front() != "division")
            wrong.push_back(
                fmt::format("{}: {} ({}) does not begin with the division", name, unique.index, fmt::join(unique.columns, ", ")));
    for (auto& [id, key] : table.foreign_keys)
        if (!of_no_division.contains(key.to) && (key.columns.front() != "division" || key.referenced.front() != "division"))
            wrong.push_back(fmt::format("{}: its key to {} ({}) does not carry the division", name, key.to, fmt::join(key.columns, ", ")));
}

std::vector<std::string> violations(const Schema& schema) {
    std::vector<std::string> wrong;
    for (auto& [name, table] : schema) {
        for (auto& [column, type] : table.types)
            if (!allowed_types.contains(type))
                wrong.push_back(fmt::format("{}.{}: {} is no type that both databases have", name, column, type));
        if (!of_no_division.contains(name)) check_division(name, table, wrong);
    }
    for (auto& [name, why] : of_no_division)
        if (!schema.contains(name)) wrong.push_back(name + ": is excepted, but is not there");
    return wrong;
}

class SchemaRules : public OnBothDatabases {};
ON_BOTH_DATABASES(SchemaRules);

TEST_P(SchemaRules, EveryTableThatGrowsWithTheWorkBelongsToADivision) {
    auto schema = read_schema(database());
    ASSERT_GE(schema.size(), 25u);
    for (auto name : {"case_file", "ledger_entry", "licence", "session"}) ASSERT_TRUE(schema.contains(name)) << name;
    EXPECT_THAT(violations(schema), IsEmpty());
}

TEST_P(SchemaRules, ForeignKeysBetweenGrowingTablesAreThere) {
    auto schema = read_schema(database());
    EXPECT_EQ(schema.at("case_document").foreign_keys.size(), 1u);
    auto& key = schema.at("case_document").foreign_keys.begin()->second;
    EXPECT_EQ(key.to, "case_file");
    EXPECT_EQ(key.columns, (Columns{"division", "case_id"}));
    EXPECT_EQ(key.referenced, (Columns{"division", "id"}));
}

TEST_P(SchemaRules, EachKindOfViolationIsSeen) {
    const std::pair<std::string, std::string> bad[] = {
        {"CREATE TABLE bad (id BIGINT NOT NULL PRIMARY KEY)", "bad: has no division"},
        {"CREATE TABLE bad (id BIGINT NOT NULL, division BIGINT NOT NULL, PRIMARY KEY (id, division))",
         "bad: primary key (id, division) does not begin with the division"},
        {"CREATE TABLE bad (division BIGINT NOT NULL, id BIGINT NOT NULL)", "bad: has no primary key"},
        {"CREATE TABLE bad (division BIGINT NOT NULL, id BIGINT NOT NULL, share NUMERIC, PRIMARY KEY (division, id))",
         "bad.share: NUMERIC is no type that both databases have"},
    };
    for (auto& [sql, complaint] : bad) {
        database().write([&](Tx& tx) { tx.query_list(sql, {}); });
        EXPECT_THAT(violations(read_schema(database())), testing::ElementsAre(complaint));
        database().write([&](Tx& tx) { tx.query_list("DROP TABLE bad", {}); });
    }
}

TEST_P(SchemaRules, AUniqueIndexOrForeignKeyWithoutTheDivisionIsSeen) {
    database().write([&](Tx& tx) {
        tx.query_list("CREATE TABLE good (division BIGINT NOT NULL, id BIGINT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (division, id))",
                      {});
        tx.query_list("CREATE UNIQUE INDEX good_name ON good (name)", {});
        tx.query_list(
            "CREATE TABLE child (division BIGINT NOT NULL, id BIGINT NOT NULL, good TEXT NOT NULL REFERENCES good (name), "
            "PRIMARY KEY (division, id))",
            {});
    });
    EXPECT_THAT(violations(read_schema(database())), testing::ElementsAre("child: its key to good (good) does not carry the division",
                                                                          "good: good_name (name) does not begin with the division"));
}

TEST(SchemaOfBoth, HasTheSameTables) {
    if (kinds().size() < 2) GTEST_SKIP() << "there is no PostgreSQL to compare with";
    Scratch sqlite(Kind::sqlite), postgresql(Kind::postgresql);
    migrate(sqlite.database());
    migrate(postgresql.database());
    auto here = read_schema(postgresql.database()), there = read_schema(sqlite.database());
    ASSERT_EQ(here.size(), there.size());
    for (auto& [name, table] : here) {
        EXPECT_EQ(table.types, there[name].types) << name;
        EXPECT_EQ(table.nullable, there[name].nullable) << name;
        EXPECT_EQ(table.foreign_keys.size(), there[name].foreign_keys.size()) << name;
        std::set<Columns> mine, theirs;
        for (auto& u : table.uniques) mine.insert(u.columns);
        for (auto& u : there[name].uniques) theirs.insert(u.columns);
        EXPECT_EQ(mine, theirs) << name;
    }
}

}  // namespace
}  // namespace yimen::db
