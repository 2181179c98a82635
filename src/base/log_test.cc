#include "base/log.h"

#include <gtest/gtest.h>

#include "base/money.h"

namespace yimen {
namespace {

std::vector<boost::json::object> lines_of(const std::function<void()>& act) {
    testing::internal::CaptureStderr();
    act();
    const std::string text = testing::internal::GetCapturedStderr();
    std::vector<boost::json::object> lines;
    for (size_t begin = 0; begin < text.size(); begin = text.find('\n', begin) + 1)
        lines.push_back(boost::json::parse(text.substr(begin, text.find('\n', begin) - begin)).as_object());
    return lines;
}

TEST(Log, WritesOneObjectALine) {
    auto lines = lines_of([] { log::warning("slow\nstatement", {{"id", 7}}); });
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_EQ(lines[0]["level"], "warning");
    EXPECT_EQ(lines[0]["event"], "slow\nstatement");
    EXPECT_EQ(lines[0]["id"], 7);
    EXPECT_EQ(lines[0]["at"].as_string().size(), std::string_view("2026-11-24T01:30:00.000Z").size());
}

TEST(Log, FieldsCannotForgeTheirOwnHead) {
    auto lines = lines_of([] { log::info("start", {{"level", "error"}, {"event", "stop"}}); });
    EXPECT_EQ(lines.at(0)["level"], "info");
    EXPECT_EQ(lines.at(0)["event"], "start");
}

TEST(Log, LeavesOutWhatIsBelowItsLevel) {
    auto lines = lines_of([] {
        log::set_level(log::Level::error);
        log::info("quiet");
        log::error("loud");
        log::set_level(log::Level::info);
        log::write(log::Level::debug, "quiet");
    });
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_EQ(lines[0]["event"], "loud");
}

TEST(Log, KeepsLongLinesFromSeveralThreadsApart) {
    auto lines = lines_of([] {
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([i] {
                for (int n = 0; n < 20; ++n) log::info("long", {{"text", std::string(10000, static_cast<char>('a' + i))}});
            });
        for (auto& thread : threads) thread.join();
    });
    EXPECT_EQ(lines.size(), 80u);
}

TEST(Log, WritesWhatIsSaidSoonWithoutLosingOrMixingLines) {
    auto lines = lines_of([] {
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([] {
                for (int n = 0; n < 500; ++n) log::soon(log::Level::info, "request", {{"n", n}});
            });
        for (auto& thread : threads) thread.join();
        log::soon(log::Level::debug, "quiet");
        log::flush();
    });
    EXPECT_EQ(lines.size(), 2000u);
}

TEST(Money, IsWrittenInYuanWithTwoPlaces) {
    EXPECT_EQ(yuan_text({1250}), "12.50");
    EXPECT_EQ(yuan_text({0}), "0.00");
    EXPECT_EQ(yuan_text({5}), "0.05");
    EXPECT_EQ(yuan_text({-5}), "-0.05");
    EXPECT_EQ(yuan_text({INT64_MIN}), "-92233720368547758.08");
}

}  // namespace
}  // namespace yimen
