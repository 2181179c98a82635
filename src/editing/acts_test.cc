#include "editing/testing.h"

#include <boost/json.hpp>

namespace yimen::editing {
namespace {

class Editing : public WithEditing {};
ON_BOTH_DATABASES(Editing);

TEST_P(Editing, ADraftBeginsFromTheNewestVersionAndOnlyOneIsOpen) {
    auto draft = begun(xu());
    EXPECT_EQ(draft.based_on, 1);
    EXPECT_EQ(draft.content.at("item").at("item").as_string(), permit);
    EXPECT_EQ(as(gao(), [&](Desk& desk) { return begin(desk, permit); }).error(), Refusal::not_possible_now);
    EXPECT_EQ(as(gao(), [&](Desk& desk) { return begin(desk, "nothing-like-it"); }).error(), Refusal::not_found);
}

TEST_P(Editing, EveryChangeRaisesTheRevisionAndIsRecordedWithBeforeAndAfter) {
    auto draft = begun(xu());
    auto changed = sure(edited(xu(), "改过的说明"));
    EXPECT_EQ(changed.revision, draft.revision + 1);
    auto lines = database().read([&](db::Tx& tx) { return ledger::history(tx, division, {draft.id.value}); });
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_EQ(lines[1].act, "edit_item");
    EXPECT_NE(lines[1].before.at("item/summary"), lines[1].after.at("item/summary"));
    EXPECT_EQ(lines[1].after.at("item/summary").at("zh").as_string(), "改过的说明");
    EXPECT_TRUE(verified().faults.empty());
}

TEST_P(Editing, AChangeThatChangesNothingIsNone) {
    auto draft = begun(xu());
    auto same = sure(
        as(xu(), [&](Desk& desk) { return change(desk, permit, "item", [](json::object&) -> Result<Done, Refusal> { return Done{}; }); }));
    EXPECT_EQ(same.revision, draft.revision);
    EXPECT_EQ(database().read([&](db::Tx& tx) { return ledger::history(tx, division, {draft.id.value}); }).size(), 1u);
}

TEST_P(Editing, WhoeverEditedLastNeitherChecksNorPublishes) {
    begun(xu());
    auto draft = sure(edited(xu(), "改过的说明"));
    EXPECT_EQ(checked(xu(), draft.revision).error(), Refusal::same_person);
    sure(checked(gao(), draft.revision));
    EXPECT_EQ(published(xu(), draft.revision, day(11, 24)).error(), Refusal::same_person);
    EXPECT_EQ(sure(published(gao(), draft.revision, day(11, 24))).state, State::published);
}

TEST_P(Editing, AnyChangeAfterTheCheckNeedsANewOne) {
    begun(xu());
    auto draft = sure(edited(xu(), "改过的说明"));
    sure(checked(gao(), draft.revision));
    auto again = sure(edited(gao(), "又改了"));
    EXPECT_EQ(again.state, State::draft);
    EXPECT_FALSE(again.checked_by);
    EXPECT_EQ(published(xu(), again.revision, day(11, 24)).error(), Refusal::not_checked);
    EXPECT_EQ(checked(xu(), draft.revision).error(), Refusal::changed_meanwhile) << "an older revision was looked at";
}

TEST_P(Editing, PublishingMakesTheNextVersionFromItsDayOn) {
    begun(xu());
    auto draft = sure(edited(xu(), "改过的说明"));
    sure(checked(gao(), draft.revision));
    EXPECT_EQ(published(gao(), draft.revision, day(11, 23)).error(), Refusal::day_past);
    sure(published(gao(), draft.revision, day(12, 1)));
    auto all = versions();
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].version, 2);
    EXPECT_EQ(all[0].from, day(12, 1));
    EXPECT_EQ(all[0].by, gao().staff.value);
    catalogue::PublishedCatalogue catalogue(database(), division, std::chrono::hours(1));
    EXPECT_EQ(catalogue.in_force(permit, day(11, 30))->version, 1);
    EXPECT_EQ(catalogue.in_force(permit, day(12, 1))->summary.zh, "改过的说明");
    EXPECT_EQ(catalogue.version(all[1].id)->version, 1) << "cases under way keep theirs";
    EXPECT_EQ(begun(gao()).based_on, 2);
    EXPECT_TRUE(verified().faults.empty());
}

TEST_P(Editing, AFaultyDraftIsNeitherCheckedNorPublished) {
    begun(xu());
    auto draft = sure(as(xu(), [&](Desk& desk) {
        return change(desk, permit, "item", [](json::object& content) -> Result<Done, Refusal> {
            content["item"].as_object().erase("summary");
            return Done{};
        });
    }));
    EXPECT_EQ(checked(gao(), draft.revision).error(), Refusal::faulty);
    auto problems = gate(draft, day(11, 24)).problems;
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_EQ(problems[0].part, "basics");
}

TEST_P(Editing, TheGateTellsWhatStandsBetweenAnItemAndItsLicence) {
    auto told = [&](std::string_view key, std::string_view value) {
        auto draft = found().value();
        draft.content["item"].as_object()[key] = value;
        auto problems = gate(draft, day(11, 24)).problems;
        return problems.empty() ? Problem{} : problems.front();
    };
    begun(xu());
    auto unknown = told("licence_type", "no-such-type");
    EXPECT_EQ(unknown.part, "codes");
    EXPECT_THAT(unknown.text.zh, testing::HasSubstr("没有证照类型“no-such-type”"));
    EXPECT_THAT(unknown.text.en, testing::HasSubstr("there is no licence type \"no-such-type\""));
    auto lacking = told("licence_type", "food-business-licence");
    EXPECT_THAT(lacking.text.zh, testing::HasSubstr("取自"));
    EXPECT_THAT(lacking.text.en, testing::HasSubstr("food-business-licence takes"));
}

TEST_P(Editing, ADepartmentsAnalystWritesItsItemsAlone) {
    auto other = analyst(43, "外单位", {999});
    EXPECT_EQ(as(other, [&](Desk& desk) { return begin(desk, permit); }).error(), Refusal::not_permitted);
    begun(xu());
    EXPECT_EQ(edited(other, "不该由我改").error(), Refusal::not_permitted);
    identity::Who clerk = xu();
    clerk.roles = {identity::Role::window_clerk};
    EXPECT_EQ(edited(clerk, "窗口也不改").error(), Refusal::not_permitted);
}

TEST_P(Editing, ADiscardedDraftIsGoneAndRecorded) {
    auto draft = begun(xu());
    sure(as(xu(), [&](Desk& desk) { return discard(desk, permit); }));
    EXPECT_FALSE(found());
    EXPECT_TRUE(verified().faults.empty());
    EXPECT_EQ(begun(xu()).based_on, 1);
}

TEST_P(Editing, AWithdrawnItemIsNotOfferedFromItsDayOn) {
    EXPECT_EQ(as(xu(), [&](Desk& desk) { return withdraw(desk, permit, day(12, 1), ""); }).error(), Refusal::reasons_missing);
    EXPECT_EQ(as(xu(), [&](Desk& desk) { return withdraw(desk, permit, day(11, 1), "取消"); }).error(), Refusal::day_past);
    sure(as(xu(), [&](Desk& desk) { return withdraw(desk, permit, day(12, 1), "并入综合许可"); }));
    catalogue::PublishedCatalogue catalogue(database(), division, std::chrono::hours(1));
    EXPECT_TRUE(catalogue.in_force(permit, day(11, 30)));
    EXPECT_FALSE(catalogue.in_force(permit, day(12, 1)));
    EXPECT_TRUE(catalogue.in_force(filing, day(12, 1)));
    EXPECT_TRUE(catalogue.version(versions()[0].id)) << "cases under way keep theirs";
    EXPECT_TRUE(verified().faults.empty());
}

TEST_P(Editing, AVersionPublishedAfterAWithdrawalOffersTheItemAgain) {
    sure(as(xu(), [&](Desk& desk) { return withdraw(desk, permit, day(11, 25), "暂停"); }));
    begun(xu());
    auto draft = sure(edited(xu(), "恢复办理"));
    sure(checked(gao(), draft.revision));
    sure(published(gao(), draft.revision, day(12, 10)));
    catalogue::PublishedCatalogue catalogue(database(), division, std::chrono::hours(1));
    EXPECT_FALSE(catalogue.in_force(permit, day(12, 9)));
    EXPECT_EQ(catalogue.in_force(permit, day(12, 10))->version, 2);
}

TEST_P(Editing, ANewItemNeedsANameOfItsOwnAndAKnownDepartment) {
    auto made = [&](std::string item, std::string department, std::string copy = "") {
        return as(xu(), [&](Desk& desk) { return begin_new(desk, {item, department, copy, {"新事项", "New"}}); });
    };
    EXPECT_EQ(made("Bad Name", "water").error(), Refusal::name_wrong);
    EXPECT_EQ(made(std::string(permit), "water").error(), Refusal::name_taken);
    EXPECT_EQ(made("well-permit", "nobody").error(), Refusal::unknown_department);
    EXPECT_EQ(made("well-permit", "water", "nothing").error(), Refusal::not_found);
    auto draft = sure(made("well-permit", "water"));
    EXPECT_EQ(draft.content.at("department").at("credit_code").as_string(), "11310120MB2F700144");
    EXPECT_EQ(made("well-permit", "water").error(), Refusal::name_taken);
    auto copy = sure(made("well-permit-copy", "greening", std::string(permit)));
    EXPECT_EQ(copy.content.at("item").at("name").at("zh").as_string(), "新事项");
    EXPECT_FALSE(copy.content.at("item").as_object().contains("catalogue_code")) << "codes are not copied";
    EXPECT_EQ(copy.content.at("department").at("department").as_string(), "greening");
}

TEST_P(Editing, TheListFindsNarrowsAndPages) {
    as(xu(), [&](Desk& desk) { return begin_new(desk, {"well-permit", "water", "", {"取水许可", "Well permit"}}); });
    begun(xu());
    auto list = [&](ListFilter filter) { return database().read([&](db::Tx& tx) { return listed(tx, division, filter); }); };
    EXPECT_EQ(list({}).matching, 3);
    EXPECT_EQ(list({.text = "取水"}).rows.at(0).item, "well-permit");
    EXPECT_EQ(list({.text = "%"}).matching, 0) << "no pattern from outside";
    EXPECT_EQ(list({.department = "greening"}).matching, 1);
    EXPECT_EQ(list({.state = "draft"}).matching, 2);
    EXPECT_EQ(list({.state = "published"}).matching, 2);
    EXPECT_EQ(list({.page = 2}).rows.size(), 0u);
    sure(as(xu(), [&](Desk& desk) { return withdraw(desk, filing, day(12, 1), "取消"); }));
    EXPECT_EQ(list({.state = "withdrawn"}).rows.at(0).item, filing);
}

TEST_P(Editing, WhatSomebodyTypedIsTheirsAloneUntilItIsForgotten) {
    auto keep = [&](identity::StaffId staff, std::string text) {
        database().write([&](db::Tx& tx) { keep_typing(tx, division, permit, staff, "basics", {"seen", {{"name.zh", {text}}}, now}); });
    };
    auto kept = [&](identity::StaffId staff) {
        return database().read([&](db::Tx& tx) { return typing(tx, division, permit, staff, "basics"); });
    };
    keep(xu().staff, "甲");
    keep(xu().staff, "乙");
    EXPECT_EQ(kept(xu().staff)->typed.at("name.zh").front(), "乙");
    EXPECT_FALSE(kept(gao().staff));
    database().write([&](db::Tx& tx) { forget_typing(tx, division, permit, xu().staff, "basics"); });
    EXPECT_FALSE(kept(xu().staff));
}

}  // namespace
}  // namespace yimen::editing
