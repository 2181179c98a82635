#include <gmock/gmock.h>

#include "catalogue/pages_asking.h"
#include "catalogue/pages_notice.h"
#include "catalogue/testing.h"

namespace yimen::catalogue {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Pair;
using testing::SizeIs;

web::Request request(std::initializer_list<std::pair<std::string, std::string>> query) {
    web::Request made;
    for (auto& [name, value] : query) made.query.add(name, value);
    return made;
}

TEST(Asking, ReadsTheFilterAndCutsWhatIsTooLong) {
    std::string long_query;
    for (int i = 0; i < 150; ++i) long_query += "排";
    auto filter = filter_of(request({{"q", "  " + long_query + " "}, {"department", "water"}, {"online", "yes"}}));
    EXPECT_EQ(filter.query.size(), 300u);
    EXPECT_EQ(filter.department, "water");
    EXPECT_EQ(filter.online, "yes");
    EXPECT_EQ(filter_of(request({{"online", "1"}})).online, "");
}

TEST(Asking, TakesAnyPageNumberForOneThatExists) {
    EXPECT_EQ(page_of(request({})), 1u);
    EXPECT_EQ(page_of(request({{"page", "3"}})), 3u);
    for (auto* nonsense : {"0", "-1", "x", "3x", "99999999999", ""}) EXPECT_EQ(page_of(request({{"page", nonsense}})), 1u) << nonsense;
    EXPECT_EQ(page_of(request({{"page", "4000000"}})), 10'000u);
}

TEST(Asking, TheFirstOfTwoAnswersCounts) {
    EXPECT_EQ(answers_of(request({{"premises", "food"}, {"premises", "office"}})), (Answers{{"premises", "food"}}));
}

const ItemVersion& drainage() { return embedded_item("drainage-permit-new"); }
const Answers restaurant{{"premises", "food"}, {"discharging", "no"},    {"daily_discharge", "5"},
                         {"treatment", "no"},  {"network", "municipal"}, {"in_person", "no"}};

document::Notice notice(Language language) {
    auto outcome = guide(drainage(), restaurant, all_sources(drainage())).value();
    return one_time_notice(drainage(), restaurant, outcome, language, Date{std::chrono::year(2026) / 11 / 24},
                           "https://example.org/items/drainage-permit-new/guide?premises=food");
}

std::vector<std::string> listed(const document::Notice& notice, const std::string& heading) {
    std::vector<std::string> names;
    for (size_t i = 0; i + 1 < notice.blocks.size(); ++i)
        if (notice.blocks[i].heading == heading)
            for (auto& row : notice.blocks[i + 1].table.value().rows) names.push_back(row[1]);
    return names;
}

TEST(OneTimeNotice, ListsEverythingOnceUnderWhatIsToBeDoneWithIt) {
    auto made = notice(Language::zh);
    EXPECT_EQ(made.title, "一次性告知单");
    EXPECT_EQ(made.authority, drainage().authority.zh);
    auto outcome = guide(drainage(), restaurant, all_sources(drainage())).value();
    std::map<Need, std::string> headings{
        {Need::needed, "需要提交的材料"}, {Need::later, "可以先受理、后补交的材料"}, {Need::exempt, "免于提交的材料"}};
    size_t rows = 0;
    for (auto& [need, heading] : headings) rows += listed(made, heading).size();
    EXPECT_EQ(rows, outcome.materials.size());
    for (auto& m : outcome.materials) EXPECT_THAT(listed(made, headings[m.need]), Contains(m.material->name.zh));
}

TEST(OneTimeNotice, SaysLimitFeePlaceAndAnswers) {
    auto made = notice(Language::en);
    auto& facts = made.blocks.at(0).facts;
    EXPECT_THAT(facts, Contains(Pair("By law within", "20 working days")));
    EXPECT_THAT(facts, Contains(Pair("Fee", "free")));
    EXPECT_THAT(facts, Contains(Pair("Where", HasSubstr("window"))));
    EXPECT_THAT(made.blocks.back().facts, SizeIs(restaurant.size()));
    EXPECT_EQ(made.place_and_date, "24 November 2026");
    EXPECT_THAT(made.qr, HasSubstr("/guide?premises=food"));
}

}  // namespace
}  // namespace yimen::catalogue
