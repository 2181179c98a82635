#include "cases/testing.h"

// What the auditor's page says of one chain.
namespace yimen::audit {
namespace {

using cases::CaseId;
using testing::ElementsAre;
using testing::IsEmpty;

class VerifyingOneCase : public cases::WithCases {
  protected:
    ledger::Report verify(CaseId id) {
        return ledger::verify_chain(database(), keys().ledger, division, {id.value},
                                    {{"case", [](db::Tx& tx, Division where, ledger::ChainId chain) {
                                          return cases::case_digest(tx, keys().fields, where, chain);
                                      }}});
    }
    std::vector<int64_t> kept(CaseId id) {
        return database().read([&](db::Tx& tx) { return ledger::checkpoints_of(tx, division, {id.value}); });
    }
    void gather() { ledger::checkpoint(database(), keys().ledger, now); }
    // A change behind the ledger's back.
    void tamper(const std::string& sql) {
        database().write([&](db::Tx& tx) { tx.query_list(sql, {}); });
    }
    std::vector<std::string> faults(CaseId id) {
        std::vector<std::string> found;
        for (auto& fault : verify(id).faults) found.push_back(fault.what);
        return found;
    }
    std::string of(CaseId id) { return " WHERE chain = " + std::to_string(id.value); }
};
ON_BOTH_DATABASES(VerifyingOneCase);

TEST_P(VerifyingOneCase, AnHonestChainVerifiesPendingOrGathered) {
    auto c = submitted(simple());
    auto report = verify(c.id);
    EXPECT_THAT(report.faults, IsEmpty());
    EXPECT_EQ(report.pending, report.entries);
    EXPECT_THAT(kept(c.id), testing::Each(0));
    gather();
    sure(as(clerk(), [&](cases::Desk& desk) { return cases::accept(desk, c.id); }));
    report = verify(c.id);
    EXPECT_THAT(report.faults, IsEmpty());
    EXPECT_EQ(report.pending, 1);
    EXPECT_EQ(report.checkpoints, 1);
    EXPECT_EQ(report.subjects, 1);
    EXPECT_EQ(kept(c.id).front(), 1);
    EXPECT_EQ(kept(c.id).back(), 0);
}

TEST_P(VerifyingOneCase, AChangedEntryIsNamed) {
    auto c = submitted(simple());
    gather();
    tamper("UPDATE ledger_entry SET act = 'nothing'" + of(c.id) + " AND seq = 2");
    auto report = verify(c.id);
    ASSERT_EQ(report.faults.size(), 1u);
    EXPECT_EQ(report.faults[0].what, "entry");
    EXPECT_THAT(report.faults[0].where, testing::EndsWith("/2"));
}

// Whoever changes an entry with its hash, and all that follow, still meets the checkpoint.
TEST_P(VerifyingOneCase, AnEntryWithAHashToFitIsNotWhatItsCheckpointHolds) {
    auto c = submitted(simple());
    auto other = submitted(simple());
    gather();
    tamper("UPDATE ledger_entry SET hash = (SELECT hash FROM ledger_entry" + of(other.id) + " AND seq = 1)" + of(c.id) + " AND seq = 1");
    EXPECT_THAT(faults(c.id), testing::Contains("entry"));
    EXPECT_THAT(faults(other.id), IsEmpty());
}

TEST_P(VerifyingOneCase, AnEntryTakenAwayShows) {
    auto c = submitted(simple());
    tamper("DELETE FROM ledger_entry" + of(c.id) + " AND seq = 3");
    EXPECT_THAT(faults(c.id), testing::Contains("missing"));
}

TEST_P(VerifyingOneCase, ACheckpointThatWasChangedShows) {
    auto c = submitted(simple());
    gather();
    tamper("UPDATE ledger_checkpoint SET at = at + 1");
    EXPECT_THAT(faults(c.id), ElementsAre("signature"));
}

TEST_P(VerifyingOneCase, ACheckpointTakenAwayLeavesItsEntriesNowhere) {
    auto c = submitted(simple());
    gather();
    tamper("DELETE FROM ledger_checkpoint");
    EXPECT_THAT(faults(c.id), testing::Each("entry"));
    EXPECT_THAT(faults(c.id), testing::Not(IsEmpty()));
}

TEST_P(VerifyingOneCase, AnEntryTakenFromThePendingShows) {
    auto c = submitted(simple());
    tamper("DELETE FROM ledger_pending" + of(c.id) + " AND seq = 1");
    EXPECT_THAT(faults(c.id), ElementsAre("entry"));
}

TEST_P(VerifyingOneCase, ARowChangedBehindTheLedgersBackShows) {
    auto c = submitted(simple());
    gather();
    tamper("UPDATE case_file SET promised_due = '2027-01-01' WHERE id = " + std::to_string(c.id.value));
    EXPECT_THAT(faults(c.id), ElementsAre("subject"));
}

}  // namespace
}  // namespace yimen::audit
