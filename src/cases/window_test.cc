#include "cases/testing.h"

namespace yimen::cases {
namespace {

class Window : public WithCases {
  protected:
    Result<Case, Refusal> ask_correction(CaseId id, const Correction& wanted = {
                                                        {"drainage-plan"}, {"outlets"}, {{"drainage-plan", "看不清"}}, "请补正"}) {
        return as(clerk(), [&](Desk& desk) { return request_correction(desk, id, wanted); });
    }
    Result<Case, Refusal> accept_it(CaseId id) {
        return as(clerk(), [&](Desk& desk) { return accept(desk, id); });
    }
    Notice last_notice(CaseId id) {
        return database().read([&](db::Tx& tx) { return notices(tx, division, id); }).back();
    }
};
ON_BOTH_DATABASES(Window);

TEST_P(Window, AcceptanceStartsBothLimitsOnTheDayOfAcceptance) {
    auto c = submitted(general());
    auto accepted = accept_it(c.id).value();
    EXPECT_EQ(accepted.state, State::accepted);
    EXPECT_EQ(accepted.accepted_on, day(11, 24));
    EXPECT_EQ(accepted.promised_due, day(12, 1));    // five working days
    EXPECT_EQ(accepted.statutory_due, day(12, 22));  // twenty
    EXPECT_EQ(last_notice(c.id).kind, "acceptance");
    EXPECT_EQ(found(c.id).statutory_due, day(12, 22));
}

TEST_P(Window, AnItemDecidedOnTheSpotIsDueTheSameDay) { EXPECT_EQ(accepted(simple()).promised_due, day(11, 24)); }

// Administrative License Law art. 32(1)(4): silence for five days is acceptance on the day of receipt.
TEST_P(Window, ALateAcceptanceCountsFromTheDayOfReceipt) {
    auto c = submitted(general());
    go_to(day(12, 2));
    auto accepted = accept_it(c.id).value();
    EXPECT_EQ(accepted.accepted_on, day(11, 24));
    EXPECT_EQ(accepted.promised_due, day(12, 1));
    EXPECT_TRUE(last_notice(c.id).content.at("late").as_bool());
}

TEST_P(Window, ACorrectionIsAskedForWithinFiveWorkingDaysOnly) {
    auto c = submitted(general());
    go_to(day(12, 2));
    EXPECT_EQ(ask_correction(c.id).error(), Refusal::correction_too_late);
    go_to(day(12, 1));
    EXPECT_EQ(ask_correction(c.id)->state, State::correction_requested);
}

TEST_P(Window, ACorrectionListsEverythingAndIsAskedForOnce) {
    auto c = submitted(general());
    EXPECT_EQ(ask_correction(c.id, {}).error(), Refusal::nothing_to_correct);
    ask_correction(c.id).value();
    auto notice = last_notice(c.id);
    EXPECT_EQ(notice.kind, "correction");
    EXPECT_EQ(boost::json::serialize(notice.content.at("materials")), R"(["drainage-plan"])");
    EXPECT_EQ(notice.content.at("remarks").at("drainage-plan"), "看不清");
    EXPECT_EQ(ask_correction(c.id).error(), Refusal::not_possible_now);
}

TEST_P(Window, ACorrectedCaseStartsTheClockOfAcceptanceAnew) {
    auto c = submitted(general());
    ask_correction(c.id).value();
    go_to(day(12, 10));
    as(agent(), [&](Desk& desk) { return save(desk, c.id, {{"outlets", "2"}}); }).value();
    hand_in_document(agent(), c.id, "drainage-plan", "%PDF-1.7 better");
    auto again = as(agent(), [&](Desk& desk) { return resubmit(desk, c.id, held()); }).value();
    EXPECT_EQ(again.state, State::submitted);
    EXPECT_EQ(again.number, c.number);
    EXPECT_EQ(again.acceptance_due, day(12, 17));
    EXPECT_EQ(accept_it(c.id)->accepted_on, day(12, 10));
}

TEST_P(Window, AClerkHelpsToCorrectACaseFromHome) {
    auto c = submitted(general());
    ask_correction(c.id).value();
    EXPECT_TRUE(as(clerk(), [&](Desk& desk) { return save(desk, c.id, {{"outlets", "2"}}); }));
    EXPECT_TRUE(as(clerk(), [&](Desk& desk) { return resubmit(desk, c.id, held()); }));
}

TEST_P(Window, RefusingToAcceptNeedsAReason) {
    auto c = submitted(general());
    auto refuse_it = [&](std::string_view reason) {
        return as(clerk(), [&](Desk& desk) { return refuse_acceptance(desk, c.id, reason, "奉贤区生态环境局"); });
    };
    EXPECT_EQ(refuse_it("").error(), Refusal::reasons_missing);
    EXPECT_EQ(refuse_it("不属于本机关职权范围")->state, State::not_accepted);
    EXPECT_EQ(last_notice(c.id).content.at("right_authority"), "奉贤区生态环境局");
    EXPECT_EQ(accept_it(c.id).error(), Refusal::not_possible_now);
}

TEST_P(Window, OnlyAWindowClerkAccepts) {
    auto c = submitted(general());
    auto as_others = [&](const identity::Who& who) { return as(who, [&](Desk& desk) { return accept(desk, c.id); }).error(); };
    EXPECT_EQ(as_others(officer()), Refusal::not_permitted);
    EXPECT_EQ(as_others(issuing_clerk()), Refusal::not_permitted);
    EXPECT_EQ(as_others(agent()), Refusal::not_found);
    EXPECT_EQ(found(c.id).state, State::submitted);
}

TEST_P(Window, AClerkOfAnotherDepartmentDoesNot) {
    auto c = submitted(general());
    auto of_health = clerk();
    of_health.authority = {78};
    EXPECT_EQ(as(of_health, [&](Desk& desk) { return accept(desk, c.id); }).error(), Refusal::not_permitted);
}

}  // namespace
}  // namespace yimen::cases
