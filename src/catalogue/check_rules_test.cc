#include "catalogue/check_rules.h"

#include <random>

#include <gmock/gmock.h>

#include "catalogue/rules_testing.h"

namespace yimen::catalogue {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> faults(const RulesOfItem& made) {
    std::vector<std::string> all;
    for (auto& fault : check_rules(made.item(), "rules.dmn")) all.push_back(to_text(fault));
    return all;
}

// Premises, size and yes or no decide among three situations and three materials; nothing is wrong. Lines of the file: inputs
// 2 to 4, situation 5 with rules from 7, materials from there on.
RulesOfItem sound() {
    RulesOfItem made;
    made.questions = {choice("premises", {"food", "shop"}), number("area"), yes_no("open")};
    made.situation = {
        {{{"premises", "\"food\""}, {"area", "> 500"}}, {"\"s0\""}}, {{{"premises", "\"food\""}}, {"\"s1\""}}, {{}, {"\"s2\""}}};
    made.materials = {{{{"open", "true"}}, {"\"m0\"", "\"needed\""}}, {{{"area", "<= 10"}, {"open", "false"}}, {"\"m0\"", "\"later\""}}};
    return made;
}

TEST(CheckRules, FindsNothingWrongWithSoundOnes) { EXPECT_THAT(faults(sound()), IsEmpty()); }

TEST(CheckRules, NamesTheLineOfASituationThatDoesNotExist) {
    auto made = sound();
    made.situation[1].outputs = {"\"s9\""};
    EXPECT_THAT(faults(made), ElementsAre("rules.dmn:8: there is no situation s9: it may be s0, s1, s2 (in double quotes)"));
}

TEST(CheckRules, NamesTheLineOfAMaterialThatDoesNotExistAndOfANeedThatIsNone) {
    auto made = sound();
    made.materials[0].outputs = {"\"m7\"", "\"needed\""};
    made.materials[1].outputs = {"\"m0\"", "\"perhaps\""};
    EXPECT_THAT(faults(made), ElementsAre("rules.dmn:13: there is no material m7: it may be m0, m1, m2 (in double quotes)",
                                          "rules.dmn:14: need cannot be perhaps: write \"needed\" or \"later\""));
}

TEST(CheckRules, NamesWhatIsNoQuestion) {
    auto made = sound();
    auto item = made.item();
    item.questions[0].name = "place";
    std::vector<std::string> all;
    for (auto& fault : check_rules(item, "rules.dmn")) all.push_back(to_text(fault));
    EXPECT_THAT(all, Contains(HasSubstr("rules.dmn:2: there is no question \"premises\" in item.yaml")));
    made.situation[0].cells["premisses"] = "\"food\"";
    EXPECT_THAT(faults(made), Contains(testing::AllOf(HasSubstr("rules.dmn:6: "), HasSubstr("premisses"))));
}

TEST(CheckRules, NamesTypesThatDoNotFit) {
    auto made = sound();
    made.situation[0].cells["area"] = "\"large\"";
    EXPECT_THAT(faults(made), ElementsAre("rules.dmn:7: \"area\" is answered with a number: large can never be its value"));
    auto item = sound().item();
    item.questions[1].kind = Question::Kind::yes_no;
    EXPECT_THAT(to_text(check_rules(item, "rules.dmn").at(0)),
                "rules.dmn:3: typeRef of \"area\" must be boolean, since item.yaml asks for that");
}

TEST(CheckRules, NamesGapsWithTheAnswersTheyAreFor) {
    auto made = sound();
    made.situation[2].cells = {{"premises", "\"shop\""}, {"area", "<= 20"}};
    made.policy = "FIRST";
    EXPECT_THAT(faults(made), Contains(HasSubstr("rules.dmn:5: situation: no rule is for area (20..500), premises \"shop\": add one")));
}

TEST(CheckRules, NamesOverlapsWhereOneRuleMayMatch) {
    auto made = sound();
    made.policy = "UNIQUE";
    EXPECT_THAT(faults(made), Contains(HasSubstr("rules.dmn:8: situation: rules 1 and 2 both match area > 500, premises \"food\"")));
}

TEST(CheckRules, NamesRulesThatNeverCountBehindOthers) {
    auto made = sound();
    made.situation.insert(made.situation.begin() + 2, {{{"premises", "\"food\""}, {"area", "< 3"}}, {"\"s0\""}});
    EXPECT_THAT(faults(made), ElementsAre(HasSubstr("rules.dmn:9: situation: rule 3 never counts")));
    made = sound();
    made.materials.push_back({{{"area", "< 5"}, {"open", "false"}}, {"\"m0\"", "\"needed\""}});
    EXPECT_THAT(faults(made), ElementsAre(HasSubstr("rules.dmn:15: materials: rule 3 never counts")));
}

TEST(CheckRules, NamesQuestionsThatChangeNothing) {
    auto made = sound();
    made.materials = {{{{"open", "true"}}, {"\"m0\"", "\"needed\""}}, {{{"open", "false"}}, {"\"m0\"", "\"needed\""}}};
    EXPECT_THAT(faults(made), ElementsAre(HasSubstr("rules.dmn:4: question \"open\" changes nothing")));
}

TEST(CheckRules, NamesSituationsThatNothingLeadsTo) {
    auto made = sound();
    made.situation[0].outputs = {"\"s1\""};
    made.situation[0].cells.erase("area");
    made.situation.erase(made.situation.begin() + 1);
    EXPECT_THAT(faults(made), ElementsAre(HasSubstr("rules.dmn:5: no answers lead to situation \"s0\"")));
}

TEST(CheckRules, NamesMaterialsThatCanNeverBeNeeded) {
    auto made = sound();
    made.questions[1].whole = true;
    made.materials.push_back({{{"area", "(3..4)"}}, {"\"m1\"", "\"needed\""}});
    EXPECT_THAT(faults(made), Contains(HasSubstr("material \"m1\" can never be needed")));
    made.questions[1].whole = false;
    EXPECT_THAT(faults(made), IsEmpty());
}

TEST(CheckRules, SeesNoGapBetweenWholeNumbers) {
    auto made = sound();
    made.policy = "UNIQUE";
    made.situation = {{{{"area", "[0..5]"}}, {"\"s0\""}}, {{{"area", "[6..9]"}}, {"\"s1\""}}, {{{"area", "> 9"}}, {"\"s2\""}}};
    made.materials.push_back({{{"premises", "\"food\""}}, {"\"m1\"", "\"needed\""}});
    EXPECT_THAT(faults(made), ElementsAre(HasSubstr("situation: no rule is for area (5..6)")));
    made.questions[1].whole = true;
    EXPECT_THAT(faults(made), IsEmpty());
}

TEST(CheckRules, MayLeaveTheFeeToTheSituation) {
    auto made = sound();
    made.fee = {{{{"premises", "\"food\""}}, {"120.5"}}};
    EXPECT_THAT(faults(made), IsEmpty());
    auto item = made.item();
    Answers food{{"premises", "food"}, {"area", "20"}, {"open", "no"}}, shop{{"premises", "shop"}, {"area", "20"}, {"open", "no"}};
    EXPECT_EQ(guide(item, food, {}).value().situation->fee.value, 12'050);
    EXPECT_EQ(guide(item, shop, {}).value().situation->fee.value, 0);
    EXPECT_EQ(settled(item, "s1", food)->fee.value, 12'050);
    EXPECT_EQ(settled(item, "s0", food)->fee.value, 0);
    EXPECT_EQ(settled(item, "nothing", food), nullptr);
    made.fee[0].outputs = {"-1"};
    EXPECT_THAT(faults(made), ElementsAre(HasSubstr("a fee cannot be -1")));
}

TEST(CheckRules, NamesDecisionsThatNothingUses) {
    auto made = sound();
    made.fee = {{{{"premises", "\"food\""}}, {"120.5"}}};
    auto item = made.item();
    auto text = item.rules->text();
    for (auto at = text.find("\"fee\""); at != text.npos; at = text.find("\"fee\"")) text.replace(at, 5, "\"fees\"");
    item.rules = std::make_shared<const ItemRules>(text);
    EXPECT_THAT(to_text(check_rules(item, "rules.dmn").at(0)),
                HasSubstr("decision \"fees\" is used by nothing: name it situation, materials"));
}

constexpr std::string_view size_table =
    "<decision id=\"size\" name=\"size\"><variable name=\"size\" typeRef=\"string\"/><informationRequirement><requiredInput "
    "href=\"#area\"/>"
    "</informationRequirement><decisionTable hitPolicy=\"FIRST\"><input><inputExpression><text>area</text></inputExpression></input>"
    "<output name=\"size\"/><rule><inputEntry><text>&gt; 500</text></inputEntry><outputEntry><text>\"large\"</text></outputEntry></rule>"
    "<rule><inputEntry><text>-</text></inputEntry><outputEntry><text>\"small\"</text></outputEntry></rule></decisionTable></decision>\n";

TEST(CheckRules, FollowsInputsThatAreOtherDecisionsOrExpressions) {
    auto made = sound();
    made.more = size_table;
    made.situation = {{{{"size", "\"large\""}, {"premises = \"food\" and open", "true"}}, {"\"s0\""}},
                      {{{"size", "\"large\""}}, {"\"s1\""}},
                      {{}, {"\"s2\""}}};
    made.materials = {{{{"open", "true"}}, {"\"m0\"", "\"needed\""}}};
    EXPECT_THAT(faults(made), IsEmpty());
    auto item = made.item();
    EXPECT_EQ(next_question(item, {{"premises", "food"}, {"area", "400"}})->name, "open");
    auto outcome = guide(item, {{"premises", "food"}, {"area", "501"}, {"open", "yes"}}, {}).value();
    EXPECT_EQ(outcome.situation->name, "s0");
    EXPECT_EQ(outcome.explanation[0].en,
              "Handled as “s0”. Because you answered “food”, yes to “open?”, 501  for “area?” (rule 1 on situations)");
    EXPECT_EQ(outcome.materials[0].because.en, "Because you answered yes to “open?”");
}

TEST(CheckRules, NamesTypesThatMakeTheModelSayOtherwiseThanItsRules) {
    auto item = sound().item();
    auto text = item.rules->text();
    text.replace(text.find("<variable name=\"situation\"/>"), 28, "<variable name=\"situation\" typeRef=\"number\"/>");
    item.rules = std::make_shared<const ItemRules>(text);
    EXPECT_THAT(to_text(check_rules(item, "rules.dmn").at(0)),
                testing::MatchesRegex("rules.dmn:5: evaluated for premises food, .* typeRef and inputValues"));
}

TEST(CheckRules, RefusesNumbersInsideExpressions) {
    auto made = sound();
    made.situation[0].cells = {{"area * 2", "> 500"}};
    EXPECT_THAT(faults(made), Contains(HasSubstr("the number \"area\" may only be an input by itself")));
}

TEST(CheckRules, SaysWhatIsNoXmlOrNoDecisionModel) {
    auto item = sound().item();
    item.rules = std::make_shared<const ItemRules>("<a>\n<b></a>");
    EXPECT_THAT(to_text(check_rules(item, "rules.dmn").at(0)), testing::StartsWith("rules.dmn:2: "));
    item.rules = std::make_shared<const ItemRules>("<!DOCTYPE a><definitions/>");
    EXPECT_THAT(to_text(check_rules(item, "rules.dmn").at(0)), testing::StartsWith("rules.dmn:1: "));
    EXPECT_THROW(next_question(item, {}), std::logic_error);
}

// Damaged in every way that bytes can be, the rules are found wrong or still lead to an outcome.
TEST(CheckRules, EndForAnyBytes) {
    std::mt19937 random(20261125);
    auto item = sound().item();
    const auto text = item.rules->text();
    int fine = 0;
    for (int turn = 0; turn < 400; ++turn) {
        auto damaged = text;
        for (unsigned times = random() % 3 + 1; times > 0; --times) {
            auto at = random() % damaged.size(), other = random() % damaged.size(), length = random() % 30;
            if (random() % 3 == 0)
                damaged[at] = static_cast<char>(random());
            else if (random() % 2)
                damaged.erase(at, length);
            else
                damaged.insert(at, damaged.substr(other, length));
        }
        item.rules = std::make_shared<const ItemRules>(damaged);
        if (!check_rules(item, "rules.dmn").empty()) continue;
        ++fine;
        Answers answers;
        while (auto* next = next_question(item, answers)) {
            ASSERT_FALSE(answers.contains(next->name));
            answers[next->name] = next->kind == Question::Kind::yes_no   ? "yes"
                                  : next->kind == Question::Kind::number ? "20"
                                                                         : next->choices[0].value;
        }
        EXPECT_TRUE(guide(item, answers, {}));
    }
    EXPECT_GT(fine, 5);
    EXPECT_LT(fine, 395);
}

// Twenty pairs of answers, of which the first halves all come before the second ones: a million states between them.
TEST(CheckRules, SaysWhenThereAreTooManyCombinations) {
    RulesOfItem made;
    auto name = [](int q) { return "q" + std::to_string(q); };
    for (int q = 0; q < 40; ++q) made.questions.push_back(yes_no(name(q)));
    for (int q = 0; q < 20; ++q) made.materials.push_back({{{name(q), "true"}, {name(q + 20), "true"}}, {"\"m0\"", "\"needed\""}});
    made.situation = {{{}, {"\"s0\""}}};
    EXPECT_THAT(faults(made), ElementsAre(HasSubstr("rules.dmn:1: too many combinations of answers to follow")));
}

}  // namespace
}  // namespace yimen::catalogue
