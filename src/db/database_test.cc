#include "db/database.h"

#include <gmock/gmock.h>

#include "db/testing.h"

namespace yimen::db {
namespace {

class Databases : public OnBothDatabases {
  protected:
    Databases() {
        database().write([&](Tx& tx) {
            tx.query_list(std::string("CREATE TABLE thing (id BIGINT PRIMARY KEY, word TEXT, count BIGINT, bytes ") +
                              (database().is_postgresql() ? "BYTEA)" : "BLOB)"),
                          {});
        });
    }
    void put(int64_t id, int64_t count = 0) {
        database().write([&](Tx& tx) { tx.run("INSERT INTO thing (id, count) VALUES ($1, $2)", id, count); });
    }
    int64_t rows() {
        return database().read([](Tx& tx) { return tx.query("SELECT count(*) FROM thing")[0].get<int64_t>(0); });
    }
    int64_t counted(int64_t id) {
        return database().read([&](Tx& tx) { return tx.query("SELECT count FROM thing WHERE id = $1", id)[0].get<int64_t>(0); });
    }
};
ON_BOTH_DATABASES(Databases);

TEST_P(Databases, EveryTypeComesBackAsItWent) {
    std::string zeroes("\0a\0", 3);
    database().write([&](Tx& tx) {
        tx.run("INSERT INTO thing (id, word, count, bytes) VALUES ($1, $2, $3, $4)", int64_t{-5}, "排水", std::nullopt, BlobView{zeroes});
    });
    database().read([&](Tx& tx) {
        auto all = tx.query("SELECT id, word, count, bytes FROM thing");
        EXPECT_EQ(all[0].get<int64_t>(0), -5);
        EXPECT_EQ(all[0].get<std::string>(1), "排水");
        EXPECT_EQ(all[0].get<std::optional<int64_t>>(2), std::nullopt);
        EXPECT_EQ(all[0].get<Blob>(3).bytes, zeroes);
        EXPECT_THROW(all[0].get<int64_t>(1), std::logic_error);
    });
}

// "$3" before "$1" in the text: SQLite would number them in order of appearance.
TEST_P(Databases, ParametersGoByNumberNotByPlace) {
    put(1);
    database().write([](Tx& tx) { tx.run("UPDATE thing SET word = $3, count = $2 WHERE id = $1", 1, 7, "third"); });
    database().read([](Tx& tx) {
        auto row = tx.query("SELECT word, count FROM thing")[0];
        EXPECT_EQ(row.get<std::string>(0), "third");
        EXPECT_EQ(row.get<int64_t>(1), 7);
    });
}

TEST_P(Databases, AnErrorReturnedIsRolledBack) {
    auto outcome = database().write([](Tx& tx) -> tl::expected<int, std::string> {
        tx.run("INSERT INTO thing (id) VALUES ($1)", 1);
        return tl::unexpected(std::string("no"));
    });
    EXPECT_FALSE(outcome);
    EXPECT_EQ(rows(), 0);
}

TEST_P(Databases, AnExceptionIsRolledBackAndTheNextWriteWorks) {
    EXPECT_THROW(database().write([](Tx& tx) {
        tx.run("INSERT INTO thing (id) VALUES ($1)", 1);
        throw std::runtime_error("broken");
    }),
                 std::runtime_error);
    put(2);
    EXPECT_EQ(rows(), 1);
}

TEST_P(Databases, AFailingLaterFailsTheTransaction) {
    put(1);
    EXPECT_THROW(database().write([](Tx& tx) {
        tx.later("INSERT INTO thing (id) VALUES ($1)", 2);
        tx.later("INSERT INTO thing (id) VALUES ($1)", 1);
    }),
                 Duplicate);
    EXPECT_EQ(rows(), 1);
    put(3);
    EXPECT_EQ(rows(), 2);
}

TEST_P(Databases, WhatIsAskedSeesWhatWasWrittenLaterBeforeIt) {
    database().write([](Tx& tx) {
        tx.later("INSERT INTO thing (id, count) VALUES ($1, $2)", 1, 10);
        auto first = tx.ask("SELECT count FROM thing WHERE id = $1", 1);
        auto second = tx.ask("SELECT count(*) FROM thing");
        EXPECT_EQ(second->rows()[0].get<int64_t>(0), 1);
        EXPECT_EQ(first->rows()[0].get<int64_t>(0), 10);
    });
}

TEST_P(Databases, ChangedCountsTheRowsThatAnUpdateTouched) {
    put(1);
    put(2);
    database().write([](Tx& tx) {
        EXPECT_EQ(tx.run("UPDATE thing SET count = count + 1 WHERE id > $1", 0), 2);
        EXPECT_EQ(tx.run("UPDATE thing SET count = count + 1 WHERE id > $1", 9), 0);
    });
}

TEST_P(Databases, ConcurrentIncrementsLoseNothing) {
    put(1);
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 50; ++i)
                database().write([](Tx& tx) {
                    auto now = tx.query("SELECT count FROM thing WHERE id = $1 FOR UPDATE", 1)[0].get<int64_t>(0);
                    tx.later("UPDATE thing SET count = $2 WHERE id = $1", 1, now + 1);
                });
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(counted(1), 200);
}

TEST_P(Databases, NewsIsToldOnlyAfterTheCommit) {
    int told = 0;
    database().write([&](Tx& tx) {
        tx.after_commit([&] { ++told; });
        EXPECT_EQ(told, 0);
    });
    EXPECT_EQ(told, 1);
    EXPECT_THROW(database().write([&](Tx& tx) {
        tx.after_commit([&] { ++told; });
        throw std::runtime_error("broken");
    }),
                 std::runtime_error);
    EXPECT_EQ(told, 1);
}

TEST_P(Databases, MigratingAgainAndFromManyThreadsChangesNothing) {
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) threads.emplace_back([&] { EXPECT_EQ(migrate(database()), 0); });
    for (auto& thread : threads) thread.join();
}

TEST_P(Databases, AMigrationWhoseTextHasChangedIsRefused) {
    database().write([](Tx& tx) { tx.run("UPDATE schema_version SET print = 'other' WHERE number = 1"); });
    EXPECT_THROW(migrate(database()), std::runtime_error);
}

TEST_P(Databases, AStatementThatRunsTooLongIsStopped) {
    auto options = scratch().options();
    options.statement_timeout = std::chrono::milliseconds(50);
    auto impatient = Database::open(options);
    EXPECT_THROW(impatient->read([](Tx& tx) {
        tx.query("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000000) SELECT count(*) FROM n");
    }),
                 TimedOut);
    impatient->ping();
}

TEST_P(Databases, ABrokenStatementLeavesTheConnectionUsable) {
    EXPECT_THROW(database().read([](Tx& tx) { tx.query("SELECT nonsense FROM nowhere"); }), std::runtime_error);
    for (int i = 0; i < 8; ++i) database().ping();
}

}  // namespace
}  // namespace yimen::db
