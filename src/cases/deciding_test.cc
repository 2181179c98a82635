#include "cases/testing.h"

namespace yimen::cases {
namespace {

class Deciding : public WithCases {
  protected:
    Result<Case, Refusal> decide_it(CaseId id, bool grant, std::string_view reasons, const identity::Who& who) {
        return as(who, [&](Desk& desk) { return decide(desk, lock(desk.tx, keys().fields, division, id).value(), grant, reasons, {}); });
    }
    template <class F>
    Result<Case, Refusal> officer_does(F&& act) {
        return as(officer(), act);
    }
};
ON_BOTH_DATABASES(Deciding);

TEST_P(Deciding, AnOfficerDecidesOnlyWhatTheyAreAuthorisedFor) {
    auto c = accepted(simple());
    auto without = officer();
    without.authorisations.clear();
    EXPECT_EQ(decide_it(c.id, true, "", without).error(), Refusal::not_permitted);
    auto other_item = officer();
    for (auto& given : other_item.authorisations) given.item = "water-quota";
    EXPECT_EQ(decide_it(c.id, true, "", other_item).error(), Refusal::not_permitted);
    auto run_out = officer();
    for (auto& given : run_out.authorisations) given.to = day(11, 23);
    EXPECT_EQ(decide_it(c.id, true, "", run_out).error(), Refusal::not_permitted);
    EXPECT_EQ(decide_it(c.id, true, "", officer())->state, State::granted);
}

TEST_P(Deciding, ARefusalGivesReasons) {
    auto c = accepted(simple());
    EXPECT_EQ(decide_it(c.id, false, "", officer()).error(), Refusal::reasons_missing);
    auto refused = decide_it(c.id, false, "排放口接入雨水管", officer()).value();
    EXPECT_EQ(refused.state, State::refused);
    EXPECT_EQ(refused.decided_at, now);
    auto notice = database().read([&](db::Tx& tx) { return notices(tx, division, c.id); }).back();
    EXPECT_EQ(notice.kind, "refusal");
    EXPECT_EQ(notice.content.at("reasons"), "排放口接入雨水管");
}

TEST_P(Deciding, NothingIsDecidedTwice) {
    auto c = accepted(simple());
    decide_it(c.id, true, "", officer()).value();
    EXPECT_EQ(decide_it(c.id, false, "no", officer()).error(), Refusal::not_possible_now);
}

// Administrative License Law art. 42(1).
TEST_P(Deciding, TheLimitIsExtendedOnceByAtMostTenDays) {
    auto c = accepted(general());
    auto by = [&](int days, std::string_view reason) { return officer_does([&](Desk& desk) { return extend(desk, c.id, days, reason); }); };
    EXPECT_EQ(by(11, "复杂").error(), Refusal::reasons_missing);
    EXPECT_EQ(by(0, "复杂").error(), Refusal::reasons_missing);
    EXPECT_EQ(by(5, "").error(), Refusal::reasons_missing);
    auto extended = by(3, "需要核实管网").value();
    EXPECT_EQ(extended.promised_due, day(12, 4));
    EXPECT_EQ(extended.statutory_due, day(12, 25));
    EXPECT_EQ(by(3, "又一次").error(), Refusal::already_extended);
}

// Art. 45: the time of an inspection does not count.
TEST_P(Deciding, ASuspendedCaseIsDueLaterByTheDaysItStood) {
    auto c = accepted(general());
    go_to(day(11, 25));
    EXPECT_EQ(officer_does([&](Desk& desk) { return suspend(desk, c.id, ""); }).error(), Refusal::reasons_missing);
    EXPECT_EQ(officer_does([&](Desk& desk) { return suspend(desk, c.id, "水质检测"); })->state, State::suspended);
    EXPECT_EQ(decide_it(c.id, true, "", officer()).error(), Refusal::not_possible_now);
    go_to(day(11, 27));
    auto resumed = officer_does([&](Desk& desk) { return resume(desk, c.id); }).value();
    EXPECT_EQ(resumed.state, State::under_review);
    EXPECT_EQ(resumed.promised_due, day(12, 4));  // 25, 26 and 27 November do not count
    auto pauses = database().read([&](db::Tx& tx) { return suspensions(tx, division, c.id); });
    ASSERT_EQ(pauses.size(), 1u);
    EXPECT_EQ(pauses[0].to, day(11, 27));
}

TEST_P(Deciding, LimitsTellEachDateAndWhy) {
    auto c = accepted(general());
    auto& version = *catalogue().in_force(item, day(11, 24));
    auto all = limits(c, version, {}, days(), day(12, 2));
    EXPECT_FALSE(all.acceptance);
    EXPECT_EQ(all.promised->date, c.promised_due);
    EXPECT_EQ(all.statutory->date, c.statutory_due);
    EXPECT_FALSE(all.promised->because_zh.empty());
    EXPECT_EQ(all.light, calendar::Light::red);
    EXPECT_EQ(limits(c, version, {}, days(), day(12, 23)).light, calendar::Light::black);
    auto waiting = submitted(general());
    EXPECT_EQ(limits(waiting, version, {}, days(), day(11, 24)).acceptance->date, day(12, 1));
}

TEST_P(Deciding, AResultIsMadeAndHandedOver) {
    auto c = accepted(simple());
    decide_it(c.id, true, "", officer()).value();
    EXPECT_EQ(as(issuing_clerk(), [&](Desk& desk) { return deliver(desk, c.id, "window"); }).error(), Refusal::not_possible_now);
    EXPECT_EQ(as(issuing_clerk(), [&](Desk& desk) { return make_result(desk, c.id); })->state, State::result_made);
    auto closed = as(issuing_clerk(), [&](Desk& desk) { return deliver(desk, c.id, "window", "李娜"); }).value();
    EXPECT_EQ(closed.state, State::closed);
    EXPECT_EQ(closed.delivered_at, now);
}

TEST_P(Deciding, WhoReceivedTheResultIsKeptSealed) {
    auto c = accepted(simple());
    decide_it(c.id, true, "", officer()).value();
    as(issuing_clerk(), [&](Desk& desk) { return make_result(desk, c.id); }).value();
    as(issuing_clerk(), [&](Desk& desk) { return deliver(desk, c.id, "window", "李娜"); }).value();
    auto after = database().read([&](db::Tx& tx) { return ledger::history(tx, division, {c.id.value}); }).back().after;
    EXPECT_THAT(boost::json::serialize(after), testing::Not(testing::HasSubstr("李娜")));
    auto sealed = crypto::from_base64url(after.at("received_by_sealed").as_string()).value();
    EXPECT_EQ(keys().fields.open(sealed, "case.received_by"), "李娜");
}

}  // namespace
}  // namespace yimen::cases
