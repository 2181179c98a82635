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
    EXPECT_EQ(findings("hitPolicy='UNIQUE'", {{"&lt; 5", "-", "1"}, {"&gt;= 5", "\"a\"", "2"}}),
              Found({"no rule is for floor area 5, s other"}));
    EXPECT_EQ(findings("hitPolicy='UNIQUE'", {{"&lt; 5", "-", "1"}, {"&gt;= 5", "\"a\"", "2"}, {"&gt;= 5", "not(\"a\")", "3"}}), Found());
    EXPECT_EQ(findings("hitPolicy='COLLECT'", {{"&lt; 5", "-", "1"}}), Found());
}

TEST(TableCheck, NamesRulesThatBothMatch) {
    EXPECT_EQ(findings("hitPolicy='UNIQUE'", {{"&lt;= 5", "-", "1"}, {"&gt;= 5", "-", "2"}}),
              Found({"rules 1 and 2 both match floor area 5"}));
    EXPECT_EQ(findings("hitPolicy='ANY'", {{"&lt;= 5", "-", "1"}, {"&gt;= 5", "-", "1"}}), Found());
    EXPECT_EQ(findings("hitPolicy='FIRST'", {{"&lt;= 5", "-", "1"}, {"-", "-", "2"}}), Found());
}

TEST(TableCheck, NamesRulesThatNeverCount) {
    EXPECT_EQ(findings("hitPolicy='FIRST'", {{"-", "-", "1"}, {"&gt; 5", "-", "2"}}), Found({"rule 2 never counts"}));
    EXPECT_EQ(findings("hitPolicy='FIRST'", {{"&gt; 3", "-", "1"}, {"[4..5]", "\"a\"", "2"}, {"-", "-", "3"}}),
              Found({"rule 2 never counts"}));
}

TEST(TableCheck, HeedsWhatAnInputCanBe) {
    auto model =
        Model::read(table("hitPolicy='UNIQUE'",
                          {{"[0..5]", "\"a\"", "1"}, {"[6..9]", "\"a\"", "2"}, {"&gt; 9", "\"a\", \"b\"", "3"}, {"&lt;= 9", "\"b\"", "4"}}))
            .value();
    auto gaps = [&](bool whole, std::vector<Value> words) {
        std::vector<Domain> domains{{"n", {}, Decimal(0), whole}, {"s", std::move(words), {}, false}};
        Found out;
        for (auto& f : model.check(domains)) out.push_back(f.en);
        return out;
    };
    std::vector<Value> words{Value::string("a"), Value::string("b")};
    EXPECT_EQ(gaps(true, words), Found());
    EXPECT_EQ(gaps(false, words), Found({"no rule is for floor area (5..6), s \"a\""}));
    words.push_back(Value::string("c"));
    EXPECT_EQ(gaps(true, words), Found({"no rule is for floor area 0, s \"c\"", "no rule is for floor area 6, s \"c\"",
                                        "no rule is for floor area > 9, s \"c\""}));
}

TEST(TableCheck, NamesTheLine) {
    auto text = table("hitPolicy='FIRST'", {{"-", "-", "1"}, {"&gt; 5", "-", "2"}});
    for (auto at = text.find("<rule>"); at != text.npos; at = text.find("<rule>", at + 2)) text.insert(at++, "\n");
    auto model = Model::read(text).value();
    EXPECT_EQ(model.check().at(0).line, 3);
    auto parts = model.table_of(*model.find("d")).value();
    EXPECT_EQ(parts.rules[1].line, 3);
    EXPECT_EQ(parts.line, 1);
    EXPECT_EQ(parts.columns[0].input, "n");
    EXPECT_EQ(parts.columns[0].points->size(), 1u);
    EXPECT_EQ(model.fits(parts.table, 0, Value::number(6)), std::vector<bool>({true}));
    EXPECT_FALSE(model.table_of(*model.find("n")));
    text.replace(text.find("&gt; 5"), 6, "&gt; &gt;");
    EXPECT_EQ(Model::read(text).value().faults().at(0).line, 3);
}

TEST(TableCheck, SaysWhenItCannotTell) {
    EXPECT_EQ(findings("hitPolicy='UNIQUE'", {{"? &gt; n / 2", "-", "1"}}).size(), 1);
    EXPECT_NE(findings("hitPolicy='UNIQUE'", {{"? &gt; n / 2", "-", "1"}})[0].find("not checked"), std::string::npos);
}

}  // namespace
}  // namespace yimen::rules
