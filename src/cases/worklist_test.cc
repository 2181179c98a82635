#include <latch>
#include <set>
#include <thread>

#include "cases/bookkeeper.h"
#include "cases/testing.h"

namespace yimen::cases {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class Worklist : public WithCases {
  protected:
    // By state as {cases, late, soon}, of one authority or all.
    using Counted = std::map<State, std::array<int64_t, 3>>;
    Counted counted(identity::AuthorityId authority = {}) {
        auto today = shanghai_date(now);
        auto found = database().read([&](db::Tx& tx) { return standing(tx, division, authority, today, days().add(today, 2)); });
        Counted plain;
        for (auto& [state, s] : found) plain[state] = {s.cases, s.late, s.soon};
        return plain;
    }
    int64_t fold(int64_t most = 1000) {
        return database().write([&](db::Tx& tx) { return fold_moves(tx, division, most); });
    }
    std::vector<Row> list(Wanted wanted) {
        return database().read([&](db::Tx& tx) { return worklist(tx, division, wanted); });
    }
    int64_t named(Wanted wanted, int64_t most = 1000) {
        return database().read([&](db::Tx& tx) { return count_named(tx, division, wanted, most); });
    }
    // Where worklists look for cases.
    std::vector<std::string> placed() {
        return database().read([&](db::Tx& tx) {
            std::vector<std::string> all;
            for (auto row :
                 tx.query("SELECT case_id, authority, state, due, name FROM case_work WHERE division = $1 ORDER BY case_id", division))
                all.push_back(fmt::format("{} {} {} {} {}", row.get<int64_t>(0), row.get<int64_t>(1), row.get<std::string>(2),
                                          row.get<std::string>(3), row.get<db::BlobView>(4).bytes));
            return all;
        });
    }
    Case decided(const Case& c, bool grant) {
        return sure(as(officer(),
                       [&](Desk& desk) { return decide(desk, lock(desk.tx, keys().fields, division, c.id).value(), grant, "理由", {}); }));
    }
    std::vector<DayFigure> figures() {
        return database().read([&](db::Tx& tx) { return day_figures(tx, division, day(11, 1)); });
    }
};
ON_BOTH_DATABASES(Worklist);

TEST_P(Worklist, CountsAreExactBeforeWhileAndAfterMovesAreFolded) {
    submitted(simple());
    submitted(simple());
    accepted(general());
    Counted expected{{State::submitted, {2, 0, 0}}, {State::accepted, {1, 0, 0}}};
    EXPECT_EQ(counted(), expected);
    EXPECT_EQ(fold(2), 2);
    EXPECT_EQ(counted(), expected);
    EXPECT_EQ(counted(water), expected);
    EXPECT_EQ(fold(), 2);
    EXPECT_EQ(fold(), 0);
    EXPECT_EQ(counted(), expected);
    EXPECT_EQ(counted(water), expected);
    EXPECT_THAT(counted({78}), IsEmpty());
}

TEST_P(Worklist, DraftsAreNotCounted) {
    begun(agent(), simple());
    EXPECT_THAT(counted(), IsEmpty());
    EXPECT_THAT(list({}), IsEmpty());
}

// Whatever happens to cases, in whatever order moves are folded: counting all rows anew says the same.
TEST_P(Worklist, TheTalliesAreWhatTheRowsSay) {
    auto check = [&](const char* when) {
        auto told = counted();
        auto of_water = counted(water);
        auto places = placed();
        EXPECT_THAT(places, SizeIs(1)) << when;
        database().write([&](db::Tx& tx) { recount(tx, division); });
        EXPECT_EQ(counted(), told) << when;
        EXPECT_EQ(counted(water), of_water) << when;
        EXPECT_EQ(placed(), places) << when;
    };
    auto c = submitted(general());
    check("submitted");
    sure(as(clerk(), [&](Desk& desk) { return accept(desk, c.id); }));
    fold();
    check("accepted");
    sure(as(officer(), [&](Desk& desk) { return suspend(desk, c.id, "检测"); }));
    check("suspended");
    go_to(day(11, 30));
    sure(as(officer(), [&](Desk& desk) { return resume(desk, c.id); }));
    sure(as(officer(), [&](Desk& desk) { return extend(desk, c.id, 3, "复杂"); }));
    check("extended");
    decided(c, false);
    sure(as(issuing_clerk(), [&](Desk& desk) { return make_result(desk, c.id); }));
    sure(as(issuing_clerk(), [&](Desk& desk) { return deliver(desk, c.id, "window", "李娜"); }));
    check("closed");
    EXPECT_THAT(counted(), ElementsAre(testing::Pair(State::closed, std::array<int64_t, 3>{1, 0, 0})));
}

TEST_P(Worklist, LateIsWhatWasDueBeforeTodayWhereAClockRuns) {
    auto waiting = submitted(simple());
    accepted(general());
    go_to(day(12, 15));
    EXPECT_EQ(counted(), (Counted{{State::submitted, {1, 1, 0}}, {State::accepted, {1, 1, 0}}}));
    go_to(*waiting.acceptance_due);
    EXPECT_EQ(counted()[State::submitted], (std::array<int64_t, 3>{1, 0, 1}));
    sure(as(clerk(), [&](Desk& desk) { return refuse_acceptance(desk, waiting.id, "不属于本机关", "区绿化局"); }));
    go_to(day(12, 15));
    EXPECT_EQ(counted()[State::not_accepted], (std::array<int64_t, 3>{1, 0, 0}));
}

TEST_P(Worklist, SeveralStatesAreOneListInOrderOfTheirDueDates) {
    auto general_case = accepted(general());
    auto waiting = submitted(simple());
    auto spot = accepted(simple());
    auto rows = list({.states = {State::submitted, State::accepted, State::under_review}, .most = 2});
    ASSERT_THAT(rows, SizeIs(2));
    auto rest = list({.states = {State::submitted, State::accepted, State::under_review}, .after = cursor(rows.back()), .most = 2});
    std::vector<CaseId> order{rows[0].id, rows[1].id};
    for (auto& row : rest) order.push_back(row.id);
    EXPECT_EQ(order[0], spot.id);
    EXPECT_EQ(std::set<CaseId>(order.begin(), order.end()), (std::set<CaseId>{general_case.id, waiting.id, spot.id}));
}

TEST_P(Worklist, ASearchIsBoundToTheDepartmentAndTheStateChosen) {
    auto waiting = submitted(simple());
    auto open = accepted(simple());
    EXPECT_EQ(named({.text = "上海力向"}), 2);
    EXPECT_EQ(named({.authority = {78}, .text = "上海力向"}), 0);
    EXPECT_EQ(named({.states = {State::accepted}, .text = "上海"}), 1);
    EXPECT_EQ(named({.text = "上海力向"}, 1), 1);
    EXPECT_EQ(named({.text = waiting.number}), 1);
    EXPECT_EQ(list({.states = {State::accepted}, .text = "上海"}).at(0).id, open.id);
    EXPECT_THAT(list({.authority = {78}, .text = open.number}), IsEmpty());
}

TEST_P(Worklist, FiguresOfADayAreTheSameBeforeAndAfterFolding) {
    auto first = accepted(general());
    go_to(day(11, 27));
    decided(first, true);
    go_to(day(12, 20));
    auto check = [&] {
        std::map<std::string, std::array<int64_t, 3>> by_event;
        for (auto& f : figures()) {
            EXPECT_EQ(f.item, item);
            EXPECT_EQ(f.channel, "online");
            by_event[to_iso(f.day) + " " + f.event] = {f.cases, f.days, f.late};
        }
        EXPECT_EQ(by_event, (std::map<std::string, std::array<int64_t, 3>>{
                                {"2026-11-24 submit", {1, 0, 0}}, {"2026-11-24 accept", {1, 0, 0}}, {"2026-11-27 grant", {1, 3, 0}}}));
    };
    check();
    fold();
    check();
}

TEST_P(Worklist, ADecisionAfterThePromisedDayCountsAsLate) {
    auto c = accepted(general());
    go_to(day(12, 15));
    decided(c, false);
    int64_t late = 0;
    for (auto& f : figures()) late += f.late;
    EXPECT_EQ(late, 1);
}

TEST_P(Worklist, ManyWhoFoldAtOnceCountNothingTwice) {
    for (int i = 0; i < 12; ++i) submitted(simple());
    std::latch together(4);
    std::vector<std::jthread> folding;
    for (int i = 0; i < 4; ++i)
        folding.emplace_back([&] {
            together.arrive_and_wait();
            while (fold(3) > 0) {
            }
        });
    folding.clear();
    EXPECT_EQ(counted()[State::submitted][0], 12);
    EXPECT_EQ(counted(water)[State::submitted][0], 12);
}

TEST_P(Worklist, TheBookkeeperLeavesNothingUnfolded) {
    submitted(simple());
    Bookkeeper keeper(database(), division, std::chrono::milliseconds(5));
    auto left = [&] { return database().read([&](db::Tx& tx) { return any_move(tx, division); }); };
    for (int i = 0; i < 1000 && left(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    EXPECT_FALSE(left());
    EXPECT_EQ(counted()[State::submitted][0], 1);
}

}  // namespace
}  // namespace yimen::cases
