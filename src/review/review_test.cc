#include "review/review.h"

#include "cases/testing.h"

namespace yimen::review {
namespace {

class Reviewing : public cases::WithCases {
  protected:
    Result<Case, Refusal> examine_it(CaseId id, const identity::Who& who, std::string_view opinion = "符合条件") {
        return as(who, [&](Desk& desk) { return examine(desk, id, opinion, true); });
    }
    Result<Case, Refusal> refuse_it(CaseId id, const identity::Who& who) {
        return as(who, [&](Desk& desk) { return decide(desk, types, id, false, "不符合条件"); });
    }
    Position where(CaseId id) {
        auto file = found(id);
        return database().read([&](db::Tx& tx) { return position(tx, file, *catalogue().version(file.item_version)); });
    }
    Result<Case, Refusal> grant_it(CaseId id, const identity::Who& who) {
        return as(who, [&](Desk& desk) { return decide(desk, types, id, true, ""); });
    }
    std::optional<licences::Licence> licence_of(CaseId id) {
        return database().read([&](db::Tx& tx) { return licences::of_case(tx, division, id); });
    }
    identity::Who zhaomin() { return officer(34, "赵敏"); }
    licences::Types types = licences::Types::embedded();
};
ON_BOTH_DATABASES(Reviewing);

TEST(ReviewPlans, EachHasADecisionLast) {
    for (auto* name : {"sole", "examiner_verifier"}) EXPECT_EQ(plan(name).back().kind, "decide");
    EXPECT_TRUE(plan("nobody").empty());
}

TEST(ReviewPlans, EachPlanOfTheCatalogueIsThere) {
    for (auto& item : catalogue::embedded_catalogue().items)
        for (auto& situation : item.version.situations) {
            if (item.version.form.empty()) continue;
            EXPECT_FALSE(plan(situation.review_plan).empty()) << item.version.item << " " << situation.name;
        }
}

TEST_P(Reviewing, ASoleOfficerDecidesAlone) {
    auto c = accepted(simple());
    EXPECT_EQ(where(c.id).now->kind, "decide");
    EXPECT_EQ(examine_it(c.id, officer()).error(), Refusal::not_possible_now);
    EXPECT_EQ(refuse_it(c.id, officer())->state, cases::State::refused);
    EXPECT_EQ(where(c.id).now, nullptr);
}

TEST_P(Reviewing, AGrantIssuesTheLicenceAtOnce) {
    auto c = accepted(simple());
    EXPECT_EQ(grant_it(c.id, officer())->state, cases::State::granted);
    auto licence = licence_of(c.id);
    ASSERT_TRUE(licence);
    EXPECT_EQ(licence->valid_from, shanghai_date(now));
    EXPECT_EQ(licence->organisation, company);
    EXPECT_TRUE(licences::signature_holds(keys(), *licence));
    EXPECT_EQ(grant_it(c.id, officer()).error(), Refusal::not_possible_now);
}

TEST_P(Reviewing, ARefusalIssuesNothing) {
    auto c = accepted(simple());
    refuse_it(c.id, officer()).value();
    EXPECT_FALSE(licence_of(c.id));
}

TEST_P(Reviewing, AGrantThatFailsLeavesNeitherDecisionNorLicence) {
    auto c = accepted(simple());
    EXPECT_EQ(as(officer(), [&](Desk& desk) { return decide(desk, licences::Types{}, c.id, true, ""); }).error(), Refusal::licence_unknown);
    EXPECT_EQ(found(c.id).state, cases::State::accepted);
    EXPECT_FALSE(licence_of(c.id));
}

TEST_P(Reviewing, WhereOneExaminesNobodyDecidesBefore) {
    auto c = accepted(general());
    EXPECT_EQ(refuse_it(c.id, officer()).error(), Refusal::stage_missing);
    EXPECT_EQ(examine_it(c.id, officer(), "").error(), Refusal::reasons_missing);
    EXPECT_EQ(examine_it(c.id, officer())->state, cases::State::under_review);
    EXPECT_EQ(examine_it(c.id, zhaomin()).error(), Refusal::not_possible_now);
}

TEST_P(Reviewing, WhoeverExaminedDoesNotDecide) {
    auto c = accepted(general());
    examine_it(c.id, officer()).value();
    EXPECT_EQ(refuse_it(c.id, officer()).error(), Refusal::same_person);
    EXPECT_EQ(refuse_it(c.id, zhaomin())->state, cases::State::refused);
}

TEST_P(Reviewing, TheExaminersOpinionIsReadFromTheLedger) {
    auto c = accepted(general());
    examine_it(c.id, officer(), "管径与水量相符").value();
    auto found = where(c.id);
    ASSERT_EQ(found.done.size(), 1u);
    EXPECT_EQ(found.done[0].opinion, "管径与水量相符");
    EXPECT_EQ(found.done[0].by, "刘强");
    EXPECT_TRUE(found.done[0].favourable);
    EXPECT_EQ(found.now->kind, "decide");
}

// A case that stood still before anybody examined it comes back as under review.
TEST_P(Reviewing, ACaseSuspendedBeforeItsExaminationIsExaminedAfterwards) {
    auto c = accepted(general());
    as(officer(), [&](Desk& desk) { return cases::suspend(desk, c.id, "水质检测"); }).value();
    EXPECT_EQ(examine_it(c.id, officer()).error(), Refusal::not_possible_now);
    as(officer(), [&](Desk& desk) { return cases::resume(desk, c.id); }).value();
    EXPECT_TRUE(examine_it(c.id, officer()));
    EXPECT_TRUE(refuse_it(c.id, zhaomin()));
}

TEST_P(Reviewing, WhoIsNotAuthorisedLearnsNothingOfTheStage) {
    auto c = accepted(general());
    auto other = officer();
    other.authorisations.clear();
    EXPECT_EQ(refuse_it(c.id, other).error(), Refusal::not_permitted);
    EXPECT_EQ(examine_it(c.id, other).error(), Refusal::not_permitted);
    EXPECT_EQ(refuse_it(c.id, agent()).error(), Refusal::not_found);
}

}  // namespace
}  // namespace yimen::review
