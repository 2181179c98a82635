#pragma once
#include <libpq-fe.h>

#include <unordered_map>

#include "db/database.h"

// One PostgreSQL connection in pipeline mode: statements are sent as they are asked, answers are read when one is needed.
namespace yimen::db {

// A serialization failure or deadlock: the transaction may be run again.
struct Conflict : std::runtime_error {
    using std::runtime_error::runtime_error;
};
// The connection broke; whether it was after COMMIT was sent is the transaction's to know.
struct Lost : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// What one statement gave, once it has been read.
struct PgOutcome {
    bool ready = false;
    Rows rows;
    int64_t changed = 0;
};

class PgConnection {
  public:
    PgConnection(const std::string& url, std::chrono::milliseconds statement_timeout);
    ~PgConnection();
    PgConnection(const PgConnection&) = delete;
    PgConnection& operator=(const PgConnection&) = delete;

    // Queues; nothing is waited for. Prepares the text on its first use.
    std::shared_ptr<PgOutcome> send(std::string_view sql, const Param* params, size_t count);
    // Sends a Sync and reads every answer on the way. Throws for the first that failed, after all are read. The server stops a
    // statement that runs too long; where it does not even do that within another second, this throws Unavailable.
    void settle();
    bool usable() const { return handle_ && !silent_ && PQstatus(handle_) == CONNECTION_OK; }
    bool in_transaction() const { return PQtransactionStatus(handle_) != PQTRANS_IDLE; }

  private:
    // Kept for the life of the connection; `prepared` falls back where its Parse failed or was skipped behind a failure.
    struct Statement {
        std::string sql, name;
        bool prepared = false;
    };
    struct Waiting {
        std::shared_ptr<PgOutcome> outcome;  // none: a Parse, whose answer only matters when it fails
        Statement* statement;
    };
    Statement& prepare(std::string_view sql, const Param* params, size_t count);
    void read_one(const Waiting&);
    void note_failure(const PGresult*, const Waiting&);
    PGresult* next_result();
    [[noreturn]] void lost();

    PGconn* handle_ = nullptr;
    std::chrono::milliseconds patience_;
    bool silent_ = false;  // once it kept us waiting, what it says belongs to questions we no longer ask
    std::deque<Waiting> waiting_;
    std::unordered_map<std::string_view, std::unique_ptr<Statement>> statements_;
    std::exception_ptr failure_;
};

}  // namespace yimen::db
