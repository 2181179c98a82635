#include "db/sqlite.h"

#include <future>

#include "base/log.h"

// One writer thread that commits waiting writes together, and a pool of readers.
namespace yimen::db {

namespace {

struct Waiting {
    const std::function<bool(Tx&)>* work;
    std::promise<void> done;
    std::vector<std::function<void()>> after;
    std::exception_ptr failure;
};

class Sqlite final : public Database {
  public:
    explicit Sqlite(const Options& options)
        : options_(options),
          file_(options.url.substr(options.url.find(':') + 1)),
          writer_(file_, SqliteConnection::Mode::writer, options.statement_timeout) {
        for (int i = 0; i < std::max(1, options.connections); ++i)
            readers_.push_back(std::make_unique<SqliteConnection>(file_, SqliteConnection::Mode::reader, options.statement_timeout));
        for (auto& reader : readers_) idle_.push_back(reader.get());
        thread_ = std::thread([this] { serve(); });
    }

    ~Sqlite() override {
        {
            std::lock_guard hold(guard_);
            stopping_ = true;
        }
        work_.notify_all();
        thread_.join();
    }

    bool is_postgresql() const override { return false; }
    std::string describe() const override { return "sqlite:" + file_; }
    void ping() override {
        read([](Tx& tx) { tx.query("SELECT 1"); });
    }

    void backup_to(const std::string& file) override {
        SqliteConnection target(file, SqliteConnection::Mode::writer, options_.statement_timeout);
        SqliteConnection source(file_, SqliteConnection::Mode::reader, options_.statement_timeout);
        auto* backup = sqlite3_backup_init(target.handle(), "main", source.handle(), "main");
        if (!backup) throw Unavailable(fmt::format("cannot back up to {}: {}", file, sqlite3_errmsg(target.handle())));
        int code;
        while ((code = sqlite3_backup_step(backup, 256)) == SQLITE_OK || code == SQLITE_BUSY || code == SQLITE_LOCKED)
            if (code != SQLITE_OK) sqlite3_sleep(5);
        sqlite3_backup_finish(backup);
        if (code != SQLITE_DONE) throw Unavailable(fmt::format("the backup to {} broke off: {}", file, sqlite3_errstr(code)));
    }

  protected:
    void do_read(const std::function<void(Tx&)>& work) override {
        auto* connection = take_reader();
        struct Back {
            Sqlite* self;
            SqliteConnection* connection;
            ~Back() {
                std::lock_guard hold(self->readers_guard_);
                self->idle_.push_back(connection);
                self->reader_free_.notify_one();
            }
        } back{this, connection};
        SqliteTx tx(*connection);
        work(tx);
    }

    void do_write(const std::function<bool(Tx&)>& work) override {
        Waiting mine{&work, {}, {}, nullptr};
        auto done = mine.done.get_future();
        {
            std::lock_guard hold(guard_);
            if (stopping_) throw Unavailable("the database is closing");
            queue_.push_back(&mine);
        }
        work_.notify_one();
        done.get();
        for (auto& f : mine.after) f();
    }

  private:
    SqliteConnection* take_reader() {
        std::unique_lock hold(readers_guard_);
        if (!reader_free_.wait_for(hold, options_.wait_for_connection, [&] { return !idle_.empty(); }))
            throw Unavailable("no connection became free in time");
        auto* connection = idle_.back();
        idle_.pop_back();
        return connection;
    }

    void serve() {
        for (;;) {
            std::vector<Waiting*> batch;
            {
                std::unique_lock hold(guard_);
                work_.wait(hold, [&] { return stopping_ || !queue_.empty(); });
                if (queue_.empty()) return;
                batch.assign(queue_.begin(), queue_.end());
                queue_.clear();
            }
            commit_together(batch);
        }
    }

    // Everybody's work in one transaction, each in its savepoint: one fsync for all. Answers only after the commit.
    void commit_together(std::vector<Waiting*>& batch) {
        std::exception_ptr broken;
        try {
            writer_.execute("BEGIN IMMEDIATE");
            for (auto* waiting : batch) run_in_savepoint(*waiting);
            writer_.execute("COMMIT");
        } catch (...) {
            broken = std::current_exception();
            if (!sqlite3_get_autocommit(writer_.handle())) sqlite3_exec(writer_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
        }
        for (auto* waiting : batch) {
            auto failure = waiting->failure ? waiting->failure : broken;
            if (failure) {
                waiting->after.clear();
                waiting->done.set_exception(failure);
            } else {
                waiting->done.set_value();
            }
        }
    }

    void run_in_savepoint(Waiting& waiting) {
        writer_.execute("SAVEPOINT one");
        try {
            SqliteTx tx(writer_);
            bool keep = (*waiting.work)(tx);
            if (!keep) writer_.execute("ROLLBACK TO one");
            if (keep) waiting.after = tx.take_after();
        } catch (const std::exception&) {
            waiting.failure = std::current_exception();
            // A full disk rolls back the whole transaction by itself; then there is no savepoint to go back to.
            if (sqlite3_get_autocommit(writer_.handle())) throw;
            writer_.execute("ROLLBACK TO one");
        }
        writer_.execute("RELEASE one");
    }

    Options options_;
    std::string file_;
    SqliteConnection writer_;
    std::thread thread_;
    std::mutex guard_;
    std::condition_variable work_;
    std::deque<Waiting*> queue_;
    bool stopping_ = false;
    std::vector<std::unique_ptr<SqliteConnection>> readers_;
    std::mutex readers_guard_;
    std::condition_variable reader_free_;
    std::vector<SqliteConnection*> idle_;
};

}  // namespace

std::unique_ptr<Database> open_sqlite(const Options& options) { return std::make_unique<Sqlite>(options); }

std::unique_ptr<Database> Database::open(const Options& options) {
    if (options.url.starts_with("sqlite:")) return open_sqlite(options);
    if (options.url.starts_with("postgresql:") || options.url.starts_with("postgres:")) return open_postgresql(options);
    throw Unavailable("a database address begins with sqlite: or postgresql://");
}

}  // namespace yimen::db
