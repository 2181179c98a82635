#include "rules/model_testing.h"

namespace yimen::rules {
namespace {

std::vector<std::string> findings(std::string_view attributes, const Rows& rows) {
    auto model = Model::read(table(attributes, rows));
    if (!model) return {model.error().en};
    std::vector<std::string> out;
    for (auto& f : model->check()) out.push_back(f.en);
    return out;
}

using Found = std::vector<std::string>;

TEST(TableCheck, NamesTheValuesThatNoRuleIsFor) {
    EXPECT_EQ(findings("hitPolicy='UNIQUE'", {{"&lt; 5", "-", "1"}, {"&gt; 10", "-", "2"}}), Found({"no rule is for floor area 5"}));
    EXPECT_EQ(findings("hitPolicy='UNIQUE'", {{"&lt; 5", "-", "1"}, {"&gt;= 5", "\"a\"", "2"}}), Found({"no rule is for floor area 5, s other"}));
    EXPECT_EQ(findings("hitPolicy='UNIQUE'", {{"&lt; 5", "-", "1"}, {"&gt;= 5", "\"a\"", "2"}, {"&gt;= 5", "not(\"a\")", "3"}}), Found());
    EXPECT_EQ(findings("hitPolicy='COLLECT'", {{"&lt; 5", "-", "1"}}), Found());
}

TEST(TableCheck, NamesRulesThatBothMatch) {
    EXPECT_EQ(findings("hitPolicy='UNIQUE'", {{"&lt;= 5", "-", "1"}, {"&gt;= 5", "-", "2"}}), Found({"rules 1 and 2 both match floor area 5"}));
    EXPECT_EQ(findings("hitPolicy='ANY'", {{"&lt;= 5", "-", "1"}, {"&gt;= 5", "-", "1"}}), Found());
    EXPECT_EQ(findings("hitPolicy='FIRST'", {{"&lt;= 5", "-", "1"}, {"-", "-", "2"}}), Found());
}

TEST(TableCheck, NamesRulesThatNeverCount) {
    EXPECT_EQ(findings("hitPolicy='FIRST'", {{"-", "-", "1"}, {"&gt; 5", "-", "2"}}), Found({"rule 2 never counts"}));
    EXPECT_EQ(findings("hitPolicy='FIRST'", {{"&gt; 3", "-", "1"}, {"[4..5]", "\"a\"", "2"}, {"-", "-", "3"}}), Found({"rule 2 never counts"}));
}

TEST(TableCheck, SaysWhenItCannotTell) {
    EXPECT_EQ(findings("hitPolicy='UNIQUE'", {{"? &gt; n / 2", "-", "1"}}).size(), 1);
    EXPECT_NE(findings("hitPolicy='UNIQUE'", {{"? &gt; n / 2", "-", "1"}})[0].find("not checked"), std::string::npos);
}

}  // namespace
}  // namespace yimen::rules
