#include "cases/testing.h"

#include <set>
#include <thread>

namespace yimen::cases {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class CaseRows : public WithCases {
  protected:
    // A change behind the ledger's back.
    void tamper(const std::string& sql) {
        database().write([&](db::Tx& tx) { tx.query_list(sql, {}); });
    }
    std::vector<Row> list(Wanted wanted) {
        return database().read([&](db::Tx& tx) { return worklist(tx, division, wanted); });
    }
    std::vector<CaseId> ids(const std::vector<Row>& rows) {
        std::vector<CaseId> found;
        for (auto& row : rows) found.push_back(row.id);
        return found;
    }
    // The whole life, with everything that leaves a row.
    Case lived() {
        auto c = accepted(general());
        as(officer(), [&](Desk& desk) { return suspend(desk, c.id, "水质检测"); }).value();
        as(officer(), [&](Desk& desk) { return resume(desk, c.id); }).value();
        return found(c.id);
    }
    std::string put(std::string_view bytes) {
        return database().write([&](db::Tx& tx) { return put_content(tx, keys().fields, division, bytes); });
    }
    int64_t parts() {
        return database().read([](db::Tx& tx) { return tx.query("SELECT count(*) FROM document_part")[0].get<int64_t>(0); });
    }
    std::string read(const std::string& content, uint64_t offset, uint64_t length) {
        return database().read([&](db::Tx& tx) { return read_content(tx, keys().fields, division, content, offset, length); });
    }
};
ON_BOTH_DATABASES(CaseRows);

TEST_P(CaseRows, AnHonestLifeVerifies) {
    lived();
    auto report = verified();
    EXPECT_THAT(report.faults, IsEmpty());
    EXPECT_EQ(report.subjects, 1);
}

TEST_P(CaseRows, AChangedRowOfACaseShows) {
    auto c = lived();
    tamper("CREATE TABLE kept AS SELECT * FROM case_file");
    const std::pair<std::string, std::string> changes[] = {{"promised_due", "'2027-01-01'"},
                                                           {"state", "'granted'"},
                                                           {"applicant_name", "'X'"},
                                                           {"channel", "'window'"},
                                                           {"authority", "78"},
                                                           {"person", "12"},
                                                           {"extension_days", "1"},
                                                           {"accepted_on", "'2026-11-23'"},
                                                           {"answers", "'{}'"},
                                                           {"number", "NULL"},
                                                           {"changed_at", "changed_at + 1"},
                                                           {"submitted_at", "NULL"}};
    for (auto& [column, value] : changes) {
        tamper("UPDATE case_file SET " + column + " = " + value);
        auto report = verified();
        ASSERT_EQ(report.faults.size(), 1u) << column;
        EXPECT_EQ(report.faults[0].what, "subject");
        EXPECT_THAT(report.faults[0].where, testing::HasSubstr(to_text(c.id)));
        tamper("UPDATE case_file SET " + column + " = (SELECT " + column + " FROM kept)");
    }
    EXPECT_THAT(verified().faults, IsEmpty());
}

TEST_P(CaseRows, AChangedDocumentShows) {
    lived();
    tamper("UPDATE case_document SET name = 'other.pdf'");
    EXPECT_EQ(verified().faults.size(), 1u);
}

TEST_P(CaseRows, AChangedNoticeShows) {
    lived();
    tamper("UPDATE case_notice SET content = '{}' WHERE kind = 'acceptance'");
    EXPECT_EQ(verified().faults.size(), 1u);
}

TEST_P(CaseRows, ARemovedNoticeShows) {
    lived();
    tamper("DELETE FROM case_notice WHERE kind = 'suspension'");
    EXPECT_EQ(verified().faults.size(), 1u);
}

TEST_P(CaseRows, AChangedSuspensionShows) {
    lived();
    tamper("UPDATE case_suspension SET ends = '2026-12-31'");
    EXPECT_EQ(verified().faults.size(), 1u);
}

TEST_P(CaseRows, TheSameContentIsKeptOnce) {
    std::string large(part_size * 2 + 100, 'x');
    large[part_size] = 'y';
    auto content = put(large);
    EXPECT_EQ(put(large), content);
    EXPECT_EQ(parts(), 3);
    EXPECT_NE(put("other"), content);
    EXPECT_EQ(read(content, 0, large.size()), large);
    EXPECT_EQ(read(content, part_size - 2, 5), large.substr(part_size - 2, 5));
    EXPECT_EQ(read(content, large.size() - 1, 100), "x");
    EXPECT_EQ(read(content, large.size() + 9, 100), "");
    EXPECT_EQ(read(content, 0, 0), "");
}

TEST_P(CaseRows, AnAlteredPieceOfADocumentIsNotShown) {
    auto content = put("%PDF-1.7 plan");
    tamper(database().is_postgresql()
               ? "UPDATE document_part SET bytes = set_byte(bytes, 20, get_byte(bytes, 20) # 1)"
               : "UPDATE document_part SET bytes = CAST(substr(bytes, 1, 20) || x'00ff' || substr(bytes, 23) AS BLOB)");
    EXPECT_THROW(read(content, 0, 5), std::runtime_error);
}

TEST_P(CaseRows, WhatSomebodyAppliedForGoesOnByCursorAndMovesNoneWhenMoreBegin) {
    std::vector<CaseId> all;
    for (int i = 0; i < 5; ++i) all.insert(all.begin(), begun(agent(), simple()).id);
    auto page = [&](CaseId before) {
        std::vector<CaseId> found;
        for (auto& c : database().read([&](db::Tx& tx) { return cases_of(tx, keys().fields, division, lina, company, 2, before); }))
            found.push_back(c.id);
        return found;
    };
    EXPECT_THAT(page({}), ElementsAre(all[0], all[1]));
    begun(agent(), simple());
    EXPECT_THAT(page(all[1]), ElementsAre(all[2], all[3]));
    EXPECT_THAT(page(all[3]), ElementsAre(all[4]));
    EXPECT_THAT(page(all[4]), testing::IsEmpty());
}

TEST_P(CaseRows, TheWorklistGoesByDueDateAndOnByCursor) {
    go_to(day(11, 24));
    auto first = accepted(general());
    auto spot = accepted(simple());
    go_to(day(11, 25));
    auto second = accepted(general());
    begun(agent(), simple());
    Wanted wanted{.states = {State::accepted}, .authority = water};
    auto rows = list(wanted);
    EXPECT_THAT(ids(rows), ElementsAre(spot.id, first.id, second.id));
    EXPECT_EQ(rows[1].promised_due, first.promised_due);
    EXPECT_EQ(rows[1].number, first.number);
    wanted.most = 2;
    wanted.after = cursor(list(wanted).back());
    EXPECT_THAT(ids(list(wanted)), ElementsAre(second.id));
    EXPECT_THAT(list({.states = {State::accepted}, .authority = {78}}), IsEmpty());
}

TEST_P(CaseRows, ACaseIsFoundByItsNumberOrTheBeginningOfTheName) {
    auto c = submitted(simple());
    submitted(general());
    EXPECT_THAT(ids(list({.text = c.number})), ElementsAre(c.id));
    EXPECT_EQ(list({.text = "上海力向"}).size(), 2u);
    EXPECT_THAT(list({.text = "力向"}), IsEmpty());
    EXPECT_THAT(list({.text = "%"}), IsEmpty());
}

TEST_P(CaseRows, NumbersAreUniqueFromManyThreadsAndNodes) {
    std::mutex guard;
    std::set<std::string> given;
    Numbers this_node(database()), other_node(database());
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&, i] {
            for (int n = 0; n < 100; ++n) {
                auto number = (i % 2 ? other_node : this_node).next(division, day(11, 24)).text();
                std::lock_guard hold(guard);
                given.insert(number);
            }
        });
    threads.clear();
    EXPECT_EQ(given.size(), 400u);
    EXPECT_EQ(numbers().next(division, day(11, 25)).text().substr(0, 20), "31012020261125000001");
}

TEST_P(CaseRows, NewsIsUnreadUntilItIsRead) {
    submitted(simple());
    auto count = [&] { return database().read([&](db::Tx& tx) { return unread(tx, division, lina); }); };
    EXPECT_EQ(count(), 1);
    database().write([&](db::Tx& tx) { mark_read(tx, division, lina, now); });
    EXPECT_EQ(count(), 0);
    EXPECT_TRUE(database().read([&](db::Tx& tx) { return notifications(tx, division, lina, 5); })[0].read);
}

}  // namespace
}  // namespace yimen::cases
