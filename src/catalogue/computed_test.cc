#include <gmock/gmock.h>
#include <boost/json.hpp>

#include "base/text.h"
#include "catalogue/check_rules.h"
#include "catalogue/guide_step.h"
#include "catalogue/rules_testing.h"
#include "catalogue/views.h"

namespace yimen::catalogue {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// A shop pays by its area, a factory by its workers, anything else nothing.
RulesOfItem by_quantity() {
    RulesOfItem made;
    made.questions = {choice("kind", {"shop", "factory", "office"}), number("area"), number("workers", true)};
    made.situation = {{{}, {"\"s0\""}}};
    made.fee = {{{{"kind", "\"shop\""}}, {"area * 3"}}, {{{"kind", "\"factory\""}}, {"workers * 10"}}};
    return made;
}

std::string asked(const ItemVersion& item, const Answers& answers) {
    std::string all;
    for (auto* question : asked_questions(item, answers)) all += (all.empty() ? "" : " ") + question->name;
    return all;
}

int64_t fee(const ItemVersion& item, const Answers& answers) { return guide(item, answers, {}).value().situation->fee.value; }

std::vector<std::string> faults(const RulesOfItem& made) {
    auto item = made.item();
    item.situations.resize(1);
    item.materials.clear();
    std::vector<std::string> all;
    for (auto& fault : check_rules(item, "rules.dmn")) all.push_back(to_text(fault));
    return all;
}

// A decision that is no table.
std::string expression(std::string_view name, std::string_view needs, std::string_view text, std::string_view description = "") {
    auto out = fmt::format("<decision id=\"{0}\" name=\"{0}\"><description>{1}</description><variable name=\"{0}\"/>", name, description);
    for (auto need : split(needs, ' '))
        out += fmt::format("<informationRequirement><required{} href=\"#{}\"/></informationRequirement>",
                           need == "rate" ? "Decision" : "Input", need);
    return out + fmt::format("<literalExpression><text>{}</text></literalExpression></decision>\n", escaped_xml(text));
}

ItemVersion with(const RulesOfItem& made, const std::string& elements) {
    auto item = made.item();
    auto text = made.text();
    text.insert(text.find("</definitions>"), elements);
    item.rules = std::make_shared<const ItemRules>(text);
    return item;
}

TEST(Computed, AsksAShopItsAreaAndAFactoryItsWorkersOnly) {
    auto item = by_quantity().item();
    EXPECT_THAT(faults(by_quantity()), IsEmpty());
    EXPECT_EQ(asked(item, {{"kind", "shop"}}), "kind area");
    EXPECT_EQ(asked(item, {{"kind", "factory"}}), "kind workers");
    EXPECT_EQ(asked(item, {{"kind", "office"}}), "kind");
    EXPECT_EQ(questions_left(item, {}), 2);
    EXPECT_EQ(questions_left(item, {{"kind", "shop"}}), 1);
    EXPECT_EQ(fee(item, {{"kind", "shop"}, {"area", "100.5"}}), 30'150);
    EXPECT_EQ(fee(item, {{"kind", "factory"}, {"workers", "7"}, {"area", "1"}}), 7'000);
    EXPECT_EQ(fee(item, {{"kind", "office"}}), 0);
    EXPECT_THAT(guide(item, {{"kind", "shop"}}, {}).error(), ElementsAre("area"));
}

TEST(Computed, AsksWhichFormulaCountsEvenWhereBothUseTheSameNumber) {
    auto made = by_quantity();
    made.fee[1].outputs = {"area * 10"};
    auto item = made.item();
    EXPECT_EQ(asked(item, {{"kind", "factory"}}), "kind area");
    EXPECT_EQ(fee(item, {{"kind", "shop"}, {"area", "2"}}), 600);
    EXPECT_EQ(fee(item, {{"kind", "factory"}, {"area", "2"}}), 2'000);
}

TEST(Computed, DoesNotAskWhichRuleMatchesWhereAllComputeTheSame) {
    auto made = by_quantity();
    made.fee[1].outputs = {"area * 3"};
    made.fee.push_back({{}, {"area * 3"}});
    EXPECT_EQ(asked(made.item(), {}), "area");
    EXPECT_EQ(asked(made.item(), {{"area", "4"}}), "area");
}

TEST(Computed, ComputesAboveAnAmountThatIsFree) {
    auto made = by_quantity();
    made.fee = {{{{"area", "<= 100"}}, {"0"}}, {{}, {"(area - 100) * 2"}}};
    auto item = made.item();
    EXPECT_EQ(asked(item, {}), "area");
    EXPECT_EQ(fee(item, {{"area", "100"}}), 0);
    EXPECT_EQ(fee(item, {{"area", "100.01"}}), 2);
    EXPECT_EQ(fee(item, {{"area", "350"}}), 50'000);
}

TEST(Computed, FollowsWhatTheFeeRequires) {
    auto made = by_quantity();
    made.fee.clear();
    auto rate = "if kind = \"shop\" then 2 else 5";
    auto item = with(made, expression("rate", "kind", rate) + expression("fee", "rate area workers", "rate * area"));
    // What is required and not named is not asked for.
    EXPECT_EQ(asked(item, {{"kind", "office"}}), "kind area");
    EXPECT_EQ(fee(item, {{"kind", "shop"}, {"area", "10"}}), 2'000);
    EXPECT_EQ(fee(item, {{"kind", "office"}, {"area", "10"}}), 5'000);
}

TEST(Computed, AsksEverythingBehindATableWhoseRulesDependOnAnExpression) {
    auto made = by_quantity();
    made.fee = {{{{"area * 2", "> 10"}}, {"workers * 5"}}, {{}, {"1"}}};
    auto item = made.item();
    EXPECT_EQ(asked(item, {{"area", "1"}}), "area workers");
    EXPECT_EQ(fee(item, {{"area", "1"}, {"workers", "3"}}), 100);
    EXPECT_EQ(fee(item, {{"area", "6"}, {"workers", "3"}}), 1'500);
}

TEST(Computed, RoundsTheFeeHalfUpToTheFen) {
    auto made = by_quantity();
    made.fee = {{{}, {"area / 8"}}};
    auto item = made.item();
    EXPECT_EQ(fee(item, {{"area", "1"}}), 13);     // 0.125
    EXPECT_EQ(fee(item, {{"area", "0.99"}}), 12);  // 0.12375
    EXPECT_EQ(fee(item, {{"area", "8000"}}), 100'000);
}

TEST(Computed, RoundsPromisedDaysUpAndNeverPromisesMoreThanTheLawAllows) {
    auto made = by_quantity();
    made.fee.clear();
    made.promised_days = {{{{"kind", "\"shop\""}}, {"area / 100"}}};
    auto item = made.item();
    auto days = [&](std::string area) {
        return guide(item, {{"kind", "shop"}, {"area", std::move(area)}}, {}).value().situation->promised.days;
    };
    EXPECT_EQ(days("0"), 0);
    EXPECT_EQ(days("1"), 1);
    EXPECT_EQ(days("300"), 3);
    EXPECT_EQ(days("301"), 4);
    EXPECT_EQ(days("99999999"), 20);
    EXPECT_EQ(guide(item, {{"kind", "office"}}, {}).value().situation->promised.days, 5);
    EXPECT_EQ(settled(item, "s0", {{"kind", "shop"}, {"area", "150"}})->promised.days, 2);
}

TEST(Computed, LeavesToTheSituationWhatIsNull) {
    auto made = by_quantity();
    made.fee = {{{}, {"if area > 10 then area else null"}}};
    auto item = made.item();
    item.situations[0].fee = {700};
    EXPECT_EQ(fee(item, {{"area", "10"}}), 700);
    EXPECT_EQ(fee(item, {{"area", "11"}}), 1'100);
}

TEST(Computed, RefusesWhatNoFeeCanBeAndNamesTheQuestions) {
    auto made = by_quantity();
    made.fee = {{{{"kind", "\"shop\""}}, {"area - 100 + workers"}}, {{}, {"100 / area"}}};
    auto item = made.item();
    EXPECT_THAT(guide(item, {{"kind", "shop"}, {"area", "5"}, {"workers", "5"}}, {}).error(), ElementsAre("area", "workers"));
    EXPECT_THAT(guide(item, {{"kind", "shop"}, {"area", "999999999999"}, {"workers", "5"}}, {}).error(), ElementsAre("area", "workers"));
    EXPECT_THAT(guide(item, {{"kind", "office"}, {"area", "0"}}, {}).error(), ElementsAre("area"));
    EXPECT_EQ(fee(item, {{"kind", "shop"}, {"area", "5"}, {"workers", "95"}}), 0);
    // A case that is pinned to it goes on with what the item says.
    EXPECT_EQ(settled(item, "s0", {{"kind", "office"}, {"area", "0"}})->name, "s0");
}

TEST(Computed, AsksTheLastOfThoseQuestionsAgainWithWhatWasTyped) {
    auto made = by_quantity();
    made.fee = {{{}, {"area - workers"}}};
    auto item = made.item();
    auto step = guide_step(item, {{"area", "5"}, {"workers", "9"}}, "", "workers");
    ASSERT_TRUE(step.question);
    EXPECT_EQ(step.question->name, "workers");
    EXPECT_TRUE(step.refused);
    EXPECT_EQ(step.not_computed, "fee");
    EXPECT_EQ(step.sent, "9");
    EXPECT_EQ(labels_of(step.from, Language::zh), "“area？”、“workers？”");
    EXPECT_EQ(step.number, 2);
    EXPECT_EQ(guide_step(item, {{"area", "5"}, {"workers", "9"}}, "area", "").question->name, "area");
    EXPECT_EQ(guide_step(item, {{"area", "9"}, {"workers", "9"}}, "", "area").question, nullptr);
}

TEST(Computed, ExplainsTheFeeByTheNumberAndTheLaw) {
    auto made = by_quantity();
    made.questions[1].label = {"建筑面积", "Floor area"};
    made.questions[1].unit = {"平方米", "m²"};
    auto text = made.text();
    text.insert(text.find("</rule>", text.find("area * 3")), "<annotationEntry><text>收费办法第三条</text></annotationEntry>");
    auto item = made.item();
    item.rules = std::make_shared<const ItemRules>(text);
    auto outcome = guide(item, {{"kind", "shop"}, {"area", "100"}}, {}).value();
    EXPECT_EQ(outcome.explanation[2].zh, "收费 300.00 元：因为您选了“shop”，“建筑面积”填了 100 平方米，依据《收费办法》第三条");
}

TEST(Computed, ExplainsAnExpressionByItsQuestionsAndItsDescription) {
    auto made = by_quantity();
    made.questions[1].label = {"建筑面积", "Floor area"};
    made.questions[1].unit = {"平方米", "m²"};
    made.fee.clear();
    auto item = with(made, expression("fee", "area", "area * 3", "收费办法第三条"));
    EXPECT_EQ(guide(item, {{"area", "100"}}, {}).value().explanation[2].zh,
              "收费 300.00 元：因为您“建筑面积”填了 100 平方米，依据《收费办法》第三条");
}

TEST(Computed, TheItemSaysWhatTheFeeIsComputedFromAndNotWhatStandsInItsPlace) {
    auto made = by_quantity();
    made.questions[1].label = {"建筑面积", "Floor area"};
    made.fee = {{{{"kind", "\"office\""}}, {"50"}}, {{}, {"area * 3"}}};
    made.promised_days = {{{}, {"area"}}};
    auto item = made.item();
    EXPECT_EQ(fee_words(item, item.situations[0], Language::zh), "50 元，或按填报的“建筑面积”计算");
    EXPECT_EQ(fee_words(item, item.situations[0], Language::en), "50 yuan, or worked out from “Floor area”");
    EXPECT_EQ(promise_words(item, item.situations[0], Language::zh), "按填报的“建筑面积”计算，最多 20 个工作日");
    item.situations.resize(1);
    EXPECT_EQ(fee_words(item, Language::zh), "50 元，或按填报的“建筑面积”计算");
}

TEST(CheckComputed, HoldsExamplesToWhatIsComputed) {
    auto made = by_quantity();
    made.promised_days = {{{{"kind", "\"shop\""}}, {"area / 100"}}};
    auto item = made.item();
    item.materials.clear();
    boost::json::object golden{{"answers", {{"kind", "shop"}, {"area", "250"}}}, {"fee", 750}, {"promised_days", 3}};
    EXPECT_THAT(check_golden(item, golden, "golden/shop.yaml"), IsEmpty());
    golden["fee"] = 749;
    golden["promised_days"] = 2;
    std::vector<std::string> found;
    for (auto& fault : check_golden(item, golden, "golden/shop.yaml")) found.push_back(fault.message);
    EXPECT_THAT(found, ElementsAre("fee must be 749, but the rules give 750.00", "promised_days must be 2, but the rules give 3"));
}

TEST(CheckComputed, FindsAFeeBelowNoughtWithTheValuesItCameFrom) {
    auto made = by_quantity();
    made.fee[0].outputs = {"area * 3 - 60"};
    EXPECT_THAT(faults(made), ElementsAre("rules.dmn:9: for kind shop, area 0 \"fee\" comes to -60: make it a number of nought or "
                                          "more for every answer"));
    made.fee[0].outputs = {"60 - area"};
    EXPECT_THAT(faults(made), ElementsAre(HasSubstr("for kind shop, area 1000 \"fee\" comes to -940")));
    made.fee[0].cells["area"] = "<= 60";
    EXPECT_THAT(faults(made), IsEmpty());
}

TEST(CheckComputed, FindsAFeeThatIsNoNumber) {
    auto made = by_quantity();
    made.fee[0].outputs = {"string(area)"};
    EXPECT_THAT(faults(made), ElementsAre(HasSubstr("for kind shop, area 0 \"fee\" comes to 0:")));
    made.fee[0].outputs = {"10 / area"};
    EXPECT_THAT(faults(made), ElementsAre(HasSubstr("for kind shop, area 0 \"fee\" comes to null:")));
}

TEST(CheckComputed, LetsNothingElseBeComputedFromNumbers) {
    auto made = by_quantity();
    made.situation = {{{{"area * 2", "> 10"}}, {"\"s0\""}}, {{}, {"\"s0\""}}};
    EXPECT_THAT(faults(made), testing::Contains("rules.dmn:5: the number \"area\" may only be an input by itself, tested by constants "
                                                "(> 10, [0..5)): only fee and promised_days may be computed from it"));
}

TEST(CheckComputed, WantsABasisForAFeeThatIsComputed) {
    auto item = by_quantity().item();
    item.situations.resize(1);
    item.materials.clear();
    item.fee_basis = {};
    auto found = check_rules(item, "rules.dmn");
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].message, "a fee needs fee_basis: say which regulation allows it");
}

}  // namespace
}  // namespace yimen::catalogue
