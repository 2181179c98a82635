#include <gmock/gmock.h>

#include "catalogue/check_rules.h"
#include "catalogue/item_rules.h"
#include "catalogue/testing.h"

namespace yimen::catalogue {
namespace {

using testing::UnorderedElementsAreArray;

std::vector<std::string> texts(const boost::json::value& value) {
    std::vector<std::string> all;
    for (auto& one : value.as_array()) all.emplace_back(one.as_string());
    return all;
}

std::vector<std::string> codes(const Outcome& outcome, Need need) {
    std::vector<std::string> all;
    for (auto& m : outcome.materials)
        if (m.need == need) all.push_back(m.material->code);
    return all;
}

TEST(Guidance, SaysWhichLicenceExemptsAMaterialAndTheFirstOfSeveralCounts) {
    auto& item = embedded_item("drainage-permit-new");
    const Answers answers{{"premises", "food"}, {"discharging", "no"},    {"daily_discharge", "6"},
                          {"treatment", "yes"}, {"network", "municipal"}, {"in_person", "yes"}};
    const Text because{"电子证照库中有营业执照，编号 1，长期有效，免于提交", "It is in the library"};
    auto need_with = [&](const Held& held) {
        auto outcome = guide(item, answers, held).value();
        return *std::ranges::find(outcome.materials, "business-licence", [](auto& need) { return need.material->code; });
    };
    auto need = need_with({{"organisation:business-licence", because, "05AH"}, "organisation:business-licence"});
    EXPECT_EQ(need.need, Need::exempt);
    EXPECT_EQ(need.because.zh, because.zh);
    EXPECT_EQ(need.licence, "05AH");
    need = need_with({"organisation:business-licence"});
    EXPECT_EQ(need.because.zh, need.material->exempt_because.zh);
    EXPECT_EQ(need.licence, "");
    EXPECT_EQ(need_with({}).need, Need::needed);
}

TEST(Guidance, GivesWhatTheGoldenCasesSay) {
    int cases = 0;
    for (auto& file : embedded_files_under("data/catalogue/")) {
        if (file.path.find("/golden/") == file.path.npos) continue;
        SCOPED_TRACE(file.path);
        ++cases;
        auto golden = read_yaml(file.path, file.bytes).value().value;
        auto folder = file.path.substr(0, file.path.find("/golden/"));
        auto& item = embedded_item(folder.substr(folder.rfind('/') + 1));
        Answers answers;
        for (auto& [name, answer] : golden.at("answers").as_object()) answers[name] = answer.as_string().c_str();
        auto held = texts(golden.at("held"));
        auto outcome = guide(item, answers, Held(held.begin(), held.end()));
        ASSERT_TRUE(outcome) << fmt::format("missing: {}", fmt::join(outcome.error(), ", "));
        EXPECT_EQ(outcome->situation->name, golden.at("situation").as_string().c_str());
        EXPECT_THAT(codes(*outcome, Need::needed), UnorderedElementsAreArray(texts(golden.at("needed"))));
        EXPECT_THAT(codes(*outcome, Need::exempt), UnorderedElementsAreArray(texts(golden.at("exempt"))));
        EXPECT_THAT(codes(*outcome, Need::later), UnorderedElementsAreArray(texts(golden.at("later"))));
        EXPECT_EQ(outcome->explanation.size(), 3u);
    }
    EXPECT_GE(cases, 8);
}

// Answers worth trying: every choice, and for numbers one of each kind that the rules tell apart.
std::vector<std::string> worth_trying(const ItemVersion& item, const Question& question) {
    if (question.kind == Question::Kind::yes_no) return {"yes", "no"};
    std::vector<std::string> answers;
    for (auto& choice : question.choices) answers.push_back(choice.value);
    if (question.kind == Question::Kind::number)
        for (auto& sample : decisions_of(item).classes[static_cast<size_t>(&question - item.questions.data())].samples())
            answers.push_back(sample.text());
    return answers;
}

std::string told(const Outcome& outcome) {
    auto& situation = *outcome.situation;
    std::string text = fmt::format("{} {} {} {} {}", situation.name, situation.fee.value, situation.on_the_spot, situation.review_plan,
                                   situation.promised.days);
    for (auto& m : outcome.materials) text += fmt::format(" {}:{}", m.material->code, static_cast<int>(m.need));
    return text;
}

// Follows every way through the questions and returns the outcomes reachable; checks on the way that it ends, and that
// each question asked leads to different outcomes for some answers.
std::set<std::string> walk(const ItemVersion& item, Answers& answers) {
    auto* next = next_question(item, answers);
    EXPECT_LE(answers.size(), item.questions.size());
    if (!next) {
        // Nothing exempt: so that every difference shows.
        auto outcome = guide(item, answers, {});
        EXPECT_TRUE(outcome);
        EXPECT_EQ(questions_left(item, answers), 0);
        return {told(*outcome)};
    }
    EXPECT_FALSE(answers.contains(next->name));
    EXPECT_FALSE(guide(item, answers, {}));
    EXPECT_GE(questions_left(item, answers), 1);
    std::set<std::string> all;
    std::set<std::set<std::string>> each;
    for (auto& answer : worth_trying(item, *next)) {
        answers[next->name] = answer;
        auto outcomes = walk(item, answers);
        each.insert(outcomes);
        all.insert(outcomes.begin(), outcomes.end());
    }
    answers.erase(next->name);
    EXPECT_GE(each.size(), 2u) << item.item << " asks " << next->name << " though it cannot matter after "
                               << boost::json::serialize(boost::json::value_from(answers));
    return all;
}

TEST(Guidance, EndsWithAnOutcomeOnEveryWayAndAsksOnlyWhatCanMatter) {
    for (auto& [item, stored] : embedded_catalogue().items) {
        Answers none;
        EXPECT_FALSE(walk(item, none).empty()) << item.item;
    }
}

TEST(Guidance, CanReachEverySituation) {
    for (auto& [item, stored] : embedded_catalogue().items) {
        Answers none;
        std::set<std::string> reached;
        for (auto& outcome : walk(item, none)) reached.insert(outcome.substr(0, outcome.find(' ')));
        EXPECT_EQ(reached.size(), item.situations.size()) << item.item;
    }
}

TEST(Guidance, DoesNotAskABuildingSiteHowMuchItDischargesNow) {
    auto& item = embedded_item("drainage-permit-new");
    EXPECT_EQ(next_question(item, {{"premises", "construction"}})->name, "site_water");
    EXPECT_EQ(next_question(item, {{"premises", "food"}})->name, "discharging");
}

TEST(Guidance, IgnoresAnswersToQuestionsThatDoNotApply) {
    auto& item = embedded_item("drainage-permit-new");
    Answers answers{{"premises", "construction"}, {"site_water", "living"}, {"treatment", "no"},
                    {"network", "municipal"},     {"in_person", "yes"},     {"daily_discharge", "9000"}};
    EXPECT_EQ(guide(item, answers, {}).value().situation->name, "construction");
}

TEST(Guidance, RefusesImpossibleAnswersByName) {
    auto& item = embedded_item("drainage-permit-new");
    Answers answers{{"premises", "palace"}, {"daily_discharge", "-3"}};
    EXPECT_THAT(guide(item, answers, {}).error(), UnorderedElementsAreArray({"premises", "daily_discharge"}));
}

TEST(Guidance, ExplainsWhyAMaterialIsNeeded) {
    auto& item = embedded_item("drainage-permit-new");
    Answers answers{{"premises", "food"}, {"discharging", "yes"},   {"daily_discharge", "35"},
                    {"treatment", "yes"}, {"network", "municipal"}, {"in_person", "yes"}};
    auto outcome = guide(item, answers, {}).value();
    auto well = std::ranges::find_if(outcome.materials, [](auto& m) { return m.material->code == "inspection-well"; });
    EXPECT_EQ(well->because.zh,
              "因为您选了“餐饮”，“现在已经在排水了吗？”选了“是”，“每天大约排放多少污水？”填了 35 "
              "立方米，依据《城镇污水排入排水管网许可管理办法》");
    EXPECT_EQ(well->because.en,
              "Because you answered “Catering”, yes to “Is water being discharged already?”, 35 m³ for “About how much sewage a day?”, "
              "based on Measures for Permits to Discharge Sewage into Urban Drains");
}

TEST(Guidance, ExplainsWhichRuleGaveTheSituationOnWhichAnswersAndFromWhichArticle) {
    auto& item = embedded_item("drainage-permit-new");
    Answers answers{{"premises", "office"}, {"discharging", "no"},    {"daily_discharge", "8"},
                    {"treatment", "no"},    {"network", "municipal"}, {"in_person", "yes"}};
    auto explanation = guide(item, answers, {}).value().explanation.at(0);
    EXPECT_EQ(explanation.zh,
              "按“小型排水户，当场办结”办理：因为您选了“其他（如办公楼、学校、商场）”，“每天大约排放多少污水？”填了 8 立方米，"
              "选了“直接接到道路下的市政污水管（雨污分流）”，依据《城镇排水与污水处理条例》第二十二条（情形规则第 6 条）");
    EXPECT_EQ(explanation.en,
              "Handled as “Small discharger, decided on the spot”. Because you answered “Other (offices, schools, shopping centres)”, "
              "8 m³ for “About how much sewage a day?”, “Straight into the sewer under the road (rain and sewage separated)”, "
              "based on Regulation on Urban Drainage and Sewage Treatment art. 22 (rule 6 on situations)");
}

}  // namespace
}  // namespace yimen::catalogue
