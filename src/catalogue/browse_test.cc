#include "catalogue/browse.h"

#include <gmock/gmock.h>

#include "catalogue/testing.h"
#include "catalogue/views.h"

namespace yimen::catalogue {
namespace {

using testing::SizeIs;

const Shelf& shelf() {
  static const Shelf made = [] {
    Items items;
    for (auto& item : embedded_catalogue().items) items.push_back(std::make_shared<const ItemVersion>(item.version));
    std::ranges::sort(items, {}, [](auto& item) { return item->item; });
    return Shelf(Date{std::chrono::year(2026) / 11 / 24}, std::move(items), embedded_catalogue().themes);
  }();
  return made;
}

Filter query(std::string text) { return {.query = std::move(text), .department = {}, .theme = {}}; }

TEST(Browsing, WithoutAQueryGivesEverythingTheMostPopularFirst) {
  auto found = look_for(shelf(), {});
  ASSERT_THAT(found.hits, SizeIs(shelf().items.size()));
  EXPECT_EQ(found.hits.front().item, shelf().popular.front());
  EXPECT_EQ(found.suggestion, "");
}

TEST(Browsing, NarrowsByDepartmentThemeAndOnline) {
  for (auto& hit : look_for(shelf(), {.query = {}, .department = "water", .theme = {}}).hits)
    EXPECT_EQ(hit.item->department, "water");
  for (auto& hit : look_for(shelf(), {.query = {}, .department = {}, .theme = "food"}).hits)
    EXPECT_THAT(hit.item->themes, testing::Contains("food"));
  for (auto& hit : look_for(shelf(), {.query = {}, .department = {}, .theme = {}, .online = true}).hits)
    EXPECT_TRUE(hit.item->online());
  EXPECT_THAT(look_for(shelf(), {.query = {}, .department = "nowhere", .theme = {}}).hits, SizeIs(0));
}

TEST(Browsing, FacetsCountWhatTheQueryFoundInEachDepartment) {
  auto filter = query("证");
  auto all = look_for(shelf(), filter);
  filter.department = all.departments.front().first->name;
  auto narrowed = look_for(shelf(), filter);
  EXPECT_THAT(narrowed.hits, SizeIs(all.departments.front().second));
  EXPECT_EQ(narrowed.departments, all.departments) << "the other departments stay in reach";
}

TEST(Browsing, SuggestsOnlyWhereTheQueryWasFoundPoorly) {
  EXPECT_EQ(look_for(shelf(), query("排水许可正")).suggestion, "排水许可证");
  EXPECT_EQ(look_for(shelf(), query("排水许可证")).suggestion, "");
}

TEST(Browsing, PagesHoldWhatTheyShouldAndLinkToEachOther) {
  Found found;
  for (int i = 0; i < 45; ++i) found.hits.push_back({shelf().items.front(), 0, {}, 1});
  auto view = found_view(found, {}, "/items", 2, Language::zh);
  EXPECT_THAT(view["items"].as_array(), SizeIs(results_a_page));
  EXPECT_EQ(view["previous"], "/items");
  EXPECT_EQ(view["next"], "/items?page=3");
  EXPECT_EQ(found_view(found, {}, "/items", 99, Language::zh)["number"], 3);
  EXPECT_THAT(found_view(found, {}, "/items", 99, Language::zh)["items"].as_array(), SizeIs(5));
  EXPECT_EQ(found_view({}, {}, "/items", 0, Language::zh)["number"], 1);
}

TEST(Browsing, AddressesCarryTheWholeFilterEncoded) {
  EXPECT_EQ(filter_path("/search", {.query = "排 &", .department = "water", .theme = "food", .online = true}, 2),
            "/search?q=%E6%8E%92%20%26&department=water&theme=food&online=yes&page=2");
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
