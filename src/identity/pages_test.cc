#include "identity/pages.h"

#include <gmock/gmock.h>

#include <boost/json.hpp>

#include "base/embedded.h"
#include "identity/pages_parts.h"
#include "identity/testing.h"

namespace yimen::identity {
namespace {

using namespace std::chrono_literals;

constexpr crypto::PasswordCost cheap{.memory_kib = 64, .passes = 1};

class Pages : public db::OnBothDatabases {
  protected:
    void SetUp() override {
        if (!embedded_file("web/templates/layout/public.mustache")) GTEST_SKIP() << "there is no layout to draw pages in";
        site.emplace(Site{division, database(), clock, templates(), events, keys, settings, {}});
        make_demo_people(database(), division, keys, clock.now(), cheap);
        Routes routes(router, *site);
        Parts parts{door, [] { return std::vector<ItemChoice>{{"drainage-permit-new", "排水许可", "Drainage permit"}}; }};
        add_pages(routes, parts);
        add_api(routes, parts);
    }
    void enter(std::string_view account) {
        browser.get("/demo");
        ASSERT_EQ(browser.post("/demo", {{"account", std::string(account)}}), 303);
    }
    StaffId staff(std::string_view account) {
        return database().read([&](db::Tx& tx) { return find_account(tx, division, account)->staff; });
    }
    Division division{310120};
    crypto::Keys keys{crypto::FieldCipher(std::string(32, 'k')), crypto::Sm2Key::generate(), std::string(32, 's'), "", ""};
    FixedClock clock{start_of_day({2026y, std::chrono::November, 24d}) + 9h};
    Config settings = page_settings("yes");
    // Nothing here publishes, so there is only room for a hub.
    alignas(web::EventHub) std::byte room[sizeof(web::EventHub)]{};
    web::EventHub& events = reinterpret_cast<web::EventHub&>(room);
    std::optional<Site> site;
    PasswordProvider provider{database(), division};
    Door door{provider};
    web::Router router;
    Browser browser{router};
};
ON_BOTH_DATABASES(Pages);

TEST_P(Pages, WhoeverIsAskedToSignInComesBackToWhereTheyWanted) {
    EXPECT_EQ(browser.get("/account/password"), 303);
    EXPECT_EQ(browser.location(), "/sign-in?return=/account/password");
    browser.get(browser.location());
    EXPECT_EQ(browser.post("/sign-in", {{"name", "wulei"}, {"password", "yimen-demo-2026"}, {"return", "/account/password"}}), 303);
    EXPECT_EQ(browser.location(), "/account/password");
    EXPECT_EQ(browser.get(browser.location()), 200);
}

TEST_P(Pages, ARefusalDoesNotSayWhichNamesExist) {
    std::string known, unknown;
    for (auto* page : {&known, &unknown}) {
        browser.get("/sign-in");
        EXPECT_EQ(browser.post("/sign-in", {{"name", page == &known ? "lina" : "nobody"}, {"password", "wrong"}}), 422);
        *page = std::regex_replace(browser.page(), std::regex("value=\"[^\"]*\""), "");
    }
    EXPECT_EQ(known, unknown);
}

TEST_P(Pages, TheTenthFailureAtANameInAMomentIsTheLast) {
    browser.get("/sign-in");
    for (int i = 0; i < 10; ++i) EXPECT_EQ(browser.post("/sign-in", {{"name", "nobody"}, {"password", "x"}}), 422) << i;
    EXPECT_EQ(browser.post("/sign-in", {{"name", "nobody"}, {"password", "x"}}), 429);
}

TEST_P(Pages, WhoeverKnowsThePasswordMaySignInAsOftenAsTheyLike) {
    for (int i = 0; i < 30; ++i)
        EXPECT_EQ(browser.call(web::Method::post, "/api/session", R"({"name": "sunli", "password": "yimen-demo-2026"})"), 201);
}

TEST_P(Pages, ASessionPlantedBeforeSignInIsNotTheOneThatSignsIn) {
    browser.set_cookie("session", "planted");
    browser.get("/sign-in");
    EXPECT_EQ(browser.post("/sign-in", {{"name", "sunli"}, {"password", "yimen-demo-2026"}}), 303);
    EXPECT_NE(browser.cookie("session"), "planted");
    EXPECT_EQ(browser.location(), "/issuing");
}

TEST_P(Pages, WhoeverMayActForAnOrganisationIsAskedForWhomTheyCome) {
    browser.get("/sign-in");
    browser.post("/sign-in", {{"name", "lina"}, {"password", "yimen-demo-2026"}, {"return", "/account"}});
    EXPECT_EQ(browser.location(), "/act-for?return=/account");
    browser.get(browser.location());
    EXPECT_TRUE(browser.shows("上海力向金属制品有限公司"));
    std::smatch id;
    ASSERT_TRUE(std::regex_search(browser.page(), id, std::regex("type=\"radio\" value=\"([0-9A-Z]{13})\"")));
    EXPECT_EQ(browser.post("/act-for", {{"organisation", id[1]}, {"return", "/account"}}), 303);
    EXPECT_EQ(browser.location(), "/account");
    browser.get("/account");
    EXPECT_TRUE(browser.shows("上海力向金属制品有限公司</dd>"));
}

TEST_P(Pages, AForeignOrganisationCannotBeChosen) {
    enter("lina");
    auto other = database().read([&](db::Tx& tx) { return find_organisation_by_code(tx, division, "92310120MA1JT8KU3Q").value(); });
    browser.get("/act-for");
    EXPECT_EQ(browser.post("/act-for", {{"organisation", to_text(other)}}), 422);
    EXPECT_EQ(browser.post("/act-for", {{"organisation", ""}}), 422);
}

TEST_P(Pages, NumbersAreMaskedUntilAskedForWhichIsRecorded) {
    enter("lina");
    browser.get("/account");
    EXPECT_TRUE(browser.shows("310120********1221"));
    EXPECT_FALSE(browser.shows("310120199003071221"));
    EXPECT_EQ(browser.post("/account/reveal", {}), 200);
    EXPECT_TRUE(browser.shows("310120199003071221"));
    auto acts = database().read([&](db::Tx& tx) {
        auto person = find_account(tx, division, "lina")->person;
        return ledger::history(tx, division, {person.value}).back().act;
    });
    EXPECT_EQ(acts, "reveal_personal");
}

TEST_P(Pages, SigningOutTakesTheSessionAway) {
    enter("zhangwei");
    browser.get("/account");
    auto token = browser.cookie("session");
    EXPECT_EQ(browser.post("/sign-out", {}), 303);
    EXPECT_EQ(browser.cookie("session"), "");
    browser.set_cookie("session", token);
    EXPECT_EQ(browser.get("/account"), 303);
}

TEST_P(Pages, AFormWithoutItsTokenChangesNothing) {
    enter("zhangwei");
    browser.get("/account");
    Browser stranger(router);
    stranger.set_cookie("session", browser.cookie("session"));
    EXPECT_EQ(stranger.post("/sign-out", {}), 403);
    EXPECT_EQ(browser.get("/account"), 200);
}

TEST_P(Pages, APasswordChangesAndASecondClickGetsTheSameAnswer) {
    enter("zhangwei");
    browser.get("/account/password");
    std::vector<std::pair<std::string, std::string>> form{
        {"current", "yimen-demo-2026"}, {"wanted", "点心店每天五点开门"}, {"repeat", "点心店每天五点开门"}};
    EXPECT_EQ(browser.post("/account/password", form), 422);
    EXPECT_TRUE(browser.shows(web::words(Language::zh, "identity.error_password_too_short")));
    form[1].second = form[2].second = "点心店每天早上五点开门";
    EXPECT_EQ(browser.post("/account/password", form), 303);
    EXPECT_EQ(browser.post("/account/password", form), 303);
    browser.get("/account");
    browser.post("/sign-out", {});
    browser.get("/sign-in");
    EXPECT_EQ(browser.post("/sign-in", {{"name", "zhangwei"}, {"password", "点心店每天早上五点开门"}}), 303);
}

TEST_P(Pages, AnAdministratorGivesAnAuthorisationAndRevokesIt) {
    enter("wulei");
    auto path = "/admin/staff/" + to_text(staff("zhaomin"));
    EXPECT_EQ(browser.get("/admin/staff"), 200);
    EXPECT_TRUE(browser.shows("赵敏"));
    EXPECT_EQ(browser.get(path), 200);
    std::vector<std::pair<std::string, std::string>> form{
        {"act", "extend_limit"}, {"item", "drainage-permit-new"}, {"from", "2026-11-24"}, {"to", "2026-11-23"}};
    EXPECT_EQ(browser.post(path + "/authorisations", form), 422);
    form[3].second = "2026-12-31";
    EXPECT_EQ(browser.post(path + "/authorisations", form), 303);
    auto given = database().read([&](db::Tx& tx) { return authorisations_of(tx, division, staff("zhaomin")); });
    ASSERT_EQ(given.back().given.act, Act::extend_limit);
    browser.get(path);
    EXPECT_EQ(browser.post(path + "/authorisations/" + id_text(given.back().id) + "/revoke", {}), 303);
    browser.get(path);
    EXPECT_EQ(browser.post(path + "/authorisations/" + id_text(given.back().id) + "/revoke", {}), 404);
}

TEST_P(Pages, OnlyAnAdministratorSeesStaff) {
    enter("zhouhai");
    EXPECT_EQ(browser.get("/admin/staff"), 403);
    EXPECT_EQ(browser.get("/admin/staff/" + to_text(staff("zhaomin"))), 403);
}

TEST_P(Pages, EveryDemonstrationIdentityEntersAndLandsWhereTheyWork) {
    for (auto& identity : demo_identities()) {
        enter(identity.account);
        EXPECT_NE(browser.location(), "/") << identity.account;
        EXPECT_EQ(browser.get("/account"), 200) << identity.account;
        EXPECT_TRUE(browser.shows(identity.name));
    }
    browser.get("/demo");
    EXPECT_EQ(browser.post("/demo", {{"account", "chenjianguo"}}), 404);
}

TEST_P(Pages, WithoutTheDemonstrationNobodyEntersWithoutAPassword) {
    settings.set_flag("demo", "no");
    browser.get("/sign-in");
    EXPECT_EQ(browser.post("/demo", {{"account", "wulei"}}), 404);
    EXPECT_EQ(browser.get("/demo"), 404);
}

TEST_P(Pages, AProgramSignsInForItsCompanyAndOutAgain) {
    auto body = R"({"name": "lina", "password": "yimen-demo-2026", "acting_for": "91310120MA1HQ5RT6E"})";
    ASSERT_EQ(browser.call(web::Method::post, "/api/session", body), 201);
    auto answer = boost::json::parse(browser.page()).as_object();
    std::string token(answer.at("token").as_string());
    EXPECT_EQ(answer.at("who").at("acting_for"), "上海力向金属制品有限公司");
    EXPECT_EQ(browser.call(web::Method::get, "/api/me/organisations", "", token), 200);
    EXPECT_EQ(boost::json::parse(browser.page()).at("organisations").at(0).at("acting"), true);
    EXPECT_EQ(browser.call(web::Method::get, "/api/me/sessions", "", token), 200);
    EXPECT_EQ(browser.call(web::Method::del, "/api/session", "", token), 204);
    EXPECT_EQ(browser.call(web::Method::get, "/api/me", "", token), 401);
}

TEST_P(Pages, AProgramWithoutAMandateOrWithoutJsonIsRefused) {
    EXPECT_EQ(browser.call(web::Method::post, "/api/session", "name=lina"), 400);
    EXPECT_EQ(browser.call(web::Method::post, "/api/session", R"({"name": "lina", "password": 7})"), 422);
    auto body = R"({"name": "zhangwei", "password": "yimen-demo-2026", "acting_for": "91310120MA1HQ5RT6E"})";
    EXPECT_EQ(browser.call(web::Method::post, "/api/session", body), 422);
}

TEST(LocalPath, NeverLeadsToAnotherHostNorInACircle) {
    EXPECT_EQ(local_path("/cases/new?item=x"), "/cases/new?item=x");
    for (auto wish :
         {"", "cases", "//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example", "/sign-in?return=/a", "/sign-out"})
        EXPECT_EQ(local_path(wish), "") << wish;
}

}  // namespace
}  // namespace yimen::identity
