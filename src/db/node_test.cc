#include "db/node.h"
#include "db/testing.h"

namespace yimen::db {

class Nodes : public OnBothDatabases {
  protected:
    FixedClock clock{start_of_day(Date{std::chrono::year(2026), std::chrono::month(11), std::chrono::day(24)})};
};
ON_BOTH_DATABASES(Nodes);

TEST_P(Nodes, TwoProgramsHoldDifferentNumbers) {
    NodeLease first(database(), clock, "a"), second(database(), clock, "b");
    EXPECT_NE(first.number(), second.number());
    EXPECT_EQ(node_holders(database(), clock.now()), (std::vector<std::string>{"a", "b"}));
}

TEST_P(Nodes, ANumberGivenBackIsFree) {
    { NodeLease gone(database(), clock, "a"); }
    NodeLease next(database(), clock, "b");
    EXPECT_EQ(next.number(), 0);
}

TEST_P(Nodes, ANumberOfAProgramThatDiedIsFreeAfterTenMinutes) {
    database().write(
        [&](Tx& tx) { tx.run("INSERT INTO node (number, holder, until) VALUES (0, 'dead', $1)", clock.now() + std::chrono::minutes(10)); });
    { EXPECT_EQ(NodeLease(database(), clock, "a").number(), 1); }
    clock.advance(std::chrono::minutes(10) + std::chrono::milliseconds(1));
    EXPECT_EQ(NodeLease(database(), clock, "b").number(), 0);
}

}  // namespace yimen::db
