#include "identity/policy.h"

#include <gtest/gtest.h>

#include "identity/identity.h"

namespace yimen::identity {
namespace {

using namespace std::chrono_literals;
constexpr Date today = 2026y / 11 / 24;

Who officer_with(Authorisation given) {
    Who who;
    who.staff = {7};
    who.authority = {3};
    who.roles = {Role::officer};
    who.authorisations = {std::move(given)};
    return who;
}
const Subject drainage{.owner_person = 1, .owner_organisation = 2, .authority = 3, .item = "drainage-permit-new", .situation = "simple"};

TEST(Policy, EveryActHasOneRuleAndItsNameReadsBack) {
    for (auto act : all_acts()) EXPECT_EQ(act_named(name(act)), act);
    EXPECT_EQ(all_acts().size(), static_cast<size_t>(Act::read_api_description) + 1);
}

TEST(Policy, NobodySignedInMayOnlyBrowse) {
    EXPECT_TRUE(permits(Roles{}, Act::browse));
    for (auto act : {Act::draft_case, Act::see_case, Act::decide_case, Act::read_ledger, Act::manage_staff})
        EXPECT_FALSE(permits(Roles{}, act));
}

TEST(Policy, AnApplicantSeesOnlyTheirOwn) {
    Who who;
    who.person = {1};
    who.roles = {Role::applicant};
    EXPECT_FALSE(permits(who, Act::see_own_case, drainage, today)) << "an organisation's case, but not acting for it";
    who.acting_for = {2};
    EXPECT_TRUE(permits(who, Act::see_own_case, drainage, today));
    who.acting_for = {9};
    EXPECT_FALSE(permits(who, Act::see_own_case, drainage, today));
}

TEST(Policy, AnOfficerDecidesOnlyWhatTheyAreAuthorisedForToday) {
    EXPECT_TRUE(permits(officer_with({Act::decide_case, "drainage-permit-new", "*", {}, {}}), Act::decide_case, drainage, today));
    EXPECT_FALSE(permits(officer_with({Act::decide_case, "other", "*", {}, {}}), Act::decide_case, drainage, today));
    EXPECT_FALSE(permits(officer_with({Act::decide_case, "*", "general", {}, {}}), Act::decide_case, drainage, today));
    EXPECT_FALSE(permits(officer_with({Act::decide_case, "*", "*", {}, 2026y / 11 / 23}), Act::decide_case, drainage, today));
    EXPECT_TRUE(permits(officer_with({Act::decide_case, "*", "*", today, today}), Act::decide_case, drainage, today));
    EXPECT_FALSE(permits(officer_with({Act::examine_case, "*", "*", {}, {}}), Act::decide_case, drainage, today));
}

TEST(Policy, AnotherDepartmentsCaseIsOutOfReach) {
    auto who = officer_with({Act::decide_case, "*", "*", {}, {}});
    who.authority = {4};
    EXPECT_FALSE(permits(who, Act::decide_case, drainage, today));
    EXPECT_FALSE(permits(who, Act::see_case, drainage, today));
}

TEST(Policy, AWindowClerkNeverDecidesAndAnOfficerNeverAccepts) {
    EXPECT_FALSE(permits(Roles{Role::window_clerk}, Act::decide_case));
    EXPECT_FALSE(permits(Roles{Role::officer}, Act::accept_case));
    EXPECT_FALSE(permits(Roles{Role::administrator}, Act::read_ledger)) << "three separated administrators";
}

}  // namespace
}  // namespace yimen::identity
