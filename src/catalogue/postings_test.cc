#include "catalogue/postings.h"

#include <gmock/gmock.h>

#include "catalogue/syllables.h"

namespace yimen::catalogue {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

std::vector<std::pair<uint32_t, int>> read(PostingLists::List list) {
    std::vector<std::pair<uint32_t, int>> all;
    PostingLists::each(list, [&](uint32_t document, uint8_t weight) { all.emplace_back(document, weight); });
    return all;
}

TEST(PostingLists, GiveBackWhatWasPutIn) {
    PostingLists::Builder builder;
    for (auto [key, document, weight] :
         {std::tuple<uint64_t, uint32_t, uint8_t>{7, 0, 3}, {5, 0, 1}, {7, 1, 7}, {7, 300'000, 0}, {7, 4'000'000'000u, 5}})
        builder.add(key, document, weight);
    auto lists = builder.finish();
    EXPECT_EQ(lists.keys(), 2u);
    EXPECT_EQ(lists.find(7).count, 4u);
    EXPECT_THAT(read(lists.find(7)), ElementsAre(Pair(0, 3), Pair(1, 7), Pair(300'000, 0), Pair(4'000'000'000u, 5)));
    EXPECT_THAT(read(lists.find(5)), ElementsAre(Pair(0, 1)));
    EXPECT_THAT(read(lists.find(6)), IsEmpty());
    std::vector<uint64_t> keys;
    lists.each_key(5, 7, [&](uint64_t key, PostingLists::List) { keys.push_back(key); });
    EXPECT_THAT(keys, ElementsAre(5));
}

TEST(PostingLists, OfNothingFindNothing) {
    EXPECT_THAT(read(PostingLists().find(1)), IsEmpty());
    EXPECT_THAT(read(PostingLists::Builder().finish().find(1)), IsEmpty());
}

TEST(Syllables, AreNumberedInAlphabeticalOrder) {
    EXPECT_EQ(spelling(syllable_of("排")), "pai");
    EXPECT_EQ(spelling(syllable_of("绿")), "lv");
    EXPECT_EQ(syllable_of("a"), no_syllable);
    EXPECT_EQ(syllable_of("（"), no_syllable);
    EXPECT_EQ(find_syllable("zzz"), no_syllable);
    auto [first, last] = syllables_from("shu");
    EXPECT_EQ(spelling(first), "shu");
    EXPECT_EQ(spelling(static_cast<Syllable>(last - 1)), "shuo");
}

TEST(Syllables, KnowHowEveryCommonCharacterIsRead) {
    int unknown = 0;
    for (int code = 0x4e00; code <= 0x9fa5; ++code) {
        const std::string character{static_cast<char>(0xe0 | code >> 12), static_cast<char>(0x80 | (code >> 6 & 0x3f)),
                                    static_cast<char>(0x80 | (code & 0x3f))};
        unknown += syllable_of(character) == no_syllable;
    }
    EXPECT_LE(unknown, 60) << "a few have no reading, or one such as hm or ng that nobody types";
}

}  // namespace
}  // namespace yimen::catalogue
