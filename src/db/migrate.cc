#include "base/embedded.h"
#include "base/log.h"
#include "db/database.h"

namespace yimen::db {

namespace {

struct Migration {
    int64_t number;
    std::string name, sql, print;
};

// FNV-1a: enough to see that a text has changed by mistake; the ledger guards against malice.
std::string print_of(std::string_view text) {
    uint64_t hash = 14695981039346656037u;
    for (unsigned char c : text) hash = (hash ^ c) * 1099511628211u;
    return fmt::format("{:016x}", hash);
}

std::vector<Migration> migrations() {
    std::vector<Migration> all;
    for (auto& file : embedded_files_under("src/")) {
        auto at = file.path.rfind("/migrations/");
        if (at == std::string_view::npos) continue;
        auto name = file.path.substr(at + 12);
        all.push_back({std::stoll(std::string(name.substr(0, 4))), std::string(name), std::string(file.bytes), print_of(file.bytes)});
    }
    std::sort(all.begin(), all.end(), [](auto& a, auto& b) { return a.number < b.number; });
    for (size_t i = 1; i < all.size(); ++i)
        if (all[i].number == all[i - 1].number) throw std::logic_error("two migrations bear the number of " + all[i].name);
    return all;
}

// Lines for one database alone stand behind its name in a comment. The rest is one text, but for PostgreSQL's word for bytes.
std::string for_database(std::string sql, bool postgresql) {
    const std::string_view alone = postgresql ? "\n--postgresql " : "\n--sqlite ";
    for (size_t at = 0; (at = sql.find(alone, at)) != std::string::npos;) sql.replace(at, alone.size(), "\n");
    if (!postgresql) return sql;
    for (size_t at = 0; (at = sql.find(" BLOB", at)) != std::string::npos;) sql.replace(at, 5, " BYTEA");
    return sql;
}

// Statements end with a semicolon at the end of a line; comments stand on lines of their own.
std::vector<std::string> statements(const std::string& sql) {
    std::vector<std::string> all;
    std::string now;
    for (size_t at = 0; at < sql.size();) {
        auto end = std::min(sql.find('\n', at), sql.size());
        auto line = sql.substr(at, end - at);
        at = end + 1;
        if (line.starts_with("--")) continue;
        now += line + "\n";
        if (line.ends_with(";")) {
            now.erase(now.rfind(';'));
            all.push_back(std::move(now));
            now.clear();
        }
    }
    return all;
}

}  // namespace

int migrate(Database& database) {
    bool postgresql = database.is_postgresql();
    // Two nodes starting at once: PostgreSQL lets one at a time through this lock, SQLite's writer is alone.
    auto take_turn = [&](Tx& tx) {
        if (postgresql) tx.query("SELECT 1::bigint FROM pg_advisory_xact_lock(310120)");
    };
    database.write([&](Tx& tx) {
        take_turn(tx);
        tx.run("CREATE TABLE IF NOT EXISTS schema_version (number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, print TEXT NOT NULL)");
    });
    int ran = 0;
    for (auto& migration : migrations()) {
        bool applied = database.write([&](Tx& tx) {
            take_turn(tx);
            auto before = tx.query("SELECT print FROM schema_version WHERE number = $1", migration.number);
            if (!before.empty()) {
                if (before[0].get<std::string>(0) != migration.print)
                    throw std::runtime_error(
                        fmt::format("migration {} was applied with another text; add a new one instead", migration.name));
                return false;
            }
            for (auto& statement : statements(for_database(migration.sql, postgresql))) tx.query_list(statement, {});
            tx.run("INSERT INTO schema_version (number, name, print) VALUES ($1, $2, $3)", migration.number, migration.name,
                   migration.print);
            return true;
        });
        ran += applied;
    }
    if (ran) log::info("migrated", {{"migrations", ran}});
    return ran;
}

}  // namespace yimen::db
