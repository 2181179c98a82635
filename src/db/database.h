#pragma once
#include <chrono>
#include <functional>
#include <initializer_list>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "db/value.h"

namespace yimen::db {

// The database cannot be reached or cannot write (disk full, read-only). Pages answer 503; the next call tries anew.
struct Unavailable : std::runtime_error {
    using std::runtime_error::runtime_error;
};
// A statement ran longer than the statement timeout and was stopped.
struct TimedOut : std::runtime_error {
    using std::runtime_error::runtime_error;
};
// A unique constraint was hit. `write` never swallows it: callers use ON CONFLICT where they expect one.
struct Duplicate : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// An answer that may still be on its way. rows() waits for it (and for those asked before it).
class Answer {
  public:
    virtual ~Answer() = default;
    virtual Rows rows() = 0;
    virtual int64_t changed() = 0;  // rows an INSERT, UPDATE or DELETE touched
};

// A transaction, or (from Database::read) a series of reads. SQL is one text for both databases: $1… parameters, UPSERT,
// RETURNING, BIGINT/TEXT/BLOB columns; "FOR UPDATE" at the end of a SELECT locks on PostgreSQL and is dropped on SQLite,
// where the writer is alone. SQL texts must be string literals or live as long as the program: they are prepared once.
class Tx {
  public:
    virtual ~Tx() = default;

    // Runs and waits.
    template <class... A>
    Rows query(std::string_view sql, const A&... a) {
        return ask(sql, a...)->rows();
    }
    template <class... A>
    int64_t run(std::string_view sql, const A&... a) {
        return ask(sql, a...)->changed();
    }
    // Sends without waiting: several asks, then rows() on each, cost one round trip on PostgreSQL.
    template <class... A>
    std::unique_ptr<Answer> ask(std::string_view sql, const A&... a) {
        const Param params[sizeof...(A) + 1] = {Param(a)..., Param(std::nullopt)};
        return send(sql, params, sizeof...(A));
    }
    // Sends a write whose outcome nobody needs; it travels together with COMMIT. A failure fails the transaction.
    template <class... A>
    void later(std::string_view sql, const A&... a) {
        const Param params[sizeof...(A) + 1] = {Param(a)..., Param(std::nullopt)};
        post(sql, params, sizeof...(A));
    }
    // As query, for parameter lists whose length is known only at run time. `sql` is copied.
    virtual Rows query_list(const std::string& sql, const std::vector<Param>& params) = 0;

    // Runs after the commit succeeded, on the thread that wrote. For news to this process (live pages), never for state.
    virtual void after_commit(std::function<void()>) = 0;

  protected:
    virtual std::unique_ptr<Answer> send(std::string_view sql, const Param* params, size_t count) = 0;
    virtual void post(std::string_view sql, const Param* params, size_t count) = 0;
};

// Whether what a write function returned should be kept: an expected holding an error is rolled back. web::Response has
// an overload of its own (status below 400).
template <class T>
bool keeps(const T&) {
    return true;
}
template <class T, class E>
bool keeps(const tl::expected<T, E>& outcome) {
    return outcome.has_value();
}

struct Options {
    std::string url;      // "sqlite:FILE" or "postgresql://…"
    int connections = 4;  // readers (SQLite) or connections (PostgreSQL): one a worker
    std::chrono::milliseconds statement_timeout{5000};
    std::chrono::milliseconds wait_for_connection{2000};
    int retries = 8;  // of a write, after 40001, 40P01 or a connection lost before COMMIT was sent
};

class Database {
  public:
    // Throws Unavailable where nothing answers at the address. Does not migrate.
    static std::unique_ptr<Database> open(const Options&);
    virtual ~Database() = default;

    // Reads without a transaction: each statement sees what is committed when it starts.
    template <class F>
    auto read(F&& f) {
        using T = std::invoke_result_t<F, Tx&>;
        if constexpr (std::is_void_v<T>) {
            do_read([&](Tx& tx) { f(tx); });
        } else {
            std::optional<T> result;
            do_read([&](Tx& tx) { result.emplace(f(tx)); });
            return std::move(*result);
        }
    }

    // One transaction, durable when this returns. f may run more than once (conflicts are retried): it must have no effect
    // outside tx. On SQLite f runs on the writer's thread in a savepoint, its commit shared with others' waiting: keep slow
    // work outside. Rolls back when f throws or returns something that `keeps` says no to.
    template <class F>
    auto write(F&& f) {
        using T = std::invoke_result_t<F, Tx&>;
        if constexpr (std::is_void_v<T>) {
            do_write([&](Tx& tx) { return f(tx), true; });
        } else {
            std::optional<T> result;
            do_write([&](Tx& tx) {
                result.emplace(f(tx));
                return keeps(*result);
            });
            return std::move(*result);
        }
    }

    virtual bool is_postgresql() const = 0;
    virtual std::string describe() const = 0;  // without credentials, for logs and health
    // Throws Unavailable when it does not answer.
    virtual void ping() = 0;

    // Copies a live SQLite database to `file` without stopping writers; refuses on PostgreSQL (use pg_dump).
    virtual void backup_to(const std::string& file) = 0;

  protected:
    virtual void do_read(const std::function<void(Tx&)>&) = 0;
    virtual void do_write(const std::function<bool(Tx&)>&) = 0;
};

// Applies the migrations inside the program (src/*/migrations/NNNN_name.sql, one common numbering, forward only), each in
// one transaction with its row in schema_version. Safe to run twice, and from several nodes at once. Returns how many ran.
// Throws std::runtime_error where an applied migration's text has changed since.
int migrate(Database&);

}  // namespace yimen::db
