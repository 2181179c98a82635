#include "cases/testing.h"

namespace yimen::cases {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Applying : public WithCases {
  protected:
    Result<Case, Refusal> submit_it(const identity::Who& who, CaseId id) {
        auto number = numbers().next(division, shanghai_date(now));
        return as(who, [&](Desk& desk) { return submit(desk, id, held(), number); });
    }
    std::vector<Notice> notices_of_case(CaseId id) {
        return database().read([&](db::Tx& tx) { return notices(tx, division, id); });
    }
    std::vector<ledger::Line> history(CaseId id) {
        return database().read([&](db::Tx& tx) { return ledger::history(tx, division, {id.value}); });
    }
};
ON_BOTH_DATABASES(Applying);

// Who applies is kept with the answers.
catalogue::Answers told_by_an_organisation(catalogue::Answers answers) {
    answers["applicant"] = "organisation";
    return answers;
}

TEST_P(Applying, ADraftKnowsItsSituationAuthorityAndApplicant) {
    auto c = found(begun(agent(), general()).id);
    EXPECT_EQ(c.state, State::draft);
    EXPECT_EQ(c.situation, "general");
    EXPECT_EQ(c.authority, water);
    EXPECT_EQ(c.organisation, company);
    EXPECT_EQ(c.channel, "online");
    EXPECT_EQ(c.answers, told_by_an_organisation(general()));
    EXPECT_EQ(c.number, "");
    EXPECT_EQ(c.made_at, now);
}

TEST_P(Applying, AnItemThatIsNotThereOrAnswersThatAreIncompleteBeginNothing) {
    auto with = [&](std::string_view what, catalogue::Answers answers) {
        return as(agent(), [&](Desk& desk) { return begin(desk, what, answers, held(), {lina, company, "x"}, {}); });
    };
    EXPECT_EQ(with("no-such-item", simple()).error(), Refusal::item_not_offered);
    EXPECT_EQ(with(item, {{"premises", "food"}}).error(), Refusal::answers_incomplete);
}

TEST_P(Applying, NobodyBeginsInTheNameOfACompanyTheyDoNotActFor) {
    auto begun = as(applicant(zhang), [&](Desk& desk) { return begin(desk, item, simple(), held(), {zhang, company, "x"}, {}); });
    EXPECT_EQ(begun.error(), Refusal::not_permitted);
}

TEST_P(Applying, SavingReplacesTheFieldsItNamesAndKeepsTheOthers) {
    auto c = begun(agent(), simple());
    as(agent(), [&](Desk& desk) { return save(desk, c.id, {{"site_address", "南桥路1号"}, {"outlets", "1"}}); });
    now += std::chrono::minutes(1);
    as(agent(), [&](Desk& desk) { return save(desk, c.id, {{"outlets", "2"}}); });
    auto after = found(c.id);
    EXPECT_EQ(after.form, (catalogue::Values{{"site_address", "南桥路1号"}, {"outlets", "2"}}));
    EXPECT_EQ(after.changed_at, now);
}

TEST_P(Applying, TheLedgerNamesTheFieldsSavedAndNeverTheirValues) {
    auto c = begun(agent(), simple());
    as(agent(), [&](Desk& desk) { return save(desk, c.id, {{"contact_phone", "13817046622"}}); });
    auto line = history(c.id).back();
    EXPECT_EQ(line.act, "draft_case");
    EXPECT_THAT(boost::json::serialize(line.after), testing::HasSubstr("contact_phone"));
    EXPECT_THAT(boost::json::serialize(line.after), testing::Not(testing::HasSubstr("13817046622")));
}

TEST_P(Applying, SomebodyElsesCaseLooksLikeNone) {
    auto c = filled(agent(), simple());
    auto zhang_tries = [&](auto act) { return as(applicant(zhang), act).error(); };
    EXPECT_EQ(zhang_tries([&](Desk& desk) { return save(desk, c.id, {}); }), Refusal::not_found);
    EXPECT_EQ(zhang_tries([&](Desk& desk) { return withdraw(desk, c.id, ""); }), Refusal::not_found);
    EXPECT_EQ(zhang_tries([&](Desk& desk) { return save(desk, CaseId{4711}, {}); }), Refusal::not_found);
    EXPECT_EQ(submit_it(applicant(zhang), c.id).error(), Refusal::not_found);
    // The agent herself, while she acts for herself and not for the company.
    EXPECT_EQ(submit_it(applicant(lina), c.id).error(), Refusal::not_found);
}

TEST_P(Applying, SubmittingGivesANumberAReceiptAndFiveWorkingDaysForAcceptance) {
    auto c = submitted(general());
    EXPECT_EQ(c.state, State::submitted);
    EXPECT_TRUE(CaseNumber::parse(c.number));
    EXPECT_EQ(c.acceptance_due, day(12, 1));
    auto all = notices_of_case(c.id);
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].kind, "receipt");
    EXPECT_EQ(all[0].number, c.number + "-S1124");
    EXPECT_EQ(all[0].ledger_seq, history(c.id).back().seq);
    auto news = database().read([&](db::Tx& tx) { return notifications(tx, division, lina, 10); });
    ASSERT_EQ(news.size(), 1u);
    EXPECT_EQ(news[0].kind, "receipt");
    EXPECT_FALSE(news[0].read);
}

TEST_P(Applying, AnIncompleteFormOrAMissingMaterialIsNotTaken) {
    auto c = begun(agent(), simple());
    EXPECT_EQ(submit_it(agent(), c.id).error(), Refusal::form_incomplete);
    as(agent(), [&](Desk& desk) { return save(desk, c.id, whole_form()); }).value();
    EXPECT_EQ(submit_it(agent(), c.id).error(), Refusal::materials_missing);
    EXPECT_EQ(found(c.id).state, State::draft);
    EXPECT_THAT(notices_of_case(c.id), IsEmpty());
}

TEST_P(Applying, WhatIsMissingIsToldAllAtOnce) {
    auto c = begun(agent(), simple());
    auto all = missing(c, *catalogue().in_force(item, day(11, 24)), {}, held(), day(11, 24));
    EXPECT_THAT(all.materials, ElementsAre("drainage-plan", "pretreatment", "forecast-report"));
    EXPECT_GT(all.fields.size(), 5u);
}

TEST_P(Applying, AWholeFormWithItsMaterialsLacksNothing) {
    auto c = filled(agent(), general());
    auto attached = database().read([&](db::Tx& tx) { return documents(tx, division, c.id); });
    auto lacks = missing(c, *catalogue().in_force(item, day(11, 24)), attached, held(), day(11, 24));
    EXPECT_THAT(lacks.materials, IsEmpty());
    for (auto& error : lacks.fields) ADD_FAILURE() << error.field << ": " << error.message.en;
}

TEST_P(Applying, ARemovedDocumentIsMissedAgain) {
    auto c = filled(agent(), simple());
    auto plan = database().read([&](db::Tx& tx) { return documents(tx, division, c.id); })[0];
    as(agent(), [&](Desk& desk) { return detach(desk, c.id, plan.id); }).value();
    EXPECT_EQ(submit_it(agent(), c.id).error(), Refusal::materials_missing);
    EXPECT_EQ(as(agent(), [&](Desk& desk) { return detach(desk, c.id, plan.id); }).error(), Refusal::not_found);
}

TEST_P(Applying, WhatIsSubmittedIsNotChangedAnyMore) {
    auto c = submitted(simple());
    EXPECT_EQ(as(agent(), [&](Desk& desk) { return save(desk, c.id, {{"outlets", "9"}}); }).error(), Refusal::not_possible_now);
    EXPECT_EQ(as(agent(), [&](Desk& desk) { return attach(desk, c.id, {}); }).error(), Refusal::not_possible_now);
    EXPECT_EQ(submit_it(agent(), c.id).error(), Refusal::not_possible_now);
}

TEST_P(Applying, WhatARegisterSaysIsNotChangedHere) {
    auto c = begun(agent(), simple());
    auto trying = [&](catalogue::Values values) { return as(agent(), [&](Desk& desk) { return save(desk, c.id, values); }); };
    EXPECT_EQ(trying({{"credit_code", "91110000802100433B"}}).error(), Refusal::locked_field);
    EXPECT_EQ(trying({{"credit_code", ""}}).error(), Refusal::locked_field);
    EXPECT_TRUE(trying({{"credit_code", "91310120MA1HQ5RT6E"}}));
    EXPECT_EQ(found(c.id).form, (catalogue::Values{{"credit_code", "91310120MA1HQ5RT6E"}}));
}

TEST_P(Applying, ALockedFieldOfWhomNoRegisterKnowsIsFilledInLikeAnyOther) {
    auto zhang_himself = applicant(zhang);
    auto c = sure(as(zhang_himself, [&](Desk& desk) { return begin(desk, item, simple(), held(), {zhang, {}, "张伟"}, {}); }));
    for (auto* name : {"张", "张伟点心店"})
        EXPECT_TRUE(as(zhang_himself, [&](Desk& desk) { return save(desk, c.id, {{"organisation_name", name}}); })) << name;
}

TEST_P(Applying, WhatIsComputedFollowsEachSavingAndIsNeverTyped) {
    auto c = begun(agent(), simple());
    auto saving = [&](catalogue::Values values) { return as(agent(), [&](Desk& desk) { return save(desk, c.id, values); }); };
    sure(saving({{"daily_water", "6"}, {"outlets", "4"}}));
    EXPECT_EQ(found(c.id).form.at("daily_by_outlet"), "1.5");
    EXPECT_EQ(saving({{"daily_by_outlet", "9"}}).error(), Refusal::computed_field);
    sure(saving({{"outlets", "1"}}));
    EXPECT_FALSE(found(c.id).form.contains("daily_by_outlet")) << "not seen, so nothing";
}

TEST_P(Applying, AFieldOfFilesHoldsWhatWasHandedInForIt) {
    auto c = begun(agent(), simple());
    auto photo = hand_in_document(agent(), c.id, "field:photos");
    EXPECT_EQ(found(c.id).form.at("photos"), (boost::json::array{{{"document", to_text(photo.id)}, {"name", photo.name}}}));
    EXPECT_EQ(as(agent(),
                 [&](Desk& desk) {
                     return save(desk, c.id, {{"photos", boost::json::array()}});
                 })
                  .error(),
              Refusal::computed_field);
    sure(as(agent(), [&](Desk& desk) { return detach(desk, c.id, photo.id); }));
    EXPECT_EQ(found(c.id).form.at("photos"), boost::json::array());
    Document d;
    d.material = "field:activity";
    EXPECT_EQ(as(agent(), [&](Desk& desk) { return attach(desk, c.id, d); }).error(), Refusal::unknown_material);
}

TEST_P(Applying, ASignatureIsTheNameOfWhoActsForTheOrganisation) {
    auto c = filled(agent(), simple());
    auto signing = [&](std::string_view name) {
        sure(as(agent(), [&](Desk& desk) {
            return save(desk, c.id, {{"signed", {{"name", name}, {"at", "2026-11-24T09:00:00+08:00"}}}});
        }));
        auto number = numbers().next(division, shanghai_date(now));
        return as(agent(), [&](Desk& desk) { return submit(desk, c.id, held(), number); });
    };
    EXPECT_EQ(signing("张伟").error(), Refusal::form_incomplete);
    EXPECT_TRUE(signing("李娜"));
}

TEST_P(Applying, WhoAppliesIsKeptAndMustBeWhomTheItemIsFor) {
    EXPECT_EQ(begun(agent(), simple()).answers.at("applicant"), "organisation");
    catalogue::ItemVersion version;
    version.applicants = {"organisation"};
    EXPECT_EQ(not_for(version, {zhang, {}, "张伟"}), Refusal::only_organisations);
    EXPECT_EQ(not_for(version, {lina, company, "上海力向金属制品有限公司"}), std::nullopt);
    version.applicants = {"person"};
    EXPECT_EQ(not_for(version, {zhang, {}, "张伟"}), std::nullopt);
    EXPECT_EQ(not_for(version, {lina, company, "上海力向金属制品有限公司"}), Refusal::only_persons);
}

TEST_P(Applying, WhatTheFormAndTheItemDoNotHaveIsRefused) {
    auto c = begun(agent(), simple());
    EXPECT_EQ(as(agent(),
                 [&](Desk& desk) {
                     return save(desk, c.id, {{"outlets", "1"}, {"nonsense", "x"}});
                 })
                  .error(),
              Refusal::unknown_field);
    EXPECT_THAT(found(c.id).form, IsEmpty());
    Document d;
    d.material = "no-such-material";
    EXPECT_EQ(as(agent(), [&](Desk& desk) { return attach(desk, c.id, d); }).error(), Refusal::unknown_material);
}

TEST_P(Applying, OnlyAnswersToQuestionsThatWereAskedAreKept) {
    auto answers = simple();
    answers["site_water"] = "living";  // asked of building sites only
    answers["nonsense"] = "x";
    EXPECT_EQ(begun(agent(), answers).answers, told_by_an_organisation(simple()));
}

TEST_P(Applying, WithdrawingWhatWasHandedInNeedsAReason) {
    auto c = submitted(simple());
    EXPECT_EQ(as(agent(), [&](Desk& desk) { return withdraw(desk, c.id, ""); }).error(), Refusal::reasons_missing);
    auto draft = begun(agent(), simple());
    EXPECT_EQ(as(agent(), [&](Desk& desk) { return withdraw(desk, draft.id, ""); })->state, State::withdrawn);
}

TEST_P(Applying, WithdrawingEndsTheCaseUntilItIsDecided) {
    auto c = submitted(simple());
    EXPECT_EQ(as(agent(), [&](Desk& desk) { return withdraw(desk, c.id, "不开店了"); })->state, State::withdrawn);
    EXPECT_EQ(as(agent(), [&](Desk& desk) { return withdraw(desk, c.id, ""); }).error(), Refusal::not_possible_now);
}

TEST_P(Applying, AClerkFillsInAndSubmitsForSomebodyStandingThere) {
    auto c = filled(clerk(), simple());
    EXPECT_EQ(c.channel, "window");
    EXPECT_EQ(c.helped_by, clerk().staff);
    EXPECT_EQ(submit_it(clerk(), c.id)->state, State::submitted);
    EXPECT_EQ(history(c.id).back().act, "help_applicant");
}

TEST_P(Applying, AClerkDoesNotTouchADraftKeptAtHome) {
    auto c = filled(agent(), simple());
    EXPECT_EQ(as(clerk(), [&](Desk& desk) { return save(desk, c.id, {}); }).error(), Refusal::not_permitted);
    EXPECT_EQ(submit_it(clerk(), c.id).error(), Refusal::not_permitted);
}

TEST_P(Applying, CasesOfACompanyAreNotAmongOnesOwn) {
    auto c = begun(agent(), simple());
    auto mine = [&](identity::OrganisationId organisation) {
        return database().read([&](db::Tx& tx) { return cases_of(tx, keys().fields, division, lina, organisation, 10); });
    };
    EXPECT_THAT(mine({}), IsEmpty());
    ASSERT_EQ(mine(company).size(), 1u);
    EXPECT_EQ(mine(company)[0].id, c.id);
}

}  // namespace
}  // namespace yimen::cases
