#include "cases/helping.h"

#include "cases/testing.h"

namespace yimen::cases {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Helping : public WithCases {
  protected:
    Helping() : helper(clerk()) {}

    // Nothing stays of what was refused, as in a request.
    Result<Case, HelpRefused> help(const Newcomer& newcomer, std::string_view what = item) {
        std::optional<HelpRefused> refused;
        std::optional<Case> begun;
        struct RollBack {};
        try {
            as(helper, [&](Desk& desk) {
                auto outcome = begin_at_window(desk, what, simple(), newcomer);
                if (!outcome) {
                    refused = outcome.error();
                    throw RollBack();
                }
                begun = std::move(*outcome);
                return 0;
            });
        } catch (const RollBack&) {
            return refuse(*refused);
        }
        return std::move(*begun);
    }
    std::vector<std::string_view> codes(const Result<Case, HelpRefused>& outcome) {
        std::vector<std::string_view> all;
        if (!outcome)
            for (auto& fault : outcome.error().faults) all.push_back(code(fault.wrong));
        return all;
    }
    std::vector<ledger::Line> history(int64_t chain) {
        return database().read([&](db::Tx& tx) { return ledger::history(tx, division, {chain}); });
    }
    std::vector<identity::Organisation> may_act(identity::PersonId person, Date on) {
        return database().read([&](db::Tx& tx) { return identity::may_act_for(tx, division, person, on); });
    }
    std::vector<Case> drafts(identity::AuthorityId authority = {}) {
        return database().read([&](db::Tx& tx) { return drafts_at_windows(tx, keys().fields, division, authority, 10); });
    }

    identity::Who helper;
    Newcomer known{"310120199003071225", "李娜", "13900000000", true, "91310120MA1HQ5RT6E", "上海力向金属制品有限公司", false};
    Newcomer unknown{"310120198805121230", "王小明", "13900000001"};
};
ON_BOTH_DATABASES(Helping);

// The register of these tests holds numbers whose check character is not right, as nothing but a window asks for them.
TEST_P(Helping, WhoIsKnownIsTakenAsRegistered) {
    identity::PersonId met{91};
    database().write([&](db::Tx& tx) {
        identity::put_person(tx, keys().fields, division, {met, "周梅", "310120199003071221", "13811112222", ""});
        identity::put_mandate(tx, division, {met, company, "agent", day(1, 1), day(12, 31)});
    });
    auto n = known;
    n.number = " 310120 19900307 1221 ";
    n.name = "周梅 ";
    auto c = help(n).value();
    EXPECT_EQ(c.person, met);
    EXPECT_EQ(c.organisation, company);
    EXPECT_EQ(c.channel, "window");
    EXPECT_EQ(c.helped_by, helper.staff);
    EXPECT_EQ(c.applicant_name, "上海力向金属制品有限公司");
    EXPECT_EQ(c.form.at("contact_phone"), "13900000000");  // as said today
    EXPECT_THAT(history(met.value), IsEmpty());            // the register stays as it was
}

TEST_P(Helping, WhoIsNotKnownIsRegisteredOnTheirOwnChain) {
    auto c = help(unknown).value();
    EXPECT_EQ(c.applicant_name, "王小明");
    auto lines = history(c.person.value);
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_EQ(lines[0].act, "register");
    EXPECT_EQ(boost::json::serialize(lines[0].after).find("310120198805121230"), std::string::npos);
    EXPECT_EQ(help(unknown).value().person, c.person);
}

TEST_P(Helping, AnotherNameIsRefusedAndRegistersNobody) {
    help(unknown).value();
    auto other = unknown;
    other.name = "王大明";
    EXPECT_THAT(codes(help(other)), ElementsAre("other_name"));
    auto stranger = unknown;
    stranger.number = "310104196809173012";
    stranger.for_organisation = true;
    stranger.credit_code = "91310120MA1HQ5RT6E";
    stranger.organisation = "别的公司";
    EXPECT_THAT(codes(help(stranger)), ElementsAre("other_organisation"));
    EXPECT_FALSE(
        database().read([&](db::Tx& tx) { return identity::find_person_by_number(tx, keys().fields, division, stranger.number); }));
}

TEST_P(Helping, ALetterOfAuthorisationCountsForNinetyDays) {
    auto n = unknown;
    n.for_organisation = true;
    n.credit_code = "91310120ma1hq5rt6e";
    n.organisation = "上海力向金属制品有限公司";
    EXPECT_THAT(codes(help(n)), ElementsAre("letter_missing"));
    n.letter_seen = true;
    auto c = help(n).value();
    EXPECT_EQ(c.organisation, company);
    auto last = Date(std::chrono::sys_days(shanghai_date(now)) + std::chrono::days(89));
    EXPECT_EQ(may_act(c.person, last).size(), 1u);
    EXPECT_THAT(may_act(c.person, Date(std::chrono::sys_days(last) + std::chrono::days(1))), IsEmpty());
    EXPECT_EQ(history(c.person.value).back().act, "give_mandate");
    n.letter_seen = false;  // on the register now
    EXPECT_TRUE(help(n));
    EXPECT_EQ(history(c.person.value).size(), 2u);
}

TEST_P(Helping, AnUnknownOrganisationIsRegisteredWithWhatItsPapersSay) {
    auto n = unknown;
    n.for_organisation = n.letter_seen = true;
    n.credit_code = "91110000802100433B";
    n.organisation = "北京示例有限公司";
    auto c = help(n).value();
    EXPECT_EQ(c.form.at("organisation_name"), "北京示例有限公司");
    EXPECT_FALSE(c.form.contains("legal_representative"));
    EXPECT_EQ(history(c.organisation.value).front().act, "register");
    sure(as(helper, [&](Desk& desk) { return save(desk, c.id, {{"legal_representative", "陈建国"}}); }));
}

TEST_P(Helping, EverythingWrongInFormIsNamedAtOnce) {
    Newcomer n{"310120198805121231", "", "12345", true, "", "", false};
    EXPECT_THAT(codes(help(n)), ElementsAre("name_missing", "number_wrong", "phone_wrong", "organisation_missing", "code_missing"));
}

TEST_P(Helping, NothingIsRegisteredForAnItemThatIsNotOffered) {
    EXPECT_EQ(help(unknown, "no-such-item").error().refusal, Refusal::item_not_offered);
    EXPECT_FALSE(database().read([&](db::Tx& tx) { return identity::find_person_by_number(tx, keys().fields, division, unknown.number); }));
}

TEST_P(Helping, OnlyAClerkOfAWindowHelps) {
    for (auto& who : {officer(), issuing_clerk(), agent()}) {
        helper = who;
        EXPECT_EQ(help(unknown).error().refusal, Refusal::not_permitted) << who.name;
    }
}

TEST_P(Helping, OnlyWhatWasBegunAtAWindowAndNotHandedInIsUnfinished) {
    auto first = help(unknown).value();
    begun(agent(), simple());
    now += std::chrono::minutes(1);
    auto second = filled(clerk(), simple());
    ASSERT_EQ(drafts().size(), 2u);
    EXPECT_EQ(drafts()[0].id, second.id);
    EXPECT_EQ(drafts(water).size(), 2u);
    EXPECT_THAT(drafts({int64_t{1} << 40}), IsEmpty());
    auto number = numbers().next(division, shanghai_date(now));
    sure(as(clerk(), [&](Desk& desk) { return submit(desk, second.id, held(), number); }));
    ASSERT_EQ(drafts().size(), 1u);
    EXPECT_EQ(drafts()[0].id, first.id);
}

TEST_P(Helping, AClerkThrowsAwayOnlyWhatWasBegunAtAWindowAndNeverHandedIn) {
    auto draft = help(unknown).value();
    auto at_home = begun(agent(), simple());
    auto handed_in = filled(clerk(), simple());
    auto number = numbers().next(division, shanghai_date(now));
    sure(as(clerk(), [&](Desk& desk) { return submit(desk, handed_in.id, held(), number); }));
    auto tries = [&](const identity::Who& who, CaseId id) { return as(who, [&](Desk& desk) { return discard(desk, id); }); };
    EXPECT_EQ(tries(clerk(), at_home.id).error(), Refusal::not_found);
    EXPECT_EQ(tries(clerk(), handed_in.id).error(), Refusal::not_found);
    EXPECT_EQ(tries(issuing_clerk(), draft.id).error(), Refusal::not_permitted);
    EXPECT_EQ(tries(agent(), draft.id).error(), Refusal::not_found);
    EXPECT_EQ(tries(clerk(), draft.id)->state, State::withdrawn);
    EXPECT_THAT(drafts(), IsEmpty());
    EXPECT_EQ(tries(clerk(), draft.id).error(), Refusal::not_found);
    auto history = database().read([&](db::Tx& tx) { return ledger::history(tx, division, {draft.id.value}); });
    EXPECT_TRUE(history.back().after.at("discarded").as_bool());
    EXPECT_EQ(history.back().actor.kind, "staff");
}

TEST_P(Helping, ACorrectionOfWhatWasBegunAtAWindowIsMendedThere) {
    auto c = filled(clerk(), simple());
    auto number = numbers().next(division, shanghai_date(now));
    sure(as(clerk(), [&](Desk& desk) { return submit(desk, c.id, held(), number); }));
    Correction wanted;
    wanted.fields = {"activity"};
    sure(as(clerk(), [&](Desk& desk) { return request_correction(desk, c.id, wanted); }));
    sure(as(clerk(), [&](Desk& desk) { return save(desk, c.id, {{"activity", "西餐"}}); }));
    EXPECT_EQ(sure(as(clerk(), [&](Desk& desk) { return resubmit(desk, c.id, held()); })).state, State::submitted);
}

TEST_P(Helping, TheLedgerProvesWhatWasRegisteredAtTheWindow) {
    auto n = unknown;
    n.for_organisation = n.letter_seen = true;
    n.credit_code = known.credit_code;
    n.organisation = known.organisation;
    help(n).value();
    auto subjects = identity::subject_digests();
    subjects["case"] = [](db::Tx& tx, Division where, ledger::ChainId chain) { return case_digest(tx, keys().fields, where, chain); };
    EXPECT_THAT(ledger::verify_all(database(), keys().ledger, subjects).faults, IsEmpty());
}

}  // namespace
}  // namespace yimen::cases
