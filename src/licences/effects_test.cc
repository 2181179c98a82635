#include "cases/about_licence.h"
#include "cases/testing.h"
#include "document/testing.h"
#include "identity/store.h"
#include "licences/store.h"

// What cases about a licence do to it.
namespace yimen::licences {
namespace {

using cases::Case;
using cases::Desk;
using cases::Refusal;
using testing::HasSubstr;

const Types& types() { return Types::embedded(); }

class Effects : public cases::WithCases {
  protected:
    const cases::Library* library() const override { return &library_; }

    Licence first_licence() {
        auto c = accepted(simple());
        return as(officer(), [&](Desk& desk) { return issue(desk, types(), c, *catalogue().version(c.item_version)); });
    }
    static catalogue::Answers answers_for(std::string_view of) {
        if (of == "drainage-permit-renewal") return {{"daily_discharge", "8"}, {"tested", "no"}, {"key_list", "no"}, {"in_person", "yes"}};
        if (of == "drainage-permit-change") return {{"changed", "name"}, {"in_person", "yes"}};
        return {};
    }
    Result<Case, Refusal> begin_about(std::string_view of, LicenceId asked = {}, std::optional<cases::Applicant> by = {}) {
        auto who = by.value_or(cases::Applicant{lina, company, "上海力向金属制品有限公司"});
        return as(applicant(who.person, who.organisation), [&](Desk& desk) -> Result<Case, Refusal> {
            auto version = desk.catalogue.in_force(of, desk.today());
            auto licence = cases::licence_for(desk, *version, who, asked);
            if (!licence) return refuse(licence.error());
            auto facts = identity::known(desk.tx, keys().fields, division, who.person, who.organisation);
            facts.merge(cases::licence_facts(desk, *licence));
            auto answers = answers_for(of);
            return cases::begin(desk, of, answers, held(), who, catalogue::prefill(*version, facts, answers), *licence);
        });
    }
    Result<Case, Refusal> hand_in(const Case& c) {
        catalogue::Values rest;
        if (c.item == "drainage-permit-renewal") rest = {{"unchanged", "yes"}, {"facility_care", "每周清理隔油池"}, {"declared", "yes"}};
        if (c.item == "drainage-permit-change") rest = {{"change_reason", "更名"}, {"declared", "yes"}};
        if (c.item.ends_with("replacement") || c.item.ends_with("cancellation"))
            rest = {{"request", "办理"}, {"has_place", "no"}, {"delivery", "none"}, {"declared", "yes"}};
        auto& version = *catalogue().version(c.item_version);
        for (auto it = rest.begin(); it != rest.end();) it = version.field(it->key()) ? std::next(it) : rest.erase(it);
        cases::sure(as(agent(), [&](Desk& desk) { return cases::save(desk, c.id, rest); }));
        auto outcome = catalogue::guide(version, c.answers, held()).value();
        for (auto& need : outcome.materials)
            if (need.need == catalogue::Need::needed) hand_in_document(agent(), c.id, need.material->code);
        auto number = numbers().next(division, shanghai_date(now));
        return as(agent(), [&](Desk& desk) { return cases::submit(desk, c.id, held(), number); });
    }
    Case handed_in(std::string_view of, LicenceId asked = {}) { return cases::sure(hand_in(cases::sure(begin_about(of, asked)))); }
    std::optional<Refusal> cannot(const Case& c) {
        return as(officer(), [&](Desk& desk) { return cannot_take_effect(desk, types(), c, *catalogue().version(c.item_version)); });
    }
    std::optional<Licence> granted(const Case& c) {
        return as(officer(), [&](Desk& desk) { return take_effect(desk, types(), c, *catalogue().version(c.item_version)); });
    }
    Licence stored(LicenceId id) {
        return database().read([&](db::Tx& tx) { return find(tx, division, id); }).value();
    }
    ledger::Report verified_all() {
        return ledger::verify_all(database(), keys().ledger,
                                  {{"licence", licence_digest}, {"case", [](db::Tx& tx, Division where, ledger::ChainId chain) {
                                                                     return cases::case_digest(tx, keys().fields, where, chain);
                                                                 }}});
    }
    static Date date(int year, unsigned month, unsigned d) {
        return {std::chrono::year(year), std::chrono::month(month), std::chrono::day(d)};
    }

  private:
    Library library_{types()};
};
ON_BOTH_DATABASES(Effects);

TEST_P(Effects, ARenewedTermFollowsOnTheOldOneAndNoDayIsLost) {
    auto before = first_licence();
    auto after = granted(handed_in("drainage-permit-renewal")).value();
    EXPECT_EQ(before.valid_to, date(2031, 11, 23));
    EXPECT_EQ(after.valid_from, date(2031, 11, 24));
    EXPECT_EQ(after.valid_to, date(2036, 11, 23));
    EXPECT_EQ(after.number, before.number);
    EXPECT_EQ(after.replaces, before.id);
    EXPECT_EQ(after.status_on(day(11, 25)), Status::valid);
    EXPECT_EQ(stored(before.id).status, "changed");
    EXPECT_EQ(database().read([&](db::Tx& tx) { return successor(tx, division, before.id); })->id, after.id);
}

TEST_P(Effects, ANewVersionCountsUpAndKeepsTheSerial) {
    auto before = first_licence();
    auto after = granted(handed_in("drainage-permit-renewal")).value();
    ASSERT_TRUE(LicenceIdentifier::parse(after.identifier)) << after.identifier;
    auto serial = before.identifier.substr(0, before.identifier.size() - 6);  // ".001.X"
    EXPECT_TRUE(before.identifier.starts_with(serial + ".001."));
    EXPECT_TRUE(after.identifier.starts_with(serial + ".002."));
    EXPECT_NE(after.token, before.token);
    EXPECT_TRUE(signature_holds(keys(), stored(after.id)));
    auto forged = stored(after.id);
    forged.replaces = {};
    EXPECT_FALSE(signature_holds(keys(), forged));
}

TEST_P(Effects, WhatTheFormAsksAnewIsTakenAndTheRestCarriedOver) {
    auto before = first_licence();
    auto after = granted(handed_in("drainage-permit-renewal")).value();
    EXPECT_EQ(before.values.at("daily_water"), "6立方米");
    EXPECT_EQ(after.values.at("daily_water"), "8立方米");
    for (auto* name : {"site_address", "premises", "outlets", "network", "water_sources"})
        EXPECT_EQ(after.values.at(name), before.values.at(name)) << name;
    EXPECT_EQ(after.values.at("valid_to"), "2036年11月23日");
    EXPECT_EQ(after.entries.at("water_sources"), before.entries.at("water_sources"));
}

TEST_P(Effects, AChangeKeepsTheTermAndTakesTheHolderOfToday) {
    auto before = first_licence();
    go_to(day(12, 1));
    auto begun = cases::sure(begin_about("drainage-permit-change"));
    begun = cases::sure(hand_in(begun));
    begun.applicant_name = "上海力向精密制造有限公司";  // as the register has it by now
    auto after = granted(begun).value();
    EXPECT_EQ(after.valid_from, before.valid_from);
    EXPECT_EQ(after.valid_to, before.valid_to);
    EXPECT_EQ(after.holder_name, "上海力向精密制造有限公司");
    EXPECT_EQ(after.values.at("holder_name"), "上海力向精密制造有限公司");
    EXPECT_EQ(after.values.at("daily_water"), before.values.at("daily_water"));
    EXPECT_EQ(shanghai_date(after.issued_at), day(12, 1));
}

TEST_P(Effects, AReplacementSaysTheSameUnderANewIdentifier) {
    auto before = first_licence();
    auto c = handed_in("drainage-permit-replacement");
    c.form["daily_water"] = "99";  // whatever its form holds
    auto after = granted(c).value();
    EXPECT_NE(after.identifier, before.identifier);
    for (auto& value : types().find("drainage-permit")->values)
        if (value.of_case() || value.from == "applicant.name") {
            EXPECT_EQ(after.values.at(value.name), before.values.at(value.name)) << value.name;
        }
    EXPECT_EQ(after.valid_to, before.valid_to);
    EXPECT_EQ(stored(before.id).status, "changed");
}

TEST_P(Effects, ACancellationEndsItAndMakesNone) {
    auto before = first_licence();
    auto c = handed_in("drainage-permit-cancellation");
    EXPECT_FALSE(cannot(c));
    EXPECT_FALSE(granted(c));
    EXPECT_EQ(stored(before.id).status, "cancelled");
    EXPECT_FALSE(database().read([&](db::Tx& tx) { return of_case(tx, division, c.id); }));
    EXPECT_EQ(begin_about("drainage-permit-renewal").error(), Refusal::licence_missing);
}

TEST_P(Effects, EveryEffectIsInTheLedgerOfBothLicences) {
    auto before = first_licence();
    auto c = handed_in("drainage-permit-renewal");
    auto after = granted(c).value();
    auto lines = database().read([&](db::Tx& tx) { return ledger::history(tx, division, {before.id.value}); });
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_EQ(lines[1].before.at("status"), "valid");
    EXPECT_EQ(lines[1].after.at("status"), "changed");
    EXPECT_EQ(lines[1].after.at("event"), "renewal");
    EXPECT_EQ(lines[1].after.at("replaced_by").as_string(), after.identifier);
    EXPECT_TRUE(verified_all().faults.empty());
    database().write(
        [&](db::Tx& tx) { tx.query("UPDATE licence SET status = 'valid' WHERE division = $1 AND id = $2", division, before.id); });
    EXPECT_FALSE(verified_all().faults.empty());
}

TEST_P(Effects, TheFormIsFilledInFromTheLicence) {
    auto licence = first_licence();
    auto c = cases::sure(begin_about("drainage-permit-change"));
    EXPECT_EQ(c.licence, licence.id);
    EXPECT_EQ(c.form.at("permit_number").as_string(), licence.number);
    EXPECT_EQ(c.form.at("permit_until"), "2031-11-23");
    EXPECT_EQ(c.form.at("old_name"), "上海力向金属制品有限公司");
    EXPECT_EQ(c.form.at("old_representative"), "陈建国");
    EXPECT_EQ(c.form.at("discharge_before"), "6");
    auto saved = as(agent(), [&](Desk& desk) { return cases::save(desk, c.id, {{"permit_number", "别的证"}}); });
    EXPECT_EQ(saved.error(), Refusal::locked_field);
}

TEST_P(Effects, WhoHoldsNoneCannotBegin) {
    EXPECT_EQ(begin_about("drainage-permit-renewal").error(), Refusal::licence_missing);
    auto licence = first_licence();
    EXPECT_EQ(begin_about("drainage-permit-renewal", licence.id, cases::Applicant{zhang, {}, "张伟"}).error(), Refusal::licence_missing);
    EXPECT_EQ(begin_about("drainage-permit-renewal", licence.id, cases::Applicant{lina, {}, "李娜"}).error(), Refusal::licence_missing);
    go_to(date(2031, 11, 24));  // a Monday; it expired yesterday
    EXPECT_EQ(begin_about("drainage-permit-renewal").error(), Refusal::licence_missing);
}

TEST_P(Effects, WhoHoldsSeveralSaysWhich) {
    auto one = first_licence(), other = first_licence();
    EXPECT_EQ(begin_about("drainage-permit-renewal").error(), Refusal::licence_not_chosen);
    EXPECT_EQ(cases::sure(begin_about("drainage-permit-renewal", one.id)).licence, one.id);
    EXPECT_EQ(cases::sure(begin_about("drainage-permit-renewal", other.id)).licence, other.id);
    EXPECT_EQ(begin_about("drainage-permit-renewal", LicenceId{12345}).error(), Refusal::licence_not_valid);
}

TEST_P(Effects, TheSameIsNotAskedTwiceAtOnce) {
    first_licence();
    auto one = cases::sure(begin_about("drainage-permit-renewal")), other = cases::sure(begin_about("drainage-permit-renewal"));
    auto change = cases::sure(begin_about("drainage-permit-change"));
    one = cases::sure(hand_in(one));
    EXPECT_EQ(hand_in(other).error(), Refusal::licence_pending);
    EXPECT_TRUE(hand_in(change));  // something else may be asked meanwhile
    cases::sure(as(agent(), [&](Desk& desk) { return cases::withdraw(desk, one.id, "改期"); }));
    EXPECT_TRUE(hand_in(other));
}

TEST_P(Effects, IsRefusedOnceTheLicenceIsNotValidAnyMore) {
    auto licence = first_licence();
    auto late = cases::sure(begin_about("drainage-permit-renewal"));
    auto change = handed_in("drainage-permit-change"), cancellation = handed_in("drainage-permit-cancellation");
    EXPECT_FALSE(cannot(change));
    granted(cancellation);
    EXPECT_EQ(cannot(change), Refusal::licence_not_valid);
    EXPECT_EQ(hand_in(late).error(), Refusal::licence_not_valid);
    EXPECT_EQ(stored(licence.id).status, "cancelled");
}

// Administrative License Law art. 50: what was asked in time is not lost by the time that examining takes. A change is another matter.
TEST_P(Effects, ARenewalAskedInTimeIsGrantedAfterTheEndToo) {
    auto before = first_licence();
    go_to(date(2031, 11, 20));
    auto renewal = handed_in("drainage-permit-renewal"), change = handed_in("drainage-permit-change");
    go_to(date(2031, 12, 2));
    EXPECT_EQ(cannot(change), Refusal::licence_not_valid);
    ASSERT_FALSE(cannot(renewal));
    auto after = granted(renewal).value();
    EXPECT_EQ(after.valid_from, date(2031, 11, 24));
    EXPECT_EQ(after.valid_to, date(2036, 11, 23));
    EXPECT_EQ(stored(before.id).status, "changed");
}

TEST_P(Effects, AChangeGrantedMeanwhileIsWhatTheRenewalRenews) {
    auto first = first_licence();
    auto renewal = handed_in("drainage-permit-renewal");
    auto changed = granted(handed_in("drainage-permit-change")).value();
    EXPECT_FALSE(cannot(renewal));
    auto renewed = granted(renewal).value();
    EXPECT_EQ(renewed.replaces, changed.id);
    EXPECT_TRUE(renewed.identifier.find(".003.") != std::string::npos) << renewed.identifier;
    EXPECT_EQ(stored(first.id).status, "changed");
    EXPECT_EQ(stored(changed.id).status, "changed");
}

TEST_P(Effects, ATypeThatIsGoneIsToldBeforeAnythingIsDecided) {
    auto c = accepted(simple());
    auto refused = as(officer(), [&](Desk& desk) { return cannot_take_effect(desk, Types{}, c, *catalogue().version(c.item_version)); });
    EXPECT_EQ(refused, Refusal::licence_unknown);
}

std::string without_spaces(std::string text) {
    std::erase_if(text, [](unsigned char c) { return std::isspace(c); });
    return text;
}

TEST(Certificates, EveryTypePrintsWhatItSays) {
    const document::TemporaryFolder folder;
    for (auto& [name, type] : types().all()) {
        Licence l;
        l.number = "沪奉字第20261124000001号";
        l.identifier = "1.2.156.3005.2.11310120MB2F700144001.11310120MB2F700144.20261124000001.001.X";
        l.authority_name = "上海市奉贤区水务局";
        l.valid_from = *parse_date("2026-11-24");
        l.valid_to = type.years ? *parse_date("2031-11-23") : no_end;
        for (auto& value : type.values) l.values[value.name] = value.is_row() ? value.name + "的内容" : "2026年11月24日";
        auto file = folder.write(name + ".pdf", drawn(type, l, "https://yimen.example"));
        auto text = without_spaces(document::output({"pdftotext", "-raw", file, "-"}));
        std::vector<std::string> missing;
        auto expect = [&](const std::string& what) {
            if (text.find(without_spaces(what)) == std::string::npos) missing.push_back(what);
        };
        expect(type.name.zh);
        for (auto& value : type.values)
            if (value.is_row()) expect(value.name + "的内容");
        if (!type.template_name.empty()) {
            for (auto& words :
                 {l.identifier, l.number, l.authority_name, type.statement, std::string(l.for_good() ? "长期" : "2031年11月23日")})
                expect(words);
            for (auto& value : type.values)
                if (value.is_row()) expect(value.label.zh);
        }
        EXPECT_THAT(missing, testing::IsEmpty()) << name;
        EXPECT_THAT(document::output({"pdfinfo", file}), HasSubstr("Pages:           1")) << name;
    }
}

TEST(Certificates, LongValuesWrapAndAllOfThemFit) {
    auto& type = *types().find("food-business-licence");
    Licence l;
    l.valid_from = *parse_date("2026-11-24");
    l.valid_to = no_end;
    for (auto& value : type.values)
        for (int i = 0; i < 12; ++i)
            l.values[value.name] =
                (i ? std::string(l.values[value.name].as_string()) : "") + "预包装食品销售、散装食品销售、热食类食品制售；";
    const document::TemporaryFolder folder;
    auto text =
        without_spaces(document::output({"pdftotext", "-raw", folder.write("long.pdf", drawn(type, l, "https://yimen.example")), "-"}));
    size_t found = 0;
    for (size_t at = 0; (at = text.find("散装食品销售", at)) != std::string::npos; ++at) ++found;
    EXPECT_EQ(found, 12 * type.values.size());
}

}  // namespace
}  // namespace yimen::licences
