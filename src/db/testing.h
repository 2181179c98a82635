#pragma once
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "db/database.h"

// For tests of anything that has rows: each runs on SQLite, and on PostgreSQL where YIMEN_TEST_POSTGRES names a server
// (bin/with-postgres COMMAND starts one). Every test has a migrated database of its own.
namespace yimen::db {

enum class Kind { sqlite, postgresql };

// An empty database, or a copy of another that nobody is using.
class Scratch {
  public:
    explicit Scratch(Kind kind, const Scratch* original = nullptr, int connections = 4) : kind_(kind) {
        options_.connections = connections;
        if (kind == Kind::sqlite) {
            char pattern[] = "/tmp/yimen-test-XXXXXX";
            folder_ = mkdtemp(pattern);
            options_.url = "sqlite:" + folder_ + "/test.db";
            if (original) std::filesystem::copy_file(original->folder_ + "/test.db", folder_ + "/test.db");
        } else {
            server_ = getenv("YIMEN_TEST_POSTGRES");
            // Programs that run at once make the same ids.
            name_ = fmt::format("test_{}_{}", getpid(), id_text(next_id()));
            for (auto& c : name_) c = static_cast<char>(std::tolower(c));
            on_server("CREATE DATABASE " + name_ + (original ? " STRATEGY FILE_COPY TEMPLATE " + original->name_ : ""));
            options_.url = server_.substr(0, server_.rfind('/') + 1) + name_;
        }
        open();
    }
    ~Scratch() {
        close();
        if (kind_ == Kind::sqlite)
            std::filesystem::remove_all(folder_);
        else
            on_server("DROP DATABASE " + name_ + " WITH (FORCE)");
    }
    void open() { database_ = Database::open(options_); }
    void close() { database_.reset(); }
    Database& database() { return *database_; }
    const Options& options() const { return options_; }
    const std::string& folder() const { return folder_; }

  private:
    void on_server(const std::string& sql) {
        auto server = Database::open({.url = server_, .connections = 1});
        server->read([&](Tx& tx) { tx.query_list(sql, {}); });
    }
    Kind kind_;
    std::string folder_, server_, name_;
    Options options_;
    std::unique_ptr<Database> database_;
};

// Migrated once for the whole program: a copy of it takes a fraction of the time that migrating does.
inline const Scratch& migrated(Kind kind) {
    static std::map<Kind, Scratch> made;
    auto [found, first] = made.try_emplace(kind, kind);
    if (first) {
        migrate(found->second.database());
        found->second.close();
    }
    return found->second;
}

class OnBothDatabases : public testing::TestWithParam<Kind> {
  protected:
    OnBothDatabases() : scratch_((log::set_level(log::Level::warning), GetParam()), &migrated(GetParam())) {}
    Database& database() { return scratch_.database(); }
    Scratch& scratch() { return scratch_; }

  private:
    Scratch scratch_;
};

inline std::vector<Kind> kinds() {
    if (getenv("YIMEN_TEST_POSTGRES")) return {Kind::sqlite, Kind::postgresql};
    return {Kind::sqlite};
}
inline std::string name_of(const testing::TestParamInfo<Kind>& info) { return info.param == Kind::sqlite ? "Sqlite" : "Postgresql"; }

}  // namespace yimen::db

// Once for each fixture derived from OnBothDatabases.
#define ON_BOTH_DATABASES(fixture) \
    INSTANTIATE_TEST_SUITE_P(Databases, fixture, testing::ValuesIn(::yimen::db::kinds()), ::yimen::db::name_of)
