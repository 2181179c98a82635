#include "app/commands.h"
#include "app/settings.h"
#include "db/database.h"
#include "db/node.h"

namespace yimen::app {

namespace {

namespace fs = std::filesystem;

std::string file_of(const db::Options& options) {
    constexpr std::string_view scheme = "sqlite:";
    if (!options.url.starts_with(scheme))
        throw std::runtime_error("only SQLite is restored so; for PostgreSQL use pg_restore (docs/operating.md)");
    return options.url.substr(scheme.size());
}

void check(db::Database& backup, const std::string& file) {
    backup.read([&](db::Tx& tx) {
        auto answer = tx.query_list("PRAGMA integrity_check", {}).first();
        if (!answer || answer->get<std::string>(0) != "ok") throw std::runtime_error(file + ": is damaged");
        if (tx.query_list("SELECT name FROM sqlite_master WHERE name = 'ledger_entry'", {}).empty())
            throw std::runtime_error(file + ": is no backup of Yimen");
    });
}

// A program that serves holds a node number; what it writes after a restore would be lost unseen.
void refuse_while_served(const std::string& target) {
    auto holders = db::node_holders(*db::Database::open({.url = "sqlite:" + target, .connections = 1}), SystemClock().now());
    if (!holders.empty())
        throw std::runtime_error(
            fmt::format("{}: {} serves from it; stop it first (after a crash its hold ends within ten minutes)", target, holders[0]));
}

}  // namespace

int restore(const Config& config, const std::string& file, bool replace) {
    auto target = file_of(database_options(config));
    if (!fs::exists(file)) throw std::runtime_error(file + ": there is no such file");
    if (fs::exists(target)) {
        if (!replace) throw std::runtime_error(target + ": is there already; --replace overwrites it");
        refuse_while_served(target);
    }
    auto beside = target + ".restoring";
    fs::remove(beside);
    auto backup = db::Database::open({.url = "sqlite:" + file, .connections = 1});
    check(*backup, file);
    backup->backup_to(beside);
    for (auto ending : {"-wal", "-shm"}) fs::remove(target + ending);
    fs::rename(beside, target);
    for (auto ending : {"-wal", "-shm"}) fs::remove(beside + ending);
    fmt::print("{}: restored from {}\n", target, file);
    return 0;
}

}  // namespace yimen::app
