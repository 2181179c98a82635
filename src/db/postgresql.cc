#include "db/postgresql.h"

#include <random>

#include "base/log.h"
#include "db/sqlite.h"

namespace yimen::db {

namespace {

class PgAnswer final : public Answer {
  public:
    PgAnswer(PgConnection& connection, std::shared_ptr<PgOutcome> outcome) : connection_(connection), outcome_(std::move(outcome)) {}
    Rows rows() override { return settled().rows; }
    int64_t changed() override { return settled().changed; }

  private:
    const PgOutcome& settled() {
        if (!outcome_->ready) connection_.settle();
        return *outcome_;
    }
    PgConnection& connection_;
    std::shared_ptr<PgOutcome> outcome_;
};

class PgTx final : public Tx {
  public:
    PgTx(PgConnection& connection, bool writing) : connection_(connection), writing_(writing) {}

    Rows query_list(const std::string& sql, const std::vector<Param>& params) override {
        return send(sql, params.data(), params.size())->rows();
    }
    void after_commit(std::function<void()> f) override { after_.push_back(std::move(f)); }
    std::vector<std::function<void()>> take_after() { return std::move(after_); }

    void commit() {
        if (!begun_) return connection_.settle();
        connection_.send("COMMIT", nullptr, 0);
        commit_sent_ = true;
        connection_.settle();
    }
    void roll_back() {
        if (!begun_) return;
        connection_.send("ROLLBACK", nullptr, 0);
        connection_.settle();
    }
    bool commit_sent() const { return commit_sent_; }

  protected:
    std::unique_ptr<Answer> send(std::string_view sql, const Param* params, size_t count) override {
        begin();
        return std::make_unique<PgAnswer>(connection_, connection_.send(sql, params, count));
    }
    void post(std::string_view sql, const Param* params, size_t count) override {
        begin();
        connection_.send(sql, params, count);
    }

  private:
    // BEGIN travels with the first statement.
    void begin() {
        if (!writing_ || begun_) return;
        connection_.send("BEGIN", nullptr, 0);
        begun_ = true;
    }
    PgConnection& connection_;
    bool writing_, begun_ = false, commit_sent_ = false;
    std::vector<std::function<void()>> after_;
};

class Postgresql final : public Database {
  public:
    explicit Postgresql(const Options& options) : options_(options) {
        for (int i = 0; i < std::max(1, options.connections); ++i) idle_.push_back(nullptr);
        give_back(take());  // says at once when nothing answers
    }

    bool is_postgresql() const override { return true; }
    std::string describe() const override {
        auto at = options_.url.rfind('@');
        return "postgresql://" + (at == std::string::npos ? options_.url.substr(options_.url.find("//") + 2) : options_.url.substr(at + 1));
    }
    void ping() override {
        read([](Tx& tx) { tx.query("SELECT 1::bigint"); });
    }
    void backup_to(const std::string&) override {
        throw std::runtime_error("PostgreSQL is backed up with pg_dump or pg_basebackup; see docs/operating.md");
    }

  protected:
    // A read may run again as it is: it changed nothing.
    void do_read(const std::function<void(Tx&)>& work) override {
        attempt([&](PgConnection& connection) {
            PgTx tx(connection, false);
            work(tx);
            connection.settle();
        });
    }

    void do_write(const std::function<bool(Tx&)>& work) override {
        std::vector<std::function<void()>> after;
        attempt([&](PgConnection& connection) {
            PgTx tx(connection, true);
            try {
                if (work(tx)) {
                    tx.commit();
                    after = tx.take_after();
                } else {
                    tx.roll_back();
                }
            } catch (const Lost& why) {
                if (tx.commit_sent())
                    throw Unavailable(fmt::format("the connection broke while committing; the outcome is unknown: {}", why.what()));
                throw;
            } catch (...) {
                undo(connection, tx);
                throw;
            }
        });
        for (auto& f : after) f();
    }

  private:
    void undo(PgConnection& connection, PgTx& tx) {
        try {
            connection.settle();  // what was still on its way
        } catch (...) {
        }
        try {
            if (connection.usable()) tx.roll_back();
        } catch (...) {
            // The connection is thrown away below: it is not idle any more.
        }
    }

    template <class F>
    void attempt(F&& work) {
        for (int tries = 0;; ++tries) {
            auto connection = take();
            try {
                work(*connection);
                return give_back(std::move(connection));
            } catch (const Conflict& why) {
                give_back(std::move(connection));
                if (tries >= options_.retries) throw Unavailable(fmt::format("gave up after {} tries: {}", tries + 1, why.what()));
            } catch (const Lost& why) {
                give_back(nullptr);
                if (tries >= options_.retries) throw Unavailable(why.what());
            } catch (...) {
                give_back(std::move(connection));
                throw;
            }
            wait_a_little(tries);
        }
    }

    static void wait_a_little(int tries) {
        thread_local std::minstd_rand random(std::random_device{}());
        auto most = std::min(200, 2 << tries);
        std::this_thread::sleep_for(std::chrono::milliseconds(std::uniform_int_distribution<>(1, most)(random)));
    }

    std::unique_ptr<PgConnection> take() {
        std::unique_ptr<PgConnection> connection;
        {
            std::unique_lock hold(guard_);
            if (!free_.wait_for(hold, options_.wait_for_connection, [&] { return !idle_.empty(); }))
                throw Unavailable("no connection became free in time");
            connection = std::move(idle_.back());
            idle_.pop_back();
        }
        if (connection && connection->usable()) return connection;
        try {
            return std::make_unique<PgConnection>(options_.url, options_.statement_timeout);
        } catch (...) {
            give_back(nullptr);
            throw;
        }
    }

    // A broken connection leaves an empty place, filled when it is next taken. One left inside a transaction is not kept.
    void give_back(std::unique_ptr<PgConnection> connection) {
        if (connection && (!connection->usable() || connection->in_transaction())) connection = nullptr;
        {
            std::lock_guard hold(guard_);
            connection ? idle_.push_back(std::move(connection)) : idle_.push_front(nullptr);
        }
        free_.notify_one();  // behind the lock: whoever is woken would only wait for it
    }

    Options options_;
    std::mutex guard_;
    std::condition_variable free_;
    std::deque<std::unique_ptr<PgConnection>> idle_;
};

}  // namespace

std::unique_ptr<Database> open_postgresql(const Options& options) { return std::make_unique<Postgresql>(options); }

}  // namespace yimen::db
