#include "catalogue/browse.h"

#include <gmock/gmock.h>

#include "catalogue/summary.h"
#include "catalogue/testing.h"
#include "catalogue/views.h"

namespace yimen::catalogue {
namespace {

using testing::SizeIs;

const Shelf& shelf() {
    static const Shelf made = [] {
        Items items;
        for (auto& item : embedded_catalogue().items) items.push_back(std::make_shared<const ItemSummary>(summary_of(item.version)));
        std::ranges::sort(items, {}, [](auto& item) { return item->item; });
        return Shelf(Date{std::chrono::year(2026) / 11 / 24}, std::move(items), embedded_catalogue().themes,
                     embedded_catalogue().life_events);
    }();
    return made;
}

Filter query(std::string text) { return {.query = std::move(text)}; }

TEST(Browsing, WithoutAQueryGivesEverythingTheMostPopularFirst) {
    auto found = look_for(shelf(), {});
    ASSERT_THAT(found.hits, SizeIs(shelf().items.size()));
    EXPECT_EQ(found.hits.front().item, shelf().popular.front().get());
    EXPECT_EQ(found.suggestion, "");
}

TEST(Browsing, NarrowsByWhateverIsChosen) {
    const std::pair<Filter, std::function<bool(const ItemSummary&)>> ways[] = {
        {{.department = "water"}, [](auto& i) { return i.department == "water"; }},
        {{.theme = "food"}, [](auto& i) { return std::ranges::find(i.themes, "food") != i.themes.end(); }},
        {{.online = "yes"}, [](auto& i) { return i.online(); }},
        {{.event = "start-company"}, [](auto& i) { return std::ranges::find(i.life_events, "start-company") != i.life_events.end(); }},
        {{.applicant = "person"}, [](auto& i) { return i.for_persons(); }},
        {{.type = "01"}, [](auto& i) { return i.item_type == "01"; }},
        {{.booking = "yes"}, [](auto& i) { return i.booking; }},
        {{.kiosk = "yes"}, [](auto& i) { return i.at_kiosk(); }},
        {{.at_once = "yes"}, [](auto& i) { return i.on_the_spot > 0; }},
        {{.department = "water", .kiosk = "yes"}, [](auto& i) { return i.department == "water" && i.at_kiosk(); }}};
    for (auto& [filter, fits] : ways) {
        auto found = look_for(shelf(), filter);
        EXPECT_FALSE(found.hits.empty()) << filter_path("", filter);
        for (auto& hit : found.hits) EXPECT_TRUE(fits(*hit.item)) << filter_path("", filter) << " " << hit.item->item;
        EXPECT_EQ(found.hits.size(), static_cast<size_t>(std::ranges::count_if(shelf().items, [&](auto& i) { return fits(*i); })));
    }
    EXPECT_THAT(look_for(shelf(), {.department = "nowhere"}).hits, SizeIs(0));
}

TEST(Browsing, AFacetCountsWhatChoosingItWouldLeave) {
    Filter filter{.query = "证", .kiosk = "yes"};
    auto all = look_for(shelf(), filter);
    ASSERT_FALSE(all.facets.empty());
    for (auto& facet : all.facets)
        for (auto& [value, count] : facet.values) {
            auto narrowed = filter;
            narrowed.*facet.dimension->chosen = value;
            EXPECT_THAT(look_for(shelf(), narrowed).hits, SizeIs(count)) << facet.dimension->name << " " << value;
        }
}

TEST(Browsing, OtherValuesOfWhatIsChosenStayInReach) {
    auto filter = query("证");
    auto facets = look_for(shelf(), filter).facets;
    auto of = [](const std::vector<Facet>& all, std::string_view name) {
        return *std::ranges::find_if(all, [&](auto& facet) { return facet.dimension->name == name; });
    };
    filter.department = of(facets, "department").values.front().first;
    EXPECT_EQ(of(look_for(shelf(), filter).facets, "department"), of(facets, "department"));
}

TEST(Browsing, SuggestsOnlyWhereTheQueryWasFoundPoorly) {
    EXPECT_EQ(look_for(shelf(), query("排水许可正")).suggestion, "排水许可证");
    EXPECT_EQ(look_for(shelf(), query("排水许可证")).suggestion, "");
}

TEST(Browsing, PagesHoldWhatTheyShouldAndLinkToEachOther) {
    Found found;
    for (int i = 0; i < 45; ++i) found.hits.push_back({shelf().items.front().get(), 0, {}, 1});
    auto view = found_view(shelf(), found, {}, "/items", 2, Language::zh);
    EXPECT_THAT(view["items"].as_array(), SizeIs(results_a_page));
    EXPECT_EQ(view["previous"], "/items");
    EXPECT_EQ(view["next"], "/items?page=3");
    EXPECT_EQ(found_view(shelf(), found, {}, "/items", 99, Language::zh)["number"], 3);
    EXPECT_THAT(found_view(shelf(), found, {}, "/items", 99, Language::zh)["items"].as_array(), SizeIs(5));
    EXPECT_EQ(found_view(shelf(), {}, {}, "/items", 0, Language::zh)["number"], 1);
}

TEST(Browsing, AddressesCarryTheWholeFilterEncoded) {
    EXPECT_EQ(filter_path("/search", {.query = "排 &", .department = "water", .theme = "food", .online = "yes"}, 2),
              "/search?q=%E6%8E%92%20%26&online=yes&theme=food&department=water&page=2");
}

TEST(Browsing, TheHomePageShowsWhatPeopleComeForInTheirLanguage) {
    auto& zh = shelf().browsing(Language::zh);
    auto& en = shelf().browsing(Language::en);
    EXPECT_EQ(zh.at("popular").at(0).at("name"), boost::json::value(shelf().popular.front()->name.zh));
    EXPECT_EQ(en.at("popular").at(0).at("name"), boost::json::value(shelf().popular.front()->name.en));
    EXPECT_EQ(zh.at("departments").as_array().size(), shelf().departments.size());
    ASSERT_FALSE(en.at("examples").as_array().empty());
    for (auto& example : en.at("examples").as_array()) EXPECT_THAT(example.at("text").as_string().c_str(), testing::MatchesRegex("[ -~]+"));
}

}  // namespace
}  // namespace yimen::catalogue
