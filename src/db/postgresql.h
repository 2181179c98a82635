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
    // Sends a Sync and reads every answer on the way. Throws for the first that failed, after all are read.
    void settle();
    bool usable() const { return handle_ && PQstatus(handle_) == CONNECTION_OK; }
    bool in_transaction() const { return PQtransactionStatus(handle_) != PQTRANS_IDLE; }

  private:
    struct Waiting {
        std::shared_ptr<PgOutcome> outcome;  // none: a Parse, whose answer only matters when it fails
        std::string prepared;                // the text that was prepared
        std::string_view sql;
    };
    const std::string& prepare(std::string_view sql, const Param* params, size_t count);
    void read_one(const Waiting&);
    void note_failure(const PGresult*, const Waiting&);
    [[noreturn]] void lost();

    PGconn* handle_ = nullptr;
    std::deque<Waiting> waiting_;
    std::unordered_map<std::string, std::string> names_;
    std::exception_ptr failure_;
};

}  // namespace yimen::db
