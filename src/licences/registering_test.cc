#include "base/text.h"
#include "cases/about_licence.h"
#include "cases/testing.h"
#include "identity/at_window.h"
#include "identity/founding.h"
#include "licences/store.h"

// A business licence is the registration of its organisation; what the library holds, nobody hands in.
namespace yimen::licences {
namespace {

using cases::Case;
using cases::Desk;
using cases::Refusal;
using testing::Contains;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const Types& types() { return Types::embedded(); }

class Registering : public cases::WithCases {
  protected:
    Registering() {
        database().write([&](db::Tx& tx) {
            identity::Authority market;
            market.id = market_;
            market.name_zh = "奉贤区市场监督管理局";
            market.credit_code = catalogue().in_force("company-registration", day(11, 24))->authority_credit_code;
            identity::put_authority(tx, division, market);
        });
    }
    const cases::Library* library() const override { return &library_; }

    Case begun(std::string_view of, const catalogue::Answers& answers, const cases::Applicant& by) {
        return cases::sure(as(applicant(by.person, by.organisation), [&](Desk& desk) -> Result<Case, Refusal> {
            auto version = desk.catalogue.in_force(of, desk.today());
            auto licence = cases::licence_for(desk, *version, by, {});
            if (!licence) return refuse(licence.error());
            auto facts = identity::known(desk.tx, keys().fields, division, by.person, by.organisation);
            facts.merge(cases::licence_facts(desk, *licence));
            return cases::begin(desk, of, answers, cases::held_by(desk, by, *version), by, catalogue::prefill(*version, facts, answers),
                                *licence);
        }));
    }
    // As it stands when it is granted: what is filled in on the way has tests of its own.
    Case with(Case c, catalogue::Values values) {
        for (auto& [name, value] : values) c.form[name] = value;
        c.number = numbers().next(division, shanghai_date(now)).text();
        return c;
    }
    Case registration(std::string_view name = "上海禾苗餐饮管理有限公司") {
        auto c = begun("company-registration",
                       {{"company_kind", "one_shareholder"},
                        {"organisation_shareholder", "no"},
                        {"domicile", "own"},
                        {"pre_approval", "no"},
                        {"in_person", "yes"}},
                       {zhang, {}, "张伟"});
        return with(c, {{"company_name", name},
                        {"scope", "餐饮管理"},
                        {"address", {{"division", "310120"}, {"town", "310120101"}, {"street", "人民中路100号"}}},
                        {"representative", {{"name", "张伟"}, {"number", "310120198506154217"}, {"phone", "13917046611"}}}});
    }
    Case change(const cases::Applicant& by, catalogue::Values values) {
        return with(begun("company-change", {{"changed", "people"}, {"articles_changed", "no"}, {"in_person", "yes"}}, by),
                    std::move(values));
    }
    Case cancellation(const cases::Applicant& by) {
        return with(begun("company-cancellation", {{"debts", "no"}, {"listed", "no"}, {"in_person", "yes"}}, by), {});
    }
    std::optional<Refusal> cannot(const Case& c) {
        return as(officer(), [&](Desk& desk) { return cannot_take_effect(desk, types(), c, *catalogue().version(c.item_version)); });
    }
    std::optional<Licence> granted(const Case& c) {
        return as(officer(), [&](Desk& desk) { return take_effect(desk, types(), c, *catalogue().version(c.item_version)); });
    }
    std::vector<identity::Organisation> may_act(identity::PersonId person) {
        return database().read([&](db::Tx& tx) { return identity::may_act_for(tx, division, person, shanghai_date(now)); });
    }
    catalogue::Held held_today(identity::PersonId person, identity::OrganisationId organisation,
                               std::string_view of = "food-business-licence") {
        auto& version = *catalogue().in_force(of, shanghai_date(now));
        return database().read(
            [&](db::Tx& tx) { return cases::held_by(tx, library(), division, person, organisation, version, shanghai_date(now)); });
    }
    static std::vector<std::string> sources(const catalogue::Held& held) {
        std::vector<std::string> names;
        for (auto& one : held) names.push_back(one.source);
        return names;
    }
    identity::Organisation organisation(identity::OrganisationId id) {
        return database().read([&](db::Tx& tx) { return identity::find_organisation(tx, division, id); }).value();
    }
    ledger::Report verified() {
        auto digests = identity::subject_digests();
        digests["licence"] = licence_digest;
        digests["case"] = [](db::Tx& tx, Division where, ledger::ChainId chain) {
            return cases::case_digest(tx, keys().fields, where, chain);
        };
        return ledger::verify_all(database(), keys().ledger, digests);
    }

    const identity::AuthorityId market_{79};

  private:
    Library library_{types()};
};
ON_BOTH_DATABASES(Registering);

TEST_P(Registering, AGrantedCompanyStandsOnTheRegisterAndItsApplicantMayActForIt) {
    auto l = granted(registration()).value();
    auto companies = may_act(zhang);
    ASSERT_EQ(companies.size(), 1u);
    EXPECT_EQ(companies[0].id, l.organisation);
    EXPECT_EQ(companies[0].name, "上海禾苗餐饮管理有限公司");
    EXPECT_EQ(companies[0].legal_representative, "张伟");
    EXPECT_EQ(companies[0].kind, "company");
    EXPECT_THAT(companies[0].address, HasSubstr("人民中路100号"));
    EXPECT_EQ(l.holder_name, companies[0].name);
    EXPECT_EQ(std::string(l.values.at("credit_code").as_string()), companies[0].credit_code);
    EXPECT_EQ(l.values.at("representative"), "张伟");
    EXPECT_THAT(boost::json::serialize(l.entries), Not(HasSubstr("310120198506154217")));
    EXPECT_TRUE(signature_holds(keys(), l));
    EXPECT_THAT(verified().faults, IsEmpty());
}

TEST_P(Registering, ItsCreditCodeIsOfTheStandardWithBothCheckCharacters) {
    auto code = organisation(granted(registration())->organisation).credit_code;
    EXPECT_TRUE(CreditCode::parse(code)) << code;
    EXPECT_TRUE(code.starts_with("91310120MA")) << code;
    EXPECT_NE(code, organisation(granted(registration("另一家"))->organisation).credit_code);
}

TEST_P(Registering, ANewCompanyHandsInNoBusinessLicence) {
    auto l = granted(registration()).value();
    auto held = held_today(zhang, l.organisation);
    auto found = std::ranges::find(held, "organisation:business-licence", &catalogue::HeldSource::source);
    ASSERT_NE(found, held.end());
    EXPECT_EQ(found->because.zh, fmt::format("电子证照库中有营业执照，编号 {}，长期有效，免于提交", l.number));
    EXPECT_EQ(found->licence, to_text(l.id));
    EXPECT_THAT(sources(held_today(zhang, {})), Not(Contains("organisation:business-licence")));
}

TEST_P(Registering, AChangeIsEnteredAndTheFormerRepresentativeNoLongerActs) {
    auto first = granted(registration()).value();
    auto c = change({zhang, first.organisation, first.holder_name},
                    {{"representative", {{"name", "李娜"}, {"number", "310120199003071225"}, {"phone", "13817046622"}}}});
    EXPECT_EQ(cannot(c), std::nullopt);
    auto second = granted(c).value();
    EXPECT_EQ(organisation(first.organisation).legal_representative, "李娜");
    EXPECT_EQ(second.replaces, first.id);
    EXPECT_EQ(second.values.at("company_name"), "上海禾苗餐饮管理有限公司");
    EXPECT_EQ(second.values.at("credit_code"), first.values.at("credit_code"));
    EXPECT_THAT(may_act(zhang), IsEmpty());
    EXPECT_THAT(may_act(lina), Contains(Field(&identity::Organisation::id, first.organisation)));
    EXPECT_THAT(verified().faults, IsEmpty());
}

TEST_P(Registering, WhatWasRegisteredBeforeTheLibraryChangesAllTheSameAndHasALicenceFromThenOn) {
    auto c = change({lina, company, "上海力向金属制品有限公司"}, {{"company_name", "上海力向新材料有限公司"}});
    EXPECT_FALSE(c.licence);
    auto l = granted(c).value();
    EXPECT_EQ(l.organisation, company);
    EXPECT_EQ(organisation(company).name, "上海力向新材料有限公司");
    EXPECT_EQ(l.values.at("representative"), "陈建国");
    EXPECT_EQ(l.holder_name, "上海力向新材料有限公司");
    EXPECT_THAT(may_act(lina), testing::SizeIs(1));
}

TEST_P(Registering, ACompanyThatHasEndedIsActedForByNobody) {
    auto first = granted(registration()).value();
    auto c = cancellation({zhang, first.organisation, first.holder_name});
    EXPECT_EQ(granted(c), std::nullopt);
    EXPECT_THAT(may_act(zhang), IsEmpty());
    EXPECT_EQ(database().read([&](db::Tx& tx) { return find(tx, division, first.id); })->status, "cancelled");
    EXPECT_THAT(sources(held_today(zhang, first.organisation)), Not(Contains("organisation:business-licence")));
    auto code = organisation(first.organisation).credit_code;
    auto at_window = as(clerk(), [&](Desk& desk) {
        return identity::meet_organisation(desk.tx, keys().fields, {division, desk.actor, now},
                                           {{}, first.holder_name, code, "company", "", "", ""});
    });
    EXPECT_EQ(at_window.error(), identity::WindowRefusal::ended);
    EXPECT_EQ(cannot(c), Refusal::organisation_ended);
    EXPECT_THAT(verified().faults, IsEmpty());
}

TEST_P(Registering, WhatItLeftBehindIsItsApplicantsToSee) {
    auto first = granted(registration()).value();
    auto c = cancellation({zhang, first.organisation, first.holder_name});
    auto sees = [&] {
        auto subject = database().read([&](db::Tx& tx) { return cases::subject_now(tx, c); });
        return identity::permits(applicant(zhang), identity::Act::see_own_case, subject, shanghai_date(now));
    };
    EXPECT_FALSE(sees());
    granted(c);
    EXPECT_TRUE(sees());
}

TEST_P(Registering, ARepresentativeRegisteredUnderAnotherNameIsRefused) {
    auto c = registration();
    c.form["representative"] = {{"name", "张大伟"}, {"number", "310120198506154217"}, {"phone", "13917046611"}};
    EXPECT_EQ(cannot(c), Refusal::representative_other_name);
}

TEST_P(Registering, AShopIsItsOperatorsAndItsLicenceIsABusinessLicence) {
    auto c =
        with(begun("individual-business-registration", {{"place", "rented"}, {"family", "no"}, {"in_person", "yes"}}, {zhang, {}, "张伟"}),
             {{"trade_name", "奉贤区张伟面馆"},
              {"scope", "餐饮服务"},
              {"address", {{"division", "310120"}, {"town", "310120101"}, {"street", "人民中路92号"}}}});
    auto l = granted(c).value();
    auto shop = organisation(l.organisation);
    EXPECT_EQ(shop.name, "奉贤区张伟面馆");
    EXPECT_EQ(shop.legal_representative, "张伟");
    EXPECT_TRUE(shop.credit_code.starts_with("92310120MA"));
    EXPECT_THAT(may_act(zhang), Contains(Field(&identity::Organisation::id, l.organisation)));
    EXPECT_THAT(sources(held_today(zhang, l.organisation)), Contains("organisation:business-licence"));
}

TEST_P(Registering, OnlyLicencesInForceExemptFromHandingThemIn) {
    auto c = accepted(simple());
    auto l = as(officer(), [&](Desk& desk) { return issue(desk, types(), c, *catalogue().version(c.item_version)); });
    auto drainage = [&] { return sources(held_today(lina, company, "vehicle-washing-filing")); };
    EXPECT_THAT(drainage(), Contains("organisation:drainage-permit"));
    EXPECT_THAT(sources(held_today(lina, {}, "vehicle-washing-filing")), Not(Contains("organisation:drainage-permit")));
    for (auto* status : {"changed", "cancelled", "revoked", "suspended"}) {
        l.status = status;
        database().write([&](db::Tx& tx) { set_status(tx, l); });
        EXPECT_THAT(drainage(), Not(Contains("organisation:drainage-permit"))) << status;
    }
    l.status = "valid";
    database().write([&](db::Tx& tx) { set_status(tx, l); });
    now += std::chrono::days(5 * 366);
    EXPECT_THAT(drainage(), Not(Contains("organisation:drainage-permit")));
}

TEST_P(Registering, ALookAtALicenceIsRecordedAndOnlyThoseOfTheCaseAreShown) {
    auto l = granted(change({lina, company, "上海力向金属制品有限公司"}, {{"scope", "金属制品制造"}})).value();
    auto c = accepted(simple());
    auto looked = as(clerk(), [&](Desk& desk) { return cases::look_at_licence(desk, c.id, l.id); });
    ASSERT_TRUE(looked);
    auto history = database().read([&](db::Tx& tx) { return ledger::history(tx, division, {c.id.value}); });
    EXPECT_EQ(history.back().after.at("event"), "look_at_licence");
    EXPECT_EQ(std::string(history.back().after.at("licence").as_string()), l.number);
    auto other = granted(registration()).value();
    EXPECT_EQ(as(clerk(), [&](Desk& desk) { return cases::look_at_licence(desk, c.id, other.id); }).error(), Refusal::not_found);
    EXPECT_EQ(as(agent(), [&](Desk& desk) { return cases::look_at_licence(desk, c.id, l.id); }).error(), Refusal::not_found);
}

}  // namespace
}  // namespace yimen::licences
