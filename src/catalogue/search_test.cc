#include "catalogue/search.h"

#include <fstream>
#include <iostream>

#include <gmock/gmock.h>

#include "base/text.h"
#include "catalogue/search_terms.h"
#include "catalogue/summary.h"
#include "catalogue/testing.h"

namespace yimen::catalogue {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::filesystem::path repository() {
    auto at = std::filesystem::read_symlink("/proc/self/exe").parent_path();
    while (!std::filesystem::exists(at / "package-lock.json")) {
        if (at == at.root_path()) throw std::runtime_error("The test program is not inside the repository");
        at = at.parent_path();
    }
    return at;
}

const SearchIndex& index() {
    static const SearchIndex made = [] {
        Items items;
        for (auto& item : embedded_catalogue().items) items.push_back(std::make_shared<const ItemSummary>(summary_of(item.version)));
        return SearchIndex(std::move(items));
    }();
    return made;
}

std::string best(std::string_view query) {
    auto hits = index().search(query, 10);
    return hits.empty() ? "" : hits.front().item->item;
}

TEST(Search, FindsWhatPeopleMean) {
    std::ifstream file(repository() / "tests/golden/searches.tsv");
    ASSERT_TRUE(file);
    double reciprocal = 0;
    int pairs = 0;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line.starts_with('#')) continue;
        auto tab = line.find('\t');
        auto query = line.substr(0, tab), wanted = line.substr(tab + 1);
        ++pairs;
        auto hits = index().search(query, 20);
        auto at = std::ranges::find_if(hits, [&](auto& hit) { return hit.item->item == wanted; });
        if (at != hits.end()) reciprocal += 1.0 / static_cast<double>(at - hits.begin() + 1);
        if (at != hits.begin())
            std::cout << query << ": wanted " << wanted << ", got " << (hits.empty() ? "nothing" : hits.front().item->item) << "\n";
    }
    EXPECT_GE(pairs, 220);
    EXPECT_GE(reciprocal / pairs, 0.9);
    RecordProperty("mean_reciprocal_rank", fmt::format("{:.3f}", reciprocal / pairs));
    std::cout << "mean reciprocal rank " << reciprocal / pairs << " over " << pairs << " pairs\n";
}

TEST(Search, FindsOneAndTwoCharactersAndPinyin) {
    EXPECT_EQ(best("排"), "drainage-permit-new");
    EXPECT_EQ(best("排水"), "drainage-permit-new");
    EXPECT_EQ(best("psxk"), "drainage-permit-new");
    EXPECT_EQ(best("paishui"), "drainage-permit-new");
    EXPECT_EQ(best("ＰＳＸＫ"), "drainage-permit-new");
}

TEST(Search, FindsNothingInNothing) {
    EXPECT_THAT(index().search("", 10), IsEmpty());
    EXPECT_THAT(index().search("？！ ", 10), IsEmpty());
    EXPECT_THAT(index().search("zzzzqq", 10), IsEmpty());
    EXPECT_THAT(index().search("\xff", 10), IsEmpty());
}

TEST(Search, SaysWhichEverydayWordMatched) {
    EXPECT_EQ(index().search("下水道", 1).front().word, "下水道");
    EXPECT_EQ(index().search("排水许可证核发", 1).front().word, "");
}

TEST(Search, GivesAtMostWhatIsAskedForBestFirst) {
    auto hits = index().search("证", 5);
    ASSERT_EQ(hits.size(), 5u);
    EXPECT_TRUE(std::ranges::is_sorted(hits, std::greater<>(), &Hit::score));
}

TEST(Search, GuessesWhatWasMeantBySoundAndSpelling) {
    EXPECT_EQ(index().meant("排水许可正"), "排水许可证");
    EXPECT_EQ(index().meant("营业直照"), "营业执照");
    EXPECT_EQ(index().meant("grease tarp"), "grease trap");
    EXPECT_EQ(index().meant("sewege"), "sewage");
}

TEST(Search, GuessesNothingForWhatIsKnownShortOrFarAway) {
    for (auto* query : {"排水", "污水", "grease trap", "猫", "abc", "", "zzzzzzzz", "今天天气怎么样", "\xff"})
        EXPECT_EQ(index().meant(query), std::nullopt) << query;
}

TEST(Search, TellsHowMuchOfAQueryWasFound) {
    EXPECT_DOUBLE_EQ(index().search("排水", 1).front().part, 1);
    EXPECT_LT(index().search("排水 zzqq", 1).front().part, 1);
}

TEST(Distance, CountsLettersToMend) {
    EXPECT_EQ(distance("abc", "abc", 2), 0u);
    EXPECT_EQ(distance("abc", "acb", 2), 1u);
    EXPECT_EQ(distance("abc", "abcd", 2), 1u);
    EXPECT_EQ(distance("abc", "xbc", 2), 1u);
    EXPECT_EQ(distance("", "ab", 2), 2u);
    EXPECT_EQ(distance("kitten", "sitting", 3), 3u);
    EXPECT_EQ(distance("kitten", "sitting", 2), 3u) << "more than asked for";
}

TEST(Marking, ShowsWhereAQueryMatches) {
    EXPECT_THAT(mark("排水许可证", "排水"), ElementsAre(Stretch{"排水", true}, Stretch{"许可证", false}));
    EXPECT_THAT(mark("Drainage permit", "PERMITS"), ElementsAre(Stretch{"Drainage ", false}, Stretch{"permit", true}));
    EXPECT_THAT(mark("排水许可证", "psxk"), ElementsAre(Stretch{"排水许可", true}, Stretch{"证", false}));
    EXPECT_THAT(mark("排水许可证", "xuke"), ElementsAre(Stretch{"排水", false}, Stretch{"许可", true}, Stretch{"证", false}));
    EXPECT_THAT(mark("<b>排</b>", "洗"), ElementsAre(Stretch{"<b>排</b>", false}));
    EXPECT_THAT(mark("", "洗"), IsEmpty());
}

}  // namespace
}  // namespace yimen::catalogue
