#include "rules/testing.h"

namespace yimen::rules {
namespace {

TEST(Limits, NothingRunsForever) {
    for (auto* text : {
             "{f: function(n) f(n + 1), r: f(1)}.r",
             "count(for i in 1..100000, j in 1..100000 return i)",
             "for i in 1..9000000000 return i",
             "for i in 1..100000 return partial",
             "{f: function(s, n) if n = 0 then s else f(s + s, n - 1), r: f(\"abcdefgh\", 60)}.r",
             "{f: function(l, n) if n = 0 then l else f([l, l], n - 1), r: f([1], 60)}.r",
             "{f: function(l, n) if n = 0 then l else f([l], n - 1), r: f([1], 1000)}.r",
             "{f: function(l, n) if n = 0 then l else f(concatenate(l, l), n - 1), r: f([1], 60)}.r",
             "{t: string join(for i in 1..60 return \"a\", \"\"), r: matches(t, \"(a+)+c\")}.r",
         })
        EXPECT_EQ(result_of(text), "stopped") << text;
}

TEST(Limits, DeepTextIsRefusedNotFollowed) {
    auto repeated = [](const char* open, const char* middle, const char* close, int times) {
        std::string out;
        for (int i = 0; i < times; ++i) out += open;
        out += middle;
        for (int i = 0; i < times; ++i) out += close;
        return out;
    };
    EXPECT_EQ(result_of(repeated("(", "1", ")", 100000)), "fault");
    EXPECT_EQ(result_of(repeated("[", "1", "]", 100000)), "fault");
    EXPECT_EQ(result_of(repeated("-", "1", "", 100000)), "fault");
    EXPECT_EQ(result_of(repeated("if true then ", "1", " else 1", 20000)), "fault");
    EXPECT_EQ(result_of(repeated("{a:", "1", "}", 20000)), "fault");
    EXPECT_EQ(result_of(repeated("1 + ", "1", "", 50000)), "fault");
    EXPECT_EQ(result_of(repeated("", "x", ".a", 100000)), "fault");
    EXPECT_EQ(result_of(repeated("function(a) ", "1", "", 20000)), "fault");
}

TEST(Limits, TheyCanBeNarrowed) {
    Limits narrow;
    narrow.steps = 50;
    EXPECT_EQ(result_of("count(for i in 1..100 return i)", narrow), "stopped");
    EXPECT_EQ(result_of("count(for i in 1..10 return i)", narrow), "10");
}

}  // namespace
}  // namespace yimen::rules
