#include <gmock/gmock.h>

#include "catalogue/api.h"
#include "catalogue/published.h"
#include "catalogue/store.h"
#include "catalogue/testing.h"
#include "identity/testing.h"

// Every page and answer of the catalogue through its route, in both languages.
namespace yimen::catalogue {
namespace {

using testing::HasSubstr;
using testing::Not;

// Nobody changes anything here, so all the tests read one database of each kind, into which the catalogue was published once.
class CataloguePages : public testing::TestWithParam<db::Kind> {
  protected:
    void SetUp() override {
        if (!embedded_file("web/templates/layout/public.mustache")) GTEST_SKIP() << "there is no layout to draw pages in";
        published.emplace(database(), division);
        parts.emplace(Parts{*published});
        identity::Routes routes(router, site);
        add_pages(routes, *parts);
        add_api(routes, *parts);
    }
    boost::json::object api(std::string target) {
        EXPECT_EQ(browser.get(std::move(target)), 200);
        return boost::json::parse(browser.page()).as_object();
    }

    static void TearDownTestSuite() { databases().clear(); }
    static std::map<db::Kind, db::Scratch>& databases() {
        static std::map<db::Kind, db::Scratch> made;
        return made;
    }
    static db::Database& database() {
        auto [found, first] = databases().try_emplace(GetParam(), GetParam(), &db::migrated(GetParam()));
        auto& database = found->second.database();
        if (first)
            database.write([](db::Tx& tx) { publish(tx, division, embedded_catalogue().items, {"system", 0, "system", ""}, Instant{}); });
        return database;
    }

    static constexpr Division division{310120};
    crypto::Keys keys{crypto::FieldCipher(std::string(32, 'k')), crypto::Sm2Key::generate(), std::string(32, 's'), "", ""};
    FixedClock clock{start_of_day({std::chrono::year(2026) / 11 / 24}) + std::chrono::hours(9)};
    Config settings = identity::page_settings();
    // Nothing here publishes events, so there is only room for a hub.
    alignas(web::EventHub) std::byte room[sizeof(web::EventHub)]{};
    identity::Site site{division, database(), clock, identity::templates(), reinterpret_cast<web::EventHub&>(room), keys, settings, {}};
    std::optional<PublishedCatalogue> published;
    std::optional<Parts> parts;
    web::Router router;
    identity::Browser browser{router};
};
ON_BOTH_DATABASES(CataloguePages);

const std::string item = "/items/drainage-permit-new";
const std::string answered = "premises=food&discharging=no&daily_discharge=5&treatment=yes&network=municipal&in_person=yes";

TEST_P(CataloguePages, EveryPageIsShownInBothLanguagesWithNoTextMissing) {
    std::vector<std::string> pages{"/",
                                   "/search",
                                   "/search?q=%E6%8E%92",
                                   "/search?q=zzzz",
                                   "/items",
                                   "/departments/water",
                                   "/themes/food",
                                   "/life-events/start-company",
                                   "/items?kiosk=yes&for=organisation",
                                   "/catalogue/figures",
                                   item + "/guide",
                                   item + "/guide?" + answered};
    for (auto& loaded : embedded_catalogue().items) {
        pages.push_back("/items/" + loaded.version.item);
        pages.push_back("/items/" + loaded.version.item + "/guide");
    }
    for (auto& page : pages)
        for (auto* language : {"zh", "en"}) {
            auto target = page + (page.find('?') == page.npos ? "?" : "&") + "lang=" + language;
            EXPECT_EQ(browser.get(target), 200) << target;
            EXPECT_THAT(browser.page(), HasSubstr(std::string(language) == "en" ? "lang=\"en\"" : "lang=\"zh-CN\""));
            EXPECT_THAT(browser.page(), Not(HasSubstr("[["))) << target;
            EXPECT_THAT(browser.page(), Not(HasSubstr("{{"))) << target;
            EXPECT_THAT(browser.page(), Not(HasSubstr("catalogue."))) << "a text key shows itself: " << target;
        }
}

TEST_P(CataloguePages, AnItemIsFoundByEverydayWordsAndPinyinInitials) {
    for (auto* query : {"psxk", "%E4%B8%8B%E6%B0%B4%E9%81%93"}) {
        EXPECT_EQ(browser.get(fmt::format("/search?q={}", query)), 200);
        EXPECT_TRUE(browser.shows("href=\"/items/drainage-permit-new\"")) << query;
        EXPECT_TRUE(browser.shows("<mark")) << query;
    }
}

TEST_P(CataloguePages, AListIsNarrowedByLinksThatSayHowManyTheyLeave) {
    EXPECT_EQ(browser.get("/items?department=water"), 200);
    EXPECT_TRUE(browser.shows("href=\"/items?at_once=yes&amp;department=water\""));
    auto list = api("/api/items?department=water&at_once=yes");
    auto all = api("/api/items?department=water");
    for (auto& facet : all.at("facets").as_array()) {
        if (facet.at("name") != "at_once") continue;
        EXPECT_EQ(facet.at("values").at(0).at("count"), list.at("count"));
    }
    EXPECT_LT(list.at("count").to_number<int>(), all.at("count").to_number<int>());
}

TEST_P(CataloguePages, FiguresAreCountedFromWhatIsInForce) {
    auto figures = api("/api/catalogue/figures");
    int at_kiosks = 0, situations = 0;
    for (auto& item : embedded_catalogue().items) {
        at_kiosks += item.version.offered("kiosk");
        situations += static_cast<int>(item.version.situations.size());
    }
    EXPECT_EQ(figures.at("items"), embedded_catalogue().items.size());
    EXPECT_EQ(figures.at("at_kiosks"), at_kiosks);
    EXPECT_EQ(figures.at("situations"), situations);
    EXPECT_EQ(browser.get("/catalogue/figures"), 200);
    EXPECT_TRUE(browser.shows("<svg"));
}

TEST_P(CataloguePages, EveryPageHasOneSearchBox) {
    for (auto* page : {"/", "/search", "/items", "/items/drainage-permit-new", "/catalogue/figures"}) {
        browser.get(page);
        auto& text = browser.page();
        size_t boxes = 0;
        for (auto at = text.find("role=\"search\""); at != text.npos; at = text.find("role=\"search\"", at + 1)) ++boxes;
        EXPECT_EQ(boxes, 1u) << page;
    }
}

TEST_P(CataloguePages, WhatPeopleTypeIsShownAsTextOnly) {
    browser.get("/search?q=%3Cscript%3Ealert(1)%3C/script%3E");
    EXPECT_FALSE(browser.shows("<script>alert"));
    browser.get(item + "/guide?premises=food&discharging=no&answering=daily_discharge&daily_discharge=%22%3E%3Cb%3E");
    EXPECT_TRUE(browser.shows("&quot;&gt;&lt;b&gt;"));
    EXPECT_FALSE(browser.shows("\"><b>"));
}

TEST_P(CataloguePages, WhatIsNotThereSaysSo) {
    for (auto* page : {"/items/nothing", "/items/nothing/guide", "/items/nothing/notice.pdf", "/departments/nothing", "/themes/nothing",
                       "/life-events/nothing", "/api/items/nothing", "/api/items/nothing/guidance"})
        EXPECT_EQ(browser.get(page), 404) << page;
}

TEST_P(CataloguePages, GuidanceLeadsFromQuestionToQuestionToTheList) {
    EXPECT_EQ(browser.get(item + "/guide?answering=premises"), 422);
    EXPECT_TRUE(browser.shows("govuk-error-summary"));
    EXPECT_EQ(browser.get(item + "/guide?answering=premises&premises=food"), 200);
    EXPECT_TRUE(browser.shows("name=\"discharging\""));
    EXPECT_TRUE(browser.shows("<input type=\"hidden\" name=\"premises\" value=\"food\">"));
    EXPECT_EQ(browser.get(item + "/guide?" + answered), 200);
    EXPECT_TRUE(browser.shows("/cases/new?item=drainage-permit-new&amp;premises=food"));
    EXPECT_TRUE(browser.shows("/notice.pdf?premises=food"));
}

TEST_P(CataloguePages, TheNoticeIsAPdfOnceEverythingIsAnswered) {
    EXPECT_EQ(browser.get(item + "/notice.pdf?premises=food"), 303);
    EXPECT_EQ(browser.location(), item + "/guide?premises=food");
    EXPECT_EQ(browser.get(item + "/notice.pdf?" + answered), 200);
    EXPECT_TRUE(browser.page().starts_with("%PDF"));
}

TEST_P(CataloguePages, TheApiAnswersWhatThePagesShow) {
    EXPECT_EQ(api("/api/items?q=psxk").at("items").at(0).at("id"), "drainage-permit-new");
    EXPECT_EQ(api("/api/suggest?q=psxk").at("suggestions").at(0).at("path"), boost::json::value(item));
    EXPECT_EQ(api("/api" + item).at("id"), "drainage-permit-new");
    auto next = api("/api" + item + "/guidance?premises=food");
    EXPECT_EQ(next.at("next").at("name"), "discharging");
    EXPECT_TRUE(next.at("outcome").is_null());
    auto end = api("/api" + item + "/guidance?" + answered);
    EXPECT_TRUE(end.at("next").is_null());
    EXPECT_EQ(end.at("outcome").at("situation"), "simple");
    EXPECT_EQ(browser.get("/api" + item + "/guidance?premises=nonsense"), 422);
}

TEST_P(CataloguePages, SearchingTooFastIsRefusedForAWhile) {
    int refused = 0;
    for (int i = 0; i < 100; ++i) refused += browser.get("/search?q=a") == 429;
    EXPECT_EQ(refused, 40);
    clock.advance(std::chrono::minutes(1));
    EXPECT_EQ(browser.get("/search?q=a"), 200);
}

TEST_P(CataloguePages, DrawingNoticesTooFastIsRefusedForAWhileInTheirLanguage) {
    auto path = item + "/notice.pdf?lang=en&" + answered;
    int refused = 0;
    for (int i = 0; i < 32; ++i) refused += browser.get(path) == 429;
    EXPECT_EQ(refused, 2);
    EXPECT_TRUE(browser.shows("Too many attempts."));
    clock.advance(std::chrono::minutes(1));
    EXPECT_EQ(browser.get(path), 200);
}

}  // namespace
}  // namespace yimen::catalogue
