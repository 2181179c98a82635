#include "base/id.h"

#include <gtest/gtest.h>

#include <thread>

namespace yimen {
namespace {

TEST(Ids, NeverMeetAcrossThreadsAndGrow) {
    std::vector<std::vector<int64_t>> made(4);
    std::vector<std::thread> threads;
    for (auto& mine : made)
        threads.emplace_back([&] {
            for (int i = 0; i < 20000; ++i) mine.push_back(next_id());
        });
    for (auto& thread : threads) thread.join();
    std::set<int64_t> all;
    for (auto& mine : made) {
        EXPECT_TRUE(std::is_sorted(mine.begin(), mine.end()));
        all.insert(mine.begin(), mine.end());
    }
    EXPECT_EQ(all.size(), 80000u);
}

TEST(Ids, TextReadsBack) {
    for (int64_t value : {int64_t{0}, int64_t{1}, INT64_MAX, next_id()}) EXPECT_EQ(parse_id_text(id_text(value)), value);
}

TEST(Ids, TextThatNoIdCanBeIsRefused) {
    for (auto text : {"", "0", "000000000000U", "8000000000000", "00000000000000", "000000000000a", "00000000000\xc3\xa9"})
        EXPECT_EQ(parse_id_text(text), std::nullopt) << text;
}

}  // namespace
}  // namespace yimen
