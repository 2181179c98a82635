#include "licences/pages.h"

#include <boost/json.hpp>

#include "cases/testing.h"
#include "identity/testing.h"
#include "licences/store.h"

// Every page and answer of licences through its route.
namespace yimen::licences {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class LicencePages : public cases::WithCases {
  protected:
    LicencePages() {
        identity::Routes routes(router, site);
        add_pages(routes, parts);
        add_api(routes, parts);
        auto c = accepted(simple());
        licence = as(officer(), [&](cases::Desk& desk) { return issue(desk, types, c, *catalogue().version(c.item_version)); });
    }
    static crypto::Keys with_seal() {
        static const auto made = crypto::SealCertificate::make("奉贤区水务局");
        auto all = keys();
        all.seal_certificate_pem = made.chain_pem;
        all.seal_key_pem = made.key_pem;
        return all;
    }
    void enter(identity::PersonId person, identity::OrganisationId acting_for, identity::StaffId staff = {}) {
        auto session = database().write(
            [&](db::Tx& tx) { return identity::begin_session(tx, division, person, staff, acting_for, "", now, std::chrono::hours(12)); });
        browser.set_cookie("session", session.token);
    }
    void enter_staff(int64_t id, identity::Role role, identity::AuthorityId authority) {
        database().write([&](db::Tx& tx) { identity::put_staff(tx, division, {{id}, "王芳", {role}, authority}); });
        enter({}, {}, {id});
    }
    void set(const std::string& column, std::string_view value) {
        database().write([&](db::Tx& tx) {
            tx.query("UPDATE licence SET " + column + " = $3 WHERE division = $1 AND id = $2", division, licence.id, value);
        });
    }
    std::string own(std::string_view rest = "") const { return "/licences/" + to_text(licence.id) + std::string(rest); }
    std::string public_page() const { return "/verify/" + licence.token; }
    boost::json::object api(const std::string& target, int status = 200) {
        EXPECT_EQ(browser.get(target), status);
        return boost::json::parse(browser.page()).as_object();
    }

    const crypto::Keys all_keys = with_seal();
    FixedClock clock{now};
    Config settings = identity::page_settings();
    // Nothing here publishes events, so there is only room for a hub.
    alignas(web::EventHub) std::byte room[sizeof(web::EventHub)]{};
    identity::Site site{division, database(), clock, identity::templates(), reinterpret_cast<web::EventHub&>(room), all_keys, settings, {}};
    const Types types = Types::embedded();
    const Parts parts{types};
    web::Router router;
    identity::Browser browser{router};
    Licence licence;
};
ON_BOTH_DATABASES(LicencePages);

TEST_P(LicencePages, AnybodyLearnsWithoutSigningInThatItIsValidAndWhatItSays) {
    ASSERT_EQ(browser.get(public_page()), 200);
    EXPECT_THAT(browser.page(),
                AllOf(HasSubstr("证照有效"), HasSubstr(licence.number), HasSubstr(licence.identifier), HasSubstr("奉贤区水务局"),
                      HasSubstr("913101********RT6E"), HasSubstr("国密 SM2"), HasSubstr("上海力向金属制品有限公司")));
    EXPECT_THAT(browser.page(), AllOf(Not(HasSubstr("91310120MA1HQ5RT6E")), Not(HasSubstr("陈建国"))));
    ASSERT_EQ(browser.get(public_page() + "?lang=en"), 200);
    EXPECT_THAT(browser.page(), AllOf(HasSubstr("This licence is valid"), HasSubstr("Discharge a day")));
}

TEST_P(LicencePages, EachStatusIsToldAsWhatItIs) {
    for (auto [status, word] :
         {std::pair{"suspended", "证照暂停使用"}, {"changed", "证照已变更"}, {"cancelled", "证照已注销"}, {"revoked", "证照已撤销"}}) {
        set("status", status);
        EXPECT_EQ(browser.get(public_page()), 200);
        EXPECT_THAT(browser.page(), AllOf(HasSubstr(word), Not(HasSubstr("证照有效"))));
    }
    set("status", "valid");
    clock.set(start_of_day(licence.valid_to) + std::chrono::hours(25));
    browser.get(public_page());
    EXPECT_THAT(browser.page(), HasSubstr("证照已过期"));
}

TEST_P(LicencePages, AnAlteredLicenceIsNeverToldAsValid) {
    set("valid_to", "2099-12-31");
    EXPECT_EQ(browser.get(public_page()), 200);
    EXPECT_THAT(browser.page(), AllOf(HasSubstr("签名不符，请勿采信"), Not(HasSubstr("证照有效"))));
    EXPECT_FALSE(api("/api" + public_page()).at("signature").at("holds").as_bool());
}

TEST_P(LicencePages, APersonsNameIsMaskedForEverybody) {
    auto c = as(applicant(zhang), [&](cases::Desk& desk) { return begin(desk, item, simple(), held(), {zhang, {}, "张伟"}, {}); }).value();
    c.number = accepted(simple()).number;
    auto personal = as(officer(), [&](cases::Desk& desk) { return issue(desk, types, c, *catalogue().version(c.item_version)); });
    EXPECT_EQ(personal.holder_code_masked, "310120********4217");
    EXPECT_EQ(browser.get("/verify/" + personal.token), 200);
    EXPECT_THAT(browser.page(), AllOf(HasSubstr("张＊"), Not(HasSubstr("张伟"))));
}

TEST_P(LicencePages, AnUnknownTokenIsNoLicence) {
    EXPECT_EQ(browser.get("/verify/" + licence.token + "x"), 404);
    EXPECT_THAT(browser.page(), HasSubstr("没有这份证照"));
    EXPECT_EQ(api("/api/verify/nothing", 404).at("type"), "/problems/no_such_licence");
}

TEST_P(LicencePages, IsLookedUpByItsNumberOrIdentifier) {
    EXPECT_EQ(browser.get("/verify"), 200);
    for (auto& code : {licence.identifier, " " + licence.number}) {
        EXPECT_EQ(browser.get("/verify?code=" + code), 303);
        EXPECT_EQ(browser.location(), public_page());
    }
    auto mistyped = licence.identifier;
    mistyped.back() = mistyped.back() == '0' ? '1' : '0';
    EXPECT_EQ(browser.get("/verify?code=" + mistyped), 422);
    EXPECT_EQ(browser.get("/verify?code="), 422);
    EXPECT_EQ(browser.get("/verify?code=" + licence.number + "1"), 404);
}

TEST_P(LicencePages, WhoeverAsksTooOftenWaits) {
    int refused = 0;
    for (int i = 0; i < 40; ++i) refused += browser.get("/verify/nothing" + std::to_string(i)) == 429;
    EXPECT_GE(refused, 5);
    clock.advance(std::chrono::minutes(2));
    EXPECT_EQ(browser.get(public_page()), 200);
}

TEST_P(LicencePages, TheHolderSeesTheirLicencesAndNobodyElseDoes) {
    EXPECT_EQ(browser.get("/licences"), 303);
    enter(lina, company);
    EXPECT_EQ(browser.get("/licences"), 200);
    EXPECT_THAT(browser.page(), AllOf(HasSubstr(own()), HasSubstr("有效")));
    EXPECT_EQ(browser.get(own()), 200);
    EXPECT_THAT(browser.page(), AllOf(HasSubstr("91310120MA1HQ5RT6E"), HasSubstr("可以用来做什么"), HasSubstr(own("/pdf"))));
    EXPECT_EQ(browser.get(own("/pdf")), 200);
    EXPECT_THAT(browser.page(), testing::StartsWith("%PDF-"));
    enter(lina, {});
    EXPECT_EQ(browser.get("/licences"), 200);
    EXPECT_THAT(browser.page(), HasSubstr("您本人名下还没有电子证照"));
    enter(zhang, {});
    for (auto* page : {"", "/pdf"}) EXPECT_EQ(browser.get(own(page)), 404);
}

TEST_P(LicencePages, ProgramsGetTheSame) {
    enter(lina, company);
    auto list = api("/api/licences").at("licences").as_array();
    ASSERT_EQ(list.size(), 1u);
    EXPECT_EQ(list[0].at("identifier").as_string(), licence.identifier);
    EXPECT_EQ(list[0].at("valid_to"), "2031-11-23");
    EXPECT_EQ(list[0].at("verify").as_string(), "https://example.org" + public_page());
    EXPECT_EQ(api("/api" + own()).at("status"), "valid");
    auto verified = api("/api" + public_page());
    EXPECT_TRUE(verified.at("signature").at("holds").as_bool());
    EXPECT_FALSE(verified.contains("id"));
    enter(zhang, {});
    api("/api" + own(), 404);
}

TEST_P(LicencePages, StaffReachThePdfOfACaseTheyMaySee) {
    auto page = "/window" + own("/pdf");
    EXPECT_EQ(browser.get(page), 303);
    enter_staff(31, identity::Role::window_clerk, {});
    EXPECT_EQ(browser.get(page), 200);
    EXPECT_EQ(browser.get("/licences"), 403);
    enter_staff(35, identity::Role::officer, {78});  // of another department
    EXPECT_EQ(browser.get(page), 404);
    enter(lina, company);
    EXPECT_EQ(browser.get(page), 403);
}

}  // namespace
}  // namespace yimen::licences
