#include <future>

#include <gmock/gmock.h>

#include "db/testing.h"

// What goes wrong underneath: lost connections, conflicts, crowds, one writer's failure beside another's success.
namespace yimen::db {
namespace {

class Failures : public OnBothDatabases {
  protected:
    Failures() {
        database().write([](Tx& tx) { tx.query_list("CREATE TABLE thing (id BIGINT PRIMARY KEY, count BIGINT NOT NULL)", {}); });
        for (int64_t id : {1, 2}) database().write([&](Tx& tx) { tx.run("INSERT INTO thing (id, count) VALUES ($1, 0)", id); });
    }
    int64_t counted(int64_t id) {
        return database().read([&](Tx& tx) { return tx.query("SELECT count FROM thing WHERE id = $1", id)[0].get<int64_t>(0); });
    }
    static void add_one(Tx& tx, int64_t id) { tx.run("UPDATE thing SET count = count + 1 WHERE id = $1", id); }
    // Ends every connection of this database but the asking one, as a failover would.
    void end_connections() {
        auto other = Database::open({.url = scratch().options().url, .connections = 1});
        other->read([](Tx& tx) {
            tx.query_list(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
                "pg_backend_pid()",
                {});
        });
    }
};
ON_BOTH_DATABASES(Failures);

TEST_P(Failures, WorkGoesOnAfterEveryConnectionWasLost) {
    if (!database().is_postgresql()) GTEST_SKIP() << "an embedded database has no connection to lose";
    for (int round = 0; round < 5; ++round) {
        end_connections();
        EXPECT_EQ(counted(1), round);
        end_connections();
        database().write([](Tx& tx) { add_one(tx, 1); });
    }
    EXPECT_EQ(counted(1), 5);
}

TEST_P(Failures, AConnectionLostInTheMiddleRunsTheWholeTransactionAgain) {
    if (!database().is_postgresql()) GTEST_SKIP() << "an embedded database has no connection to lose";
    int tries = 0;
    database().write([&](Tx& tx) {
        add_one(tx, 1);
        if (++tries == 1) end_connections();
        add_one(tx, 2);
    });
    EXPECT_EQ(tries, 2);
    EXPECT_EQ(counted(1), 1);
    EXPECT_EQ(counted(2), 1);
}

// Each locks first what the other locks second; PostgreSQL breaks the deadlock by refusing one, which is run again.
TEST_P(Failures, ADeadlockIsRunAgainUntilBothAreDone) {
    std::vector<std::thread> threads;
    for (int t = 0; t < 2; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 3; ++i)
                database().write([&](Tx& tx) {
                    add_one(tx, 1 + t);
                    if (database().is_postgresql()) std::this_thread::sleep_for(std::chrono::milliseconds(50));
                    add_one(tx, 2 - t);
                });
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(counted(1), 6);
    EXPECT_EQ(counted(2), 6);
}

TEST_P(Failures, OneFailingWriteTakesNobodyElsesWithIt) {
    std::atomic<int> failed = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 6; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 20; ++i) try {
                    database().write([&](Tx& tx) {
                        add_one(tx, 1);
                        if (t % 2) throw std::runtime_error("changed my mind");
                    });
                } catch (const std::runtime_error&) {
                    ++failed;
                }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(failed, 60);
    EXPECT_EQ(counted(1), 60);
}

TEST_P(Failures, ADuplicateIsToldAsOneAndTheNextWriteWorks) {
    EXPECT_THROW(database().write([](Tx& tx) { tx.run("INSERT INTO thing (id, count) VALUES (1, 9)"); }), Duplicate);
    EXPECT_THROW(database().write([](Tx& tx) { tx.later("INSERT INTO thing (id, count) VALUES (1, 9)"); }), Duplicate);
    database().write([](Tx& tx) { add_one(tx, 1); });
    EXPECT_EQ(counted(1), 1);
}

// The callers of a crowd are refused in time instead of waiting for ever.
TEST_P(Failures, WhoFindsNoFreeConnectionInTimeIsTold) {
    auto options = scratch().options();
    options.connections = 1;
    options.wait_for_connection = std::chrono::milliseconds(50);
    auto narrow = Database::open(options);
    std::promise<void> held, release;
    std::thread holder([&] {
        narrow->read([&](Tx& tx) {
            tx.query("SELECT count FROM thing");
            held.set_value();
            release.get_future().wait();
        });
    });
    held.get_future().wait();
    EXPECT_THROW(narrow->read([](Tx& tx) { tx.query("SELECT count FROM thing"); }), Unavailable);
    release.set_value();
    holder.join();
    narrow->ping();
}

TEST_P(Failures, NobodyAtTheAddressIsUnavailable) {
    EXPECT_THROW(Database::open({.url = "postgresql://nobody@127.0.0.1:1/none", .connections = 1}), Unavailable);
    EXPECT_THROW(Database::open({.url = "sqlite:/no/such/folder/file.db", .connections = 1}), Unavailable);
    EXPECT_THROW(Database::open({.url = "mysql://x", .connections = 1}), Unavailable);
}

TEST_P(Failures, ABackupTakenWhileOthersWriteIsOneMoment) {
    if (database().is_postgresql()) {
        EXPECT_THROW(database().backup_to("/tmp/never"), std::runtime_error);
        return;
    }
    std::atomic<bool> done = false;
    std::thread writer([&] {
        while (!done) database().write([](Tx& tx) { add_one(tx, 1), add_one(tx, 2); });
    });
    for (int i = 0; i < 5; ++i) {
        auto file = fmt::format("{}/copy{}.db", scratch().folder(), i);
        database().backup_to(file);
        auto copy = Database::open({.url = "sqlite:" + file, .connections = 1});
        copy->read([](Tx& tx) {
            auto rows = tx.query("SELECT count FROM thing ORDER BY id");
            EXPECT_EQ(rows[0].get<int64_t>(0), rows[1].get<int64_t>(0));
            EXPECT_EQ(tx.query("PRAGMA integrity_check")[0].get<std::string>(0), "ok");
        });
    }
    done = true;
    writer.join();
}

// Nothing is lost on the way: empty is not null, and bytes may be any.
TEST_P(Failures, LongAndEmptyValuesComeBackAsTheyWent) {
    database().write([&](Tx& tx) {
        tx.query_list(
            std::string("CREATE TABLE held (id BIGINT PRIMARY KEY, word TEXT, bytes ") + (database().is_postgresql() ? "BYTEA)" : "BLOB)"),
            {});
    });
    std::string all(1 << 20, '\0');
    for (size_t i = 0; i < all.size(); ++i) all[i] = static_cast<char>(i * 31);
    database().write([&](Tx& tx) {
        tx.run("INSERT INTO held VALUES (1, $1, $2)", "", BlobView{all});
        tx.run("INSERT INTO held VALUES (2, $1, $2)", std::nullopt, BlobView{""});
    });
    database().read([&](Tx& tx) {
        auto rows = tx.query("SELECT word, bytes FROM held ORDER BY id");
        EXPECT_EQ(rows[0].get<std::optional<std::string>>(0), "");
        EXPECT_EQ(rows[0].get<Blob>(1).bytes, all);
        EXPECT_EQ(rows[1].get<std::optional<std::string>>(0), std::nullopt);
        EXPECT_EQ(rows[1].get<Blob>(1).bytes, "");
    });
}

}  // namespace
}  // namespace yimen::db
