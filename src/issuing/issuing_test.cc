#include "issuing/issuing.h"

#include "cases/testing.h"

namespace yimen::issuing {
namespace {

class Issuing : public cases::WithCases {
  protected:
    cases::Case refused() {
        auto c = accepted(simple());
        return as(officer(),
                  [&](cases::Desk& desk) {
                      return cases::decide(desk, cases::lock(desk.tx, keys().fields, division, c.id).value(), false, "不符合条件", {});
                  })
            .value();
    }
    Result<cases::Case, cases::Refusal> take(const cases::Case& c, const identity::Who& who) {
        return as(who, [&](cases::Desk& desk) { return take_by_download(desk, c); });
    }
};
ON_BOTH_DATABASES(Issuing);

TEST_P(Issuing, AGrantedCaseIsTakenWithItsLicence) {
    auto c = accepted(simple());
    auto granted = as(officer(), [&](cases::Desk& desk) {
                       auto decided = cases::decide(desk, cases::lock(desk.tx, keys().fields, division, c.id).value(), true, "", {});
                       licences::issue(desk, licences::Types::embedded(), *decided, *catalogue().version(c.item_version));
                       return decided;
                   }).value();
    EXPECT_EQ(take(granted, agent())->state, cases::State::closed);
    auto licences = database().read([&](db::Tx& tx) { return licences::of_holder(tx, division, lina, company); });
    ASSERT_EQ(licences.size(), 1u);
    EXPECT_EQ(licences[0].case_id, c.id);
}

TEST_P(Issuing, ADownloadMakesDeliversAndClosesAtOnce) {
    auto taken = take(refused(), agent()).value();
    EXPECT_EQ(taken.state, cases::State::closed);
    EXPECT_EQ(found(taken.id).delivered_at, now);
}

TEST_P(Issuing, ASecondDownloadChangesNothing) {
    auto taken = take(refused(), agent()).value();
    auto entries = verified().entries;
    EXPECT_EQ(take(taken, agent())->state, cases::State::closed);
    EXPECT_EQ(verified().entries, entries);
}

TEST_P(Issuing, NobodyElseTakesIt) { EXPECT_EQ(take(refused(), applicant(zhang)).error(), cases::Refusal::not_found); }

TEST_P(Issuing, NobodyElseLearnsThatItWasTaken) {
    auto taken = take(refused(), agent()).value();
    EXPECT_EQ(take(taken, applicant(zhang)).error(), cases::Refusal::not_found);
}

TEST_P(Issuing, NothingIsTakenBeforeTheDecision) { EXPECT_EQ(take(accepted(simple()), agent()).error(), cases::Refusal::not_possible_now); }

}  // namespace
}  // namespace yimen::issuing
