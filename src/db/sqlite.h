#pragma once
#include <sqlite3.h>

#include <unordered_map>

#include "db/database.h"

// One SQLite connection with its prepared statements. Used by one thread at a time.
namespace yimen::db {

class SqliteConnection {
  public:
    enum class Mode { reader, writer };
    SqliteConnection(const std::string& file, Mode, std::chrono::milliseconds statement_timeout);
    ~SqliteConnection();
    SqliteConnection(const SqliteConnection&) = delete;
    SqliteConnection& operator=(const SqliteConnection&) = delete;

    // Runs to the end; throws Duplicate, TimedOut, Unavailable, or std::runtime_error for SQL that cannot be run.
    struct Outcome {
        Rows rows;
        int64_t changed = 0;
    };
    Outcome run(std::string_view sql, const Param* params, size_t count);
    void execute(const char* sql);  // without parameters or rows
    sqlite3* handle() { return handle_; }

  private:
    sqlite3_stmt* prepare(std::string_view sql);
    [[noreturn]] void fail(int code, std::string_view sql);

    sqlite3* handle_ = nullptr;
    std::chrono::milliseconds timeout_;
    std::chrono::steady_clock::time_point deadline_;
    std::unordered_map<std::string, sqlite3_stmt*> statements_;
};

// A transaction on one connection; nothing is deferred, since there is no round trip to save.
class SqliteTx final : public Tx {
  public:
    explicit SqliteTx(SqliteConnection& connection) : connection_(connection) {}
    Rows query_list(const std::string& sql, const std::vector<Param>& params) override {
        return connection_.run(sql, params.data(), params.size()).rows;
    }
    void after_commit(std::function<void()> f) override { after_.push_back(std::move(f)); }
    std::vector<std::function<void()>> take_after() { return std::move(after_); }

  protected:
    std::unique_ptr<Answer> send(std::string_view sql, const Param* params, size_t count) override;
    void post(std::string_view sql, const Param* params, size_t count) override { connection_.run(sql, params, count); }

  private:
    SqliteConnection& connection_;
    std::vector<std::function<void()>> after_;
};

std::unique_ptr<Database> open_sqlite(const Options&);
std::unique_ptr<Database> open_postgresql(const Options&);

}  // namespace yimen::db
