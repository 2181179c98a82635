#include <sstream>

#include "ledger/testing.h"

namespace yimen::ledger {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

class Ledger : public WithLedger {};
ON_BOTH_DATABASES(Ledger);

TEST_P(Ledger, WhatWasRecordedIsReadInOrderAndVerifies) {
    acts();
    auto lines = database().read([&](db::Tx& tx) { return history(tx, division, {1002}); });
    ASSERT_EQ(lines.size(), 3u);
    EXPECT_EQ(lines[1].seq, 2);
    EXPECT_EQ(lines[1].after.at("word"), "d");
    EXPECT_EQ(lines[1].actor.role, "officer");
    auto report = verified();
    EXPECT_THAT(report.faults, IsEmpty());
    EXPECT_EQ(report.entries, 6);
    EXPECT_EQ(report.chains, 3);
    EXPECT_EQ(report.checkpoints, 1);
    EXPECT_EQ(report.pending, 1);
    EXPECT_EQ(report.subjects, 3);
}

TEST_P(Ledger, WhatIsRolledBackWasNeverRecorded) {
    database().write([&](db::Tx& tx) -> Result<int, int> {
        record(tx, {division, "thing", {5}, {}, "accept_case", now, {}, {}, ""});
        return refuse(1);
    });
    EXPECT_EQ(verified().entries, 0);
}

// Each cell of an entry, whether it is signed already (chain 1002, 2) or still pending (1003, 1).
TEST_P(Ledger, AChangedCellOfAnEntryIsNamed) {
    acts();
    for (auto [chain, seq] : {std::pair<int64_t, int64_t>{1002, 2}, {1003, 1}})
        for (auto* change :
             {"kind = 'other'", "actor_kind = 'person'", "actor_id = 8", "actor_role = 'applicant'", "actor_session = 't'",
              "act = 'accept_case'", "at = at + 1", "before_json = '{}'", "after_json = '{\"word\":\"x\"}'", "id = id + 1"}) {
            auto where = fmt::format(" WHERE chain = {} AND seq = {}", chain, seq);
            behind_its_back("CREATE TABLE kept AS SELECT * FROM ledger_entry" + where);
            behind_its_back("UPDATE ledger_entry SET " + std::string(change) + where);
            EXPECT_THAT(faults(), Contains("entry " + place(chain, seq))) << change;
            behind_its_back("DELETE FROM ledger_entry" + where);
            behind_its_back("INSERT INTO ledger_entry SELECT * FROM kept");
            behind_its_back("DROP TABLE kept");
        }
    EXPECT_THAT(faults(), IsEmpty());
}

TEST_P(Ledger, ADroppedEntryIsNamedAlsoAtTheEndOfItsChain) {
    acts();
    behind_its_back("DELETE FROM ledger_entry WHERE chain = 1002 AND seq = 3");
    EXPECT_THAT(faults(), Contains("missing " + place(1002, 3)));
}

TEST_P(Ledger, ADroppedEntryInTheMiddleBreaksTheChainToo) {
    acts();
    behind_its_back("DELETE FROM ledger_entry WHERE chain = 1002 AND seq = 2");
    EXPECT_THAT(faults(), Contains("missing " + place(1002, 2)));
}

TEST_P(Ledger, AWholeChainDroppedIsNamed) {
    acts();
    behind_its_back("DELETE FROM ledger_entry WHERE chain = 1001");
    behind_its_back("DELETE FROM thing WHERE id = 1001");
    EXPECT_THAT(faults(), testing::IsSupersetOf({"missing " + place(1001, 1), "missing " + place(1001, 2)}));
}

TEST_P(Ledger, APendingEntryDroppedWithItsPendingRowLeavesTheSubjectWithoutARecord) {
    acts();
    auto before = verified().entries;
    behind_its_back("DELETE FROM ledger_entry WHERE chain = 1003");
    EXPECT_THAT(faults(), Contains("missing " + place(1003, 1)));
    EXPECT_EQ(verified().entries, before - 1);
}

TEST_P(Ledger, AnEntryPutInBehindIsHeldByNothing) {
    acts();
    behind_its_back(
        "INSERT INTO ledger_entry SELECT division, 1004, seq, id + 1, kind, actor_kind, actor_id, actor_role, actor_session, act, at, "
        "before_json, "
        "after_json, subject_digest, prev, hash FROM ledger_entry WHERE chain = 1003");
    EXPECT_THAT(faults(), Contains("entry " + place(1004, 1)));
}

TEST_P(Ledger, ACheckpointIsHeldByItsSignature) {
    acts();
    for (auto* change : {"at = at + 1", "size = size + 1", "number = 2", "last_id = last_id + 1"}) {
        behind_its_back("CREATE TABLE kept AS SELECT * FROM ledger_checkpoint");
        behind_its_back("UPDATE ledger_checkpoint SET " + std::string(change));
        EXPECT_THAT(faults(), testing::Not(IsEmpty())) << change;
        behind_its_back("DELETE FROM ledger_checkpoint");
        behind_its_back("INSERT INTO ledger_checkpoint SELECT * FROM kept");
        behind_its_back("DROP TABLE kept");
    }
    EXPECT_THAT(verify_all(database(), crypto::Sm2Key::generate(), {}).faults, testing::Not(IsEmpty()));
    EXPECT_THAT(faults(), IsEmpty());
}

// Nothing inside the database can show this: it is why witnesses are kept elsewhere.
TEST_P(Ledger, TheEndCutOffIsShownByAWitness) {
    acts();
    checkpoint(database(), key, now);
    auto kept = newest_checkpoints(database());
    ASSERT_EQ(kept.size(), 1u);
    EXPECT_THAT(faults(kept), IsEmpty());
    behind_its_back("DELETE FROM ledger_checkpoint WHERE number = 2");
    behind_its_back("DELETE FROM ledger_entry WHERE chain = 1003");
    behind_its_back("DELETE FROM thing WHERE id = 1003");
    EXPECT_THAT(faults(), IsEmpty());
    EXPECT_THAT(faults(kept), Contains(testing::StartsWith("witness")));
    EXPECT_EQ(witnesses_from_text(to_text(kept))->size(), 1u);
    EXPECT_EQ(witnesses_from_text(to_text(kept) + "x"), std::nullopt);
}

TEST_P(Ledger, ASubjectChangedWithoutAnActShows) {
    acts();
    behind_its_back("UPDATE thing SET word = 'z' WHERE id = 1001");
    EXPECT_THAT(faults(), ElementsAre(fmt::format("subject thing 310120/{}", id_text(1001))));
}

TEST_P(Ledger, ASubjectTakenAwayWithoutAnActShows) {
    acts();
    behind_its_back("DELETE FROM thing WHERE id = 1001");
    EXPECT_THAT(faults(), ElementsAre(fmt::format("subject thing 310120/{}", id_text(1001))));
}

TEST_P(Ledger, EachEntryIsProvedPendingOrNot) {
    acts();
    auto first = act(1005, "g");
    for (auto& recorded : {first, last_}) {
        auto proof = prove(database(), key, division, recorded, now);
        ASSERT_TRUE(proof);
        EXPECT_TRUE(verify(*proof, key));
        EXPECT_FALSE(verify(*proof, crypto::Sm2Key::generate()));
        auto again = Proof::from_text(proof->to_text());
        ASSERT_TRUE(again);
        EXPECT_TRUE(verify(*again, key));
        EXPECT_EQ(again->leaf, recorded.hash);
    }
    EXPECT_EQ(prove(database(), key, division, {{1005}, 2, first.hash}, now), std::nullopt);
    EXPECT_EQ(prove(database(), key, division, {{1005}, 1, last_.hash}, now), std::nullopt);
}

TEST_P(Ledger, AProofWithOneByteChangedProvesNothing) {
    acts();
    auto text = crypto::from_base64url(prove(database(), key, division, last_, now)->to_text()).value();
    for (size_t i = 0; i < text.size(); ++i) {
        auto changed = text;
        changed[i] = static_cast<char>(changed[i] ^ 4);
        auto proof = Proof::from_text(crypto::base64url(changed));
        EXPECT_FALSE(proof && verify(*proof, key)) << "byte " << i;
    }
}

TEST_P(Ledger, AnExportVerifiesWithTheFileAndThePublicKeyAlone) {
    acts();
    std::stringstream file;
    export_to(database(), file);
    auto only_public = crypto::Sm2Key::from_pem(key.public_pem());
    auto report = verify_export(file, only_public);
    EXPECT_THAT(report.faults, IsEmpty());
    EXPECT_EQ(report.entries, 6);
    auto text = file.str();
    text.replace(text.find("decide_case"), 11, "accept_case");
    std::stringstream changed(text);
    EXPECT_THAT(verify_export(changed, only_public).faults, testing::Not(IsEmpty()));
    std::stringstream torn(text.substr(0, text.size() / 2));
    EXPECT_THAT(verify_export(torn, only_public).faults, testing::Not(IsEmpty()));
}

TEST_P(Ledger, DivisionsAreGatheredEachForItself) {
    act(1, "a");
    act(2, "b", Division(310112));
    EXPECT_EQ(checkpoint(database(), key, now), 2);
    EXPECT_EQ(newest_checkpoints(database()).size(), 2u);
    EXPECT_THAT(faults(), IsEmpty());
}

TEST_P(Ledger, WhoGatheredAMomentAgoIsNotDisturbed) {
    act(1, "a");
    EXPECT_EQ(checkpoint(database(), key, now, std::chrono::seconds(1)), 1);
    act(2, "b");
    EXPECT_EQ(checkpoint(database(), key, now + std::chrono::milliseconds(500), std::chrono::seconds(1)), 0);
    EXPECT_EQ(checkpoint(database(), key, now + std::chrono::milliseconds(1500), std::chrono::seconds(1)), 1);
}

TEST_P(Ledger, ManyAtOnceOnManyChainsWhileTwoGather) {
    std::vector<std::thread> threads;
    std::atomic<bool> done = false;
    for (int64_t t = 0; t < 4; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 60; ++i) act(2000 + t * 10 + i % 5, std::to_string(i));
        });
    std::vector<std::thread> gatherers;
    for (int g = 0; g < 2; ++g)
        gatherers.emplace_back([&] {
            while (!done) checkpoint(database(), key, now);
        });
    for (auto& thread : threads) thread.join();
    done = true;
    for (auto& thread : gatherers) thread.join();
    checkpoint(database(), key, now);
    auto report = verified();
    EXPECT_THAT(report.faults, IsEmpty());
    EXPECT_EQ(report.entries, 240);
    EXPECT_EQ(report.chains, 20);
    EXPECT_EQ(report.pending, 0);
}

TEST_P(Ledger, TwoWhoContinueOneChainAtOnceDoNotForkIt) {
    act(1, "a");
    std::atomic<int> refused = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 20; ++i) try {
                    database().write([&](db::Tx& tx) { record(tx, {division, "other", {9}, {}, "accept_case", now, {}, {}, ""}); });
                } catch (const db::Duplicate&) {
                    ++refused;
                }
        });
    for (auto& thread : threads) thread.join();
    auto report = verified();
    EXPECT_THAT(report.faults, IsEmpty());
    EXPECT_EQ(report.entries, 81 - refused);
}

}  // namespace
}  // namespace yimen::ledger
