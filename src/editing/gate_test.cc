#include <regex>

#include <boost/json.hpp>

#include "catalogue/fault_words.h"
#include "editing/testing.h"

// What the gate says, in both languages, and what it finds among past cases.
namespace yimen::editing {
namespace {

using catalogue::fault_words;

class Gating : public WithEditing {};
ON_BOTH_DATABASES(Gating);

Draft draft_with(const std::function<void(json::object& content)>& spoil, std::string item = "drainage-permit-new") {
    Draft draft;
    draft.item = std::move(item);
    for (auto& item : catalogue::embedded_catalogue().items)
        if (item.version.item == draft.item) draft.content = item.stored;
    draft.based_on = 1;
    spoil(draft.content);
    return draft;
}

json::object& item(json::object& content) { return content.at("item").as_object(); }
json::object& entry(json::object& content, std::string_view list, size_t at = 0) {
    return item(content).at(list).as_array().at(at).as_object();
}
json::object& field(json::object& content, size_t section = 0, size_t at = 0) {
    return content.at("form").at("sections").as_array().at(section).at("fields").as_array().at(at).as_object();
}
void replace_in_rules(json::object& content, std::string_view from, std::string_view to) {
    std::string text(content.at("rules").as_string());
    auto at = text.find(from);
    if (at == std::string::npos) throw std::logic_error("the rules do not say that");
    content["rules"] = text.replace(at, from.size(), to);
}

struct Spoilt {
    std::string_view what, part, zh;  // a piece of the Chinese sentence
    std::function<void(json::object&)> spoil;
};
const Spoilt spoilt[] = {
    {"a missing text", "basics", "没有填写", [](auto& c) { item(c).erase("summary"); }},
    {"one language only", "basics", "没有填写",
     [](auto& c) {
         item(c)["summary"] = json::object{{"zh", "只有中文"}, {"en", ""}};
     }},
    {"a code of the wrong length", "codes", "12 位数字", [](auto& c) { item(c)["catalogue_code"] = "12"; }},
    {"a code of another type", "codes", "事项类型", [](auto& c) { item(c)["item_type"] = "20"; }},
    {"an implementation code with a wrong character", "codes", "", [](auto& c) { item(c)["task_code"] = "123"; }},
    {"no theme", "basics", "浏览时找不到", [](auto& c) { item(c)["themes"] = json::array(); }},
    {"no legal basis", "law", "设定依据", [](auto& c) { item(c)["legal_basis"] = json::array(); }},
    {"no situation", "situations", "至少要有一个情形", [](auto& c) { item(c)["situations"] = json::array(); }},
    {"no channel", "codes", "至少要选一个", [](auto& c) { item(c)["channels"] = json::array(); }},
    {"a promise longer than the law", "situations/1", "承诺只能更短",
     [](auto& c) {
         entry(c, "situations")["promised"] = json::object{{"days", 300}};
     }},
    {"days beyond a year", "situations/1", "0 至 365",
     [](auto& c) {
         entry(c, "situations")["promised"] = json::object{{"days", 999}};
     }},
    {"two questions of one name", "questions/2", "名称都是",
     [](auto& c) { entry(c, "questions", 1)["name"] = entry(c, "questions")["name"]; }},
    {"a question without choices", "questions/1", "两个选项", [](auto& c) { entry(c, "questions").erase("choices"); }},
    {"a material of an unknown kind", "materials/1", "不可用", [](auto& c) { entry(c, "materials")["kind"] = "photograph"; }},
    {"a formula that cannot be read", "fields-1/1", "此处应为值", [](auto& c) { field(c)["visible"] = ")"; }},
    {"a formula with an unknown name", "fields-1/1", "未定义", [](auto& c) { field(c)["visible"] = "no_such_name > 1"; }},
    {"a table without columns", "fields-1/1", "要有列",
     [](auto& c) {
         field(c)["kind"] = "table";
         field(c).erase("prefill");
         field(c).erase("locked");
         field(c).erase("max_characters");
     }},
    {"a field named as a question", "fields-1/1", "引导问题", [](auto& c) { field(c)["name"] = entry(c, "questions")["name"]; }},
    {"an unknown source", "fields-1/1", "自动填写", [](auto& c) { field(c)["prefill"] = "moon.phase"; }},
    {"rules that are no XML", "rules", "", [](auto& c) { c["rules"] = "<broken"; }},
    {"no rules", "rules", "决策表", [](auto& c) { c.erase("rules"); }},
    {"a situation that is not there", "rules", "没有情形", [](auto& c) { replace_in_rules(c, "\"general\"", "\"nowhere\""); }},
    {"a cell that cannot be read", "rules", "", [](auto& c) { replace_in_rules(c, "&lt;= 10", "&lt;= ("); }},
    {"an answer that a question does not have", "rules", "没有答案", [](auto& c) { replace_in_rules(c, "\"industry\"", "\"moon\""); }},
    {"a situation that nothing leads to", "rules", "没有答案会得出",
     [](auto& c) {
         auto more = entry(c, "situations");
         more["name"] = "never";
         item(c).at("situations").as_array().push_back(more);
     }},
    {"a question that changes nothing", "rules", "不影响任何结果",
     [](auto& c) {
         item(c)
             .at("questions")
             .as_array()
             .push_back(json::object{{"name", "idle"}, {"label", json::object{{"zh", "闲"}, {"en", "Idle"}}}, {"kind", "yes_no"}});
     }},
    {"an example that comes out otherwise", "examples/1", "与预期不符",
     [](auto& c) { c.at("golden").as_array().at(0).as_object()["fee"] = 99; }},
    {"an example without answers", "examples/1", "答案不全",
     [](auto& c) { c.at("golden").as_array().at(0).as_object()["answers"] = json::object(); }},
};

TEST(Gate, TellsEveryKindOfFaultInChineseAndEnglishAndWhereItIs) {
    static const std::regex english_sentence("[A-Za-z]{3,} [A-Za-z]{2,} [A-Za-z]{2,}");
    for (auto& one : spoilt) {
        auto found = gate(draft_with(one.spoil), Date{std::chrono::year(2026), std::chrono::month(11), std::chrono::day(24)});
        ASSERT_FALSE(found.passed()) << one.what;
        bool there = std::ranges::any_of(
            found.problems, [&](auto& problem) { return problem.part == one.part && problem.text.zh.find(one.zh) != std::string::npos; });
        std::string told;
        for (auto& problem : found.problems)
            told += fmt::format("\n  {} [{}]: {} / {}", problem.part, problem.within, problem.text.zh, problem.text.en);
        EXPECT_TRUE(there) << one.what << told;
        for (auto& problem : found.problems) {
            EXPECT_FALSE(std::regex_search(problem.text.zh, english_sentence)) << one.what << told;
            EXPECT_TRUE(std::ranges::any_of(problem.text.zh, [](unsigned char c) { return c >= 0x80; })) << one.what << told;
            EXPECT_FALSE(std::ranges::any_of(problem.text.en, [](unsigned char c) { return c >= 0xE4 && c <= 0xE9; })) << one.what << told;
        }
    }
}

TEST(Gate, AWholeItemPasses) {
    EXPECT_TRUE(gate(draft_with([](auto&) {}), Date{std::chrono::year(2026), std::chrono::month(11), std::chrono::day(24)}).passed());
}

TEST(Gate, ASentenceNobodyKnowsIsStillSaidInChinese) {
    EXPECT_EQ(fault_words("something new went wrong", {}).zh, "这里有误，请检查（something new went wrong）");
}

// Of three cases only the one whose answers the changed row is for comes out otherwise.
TEST_P(Gating, TheReplayNamesPreciselyTheCasesThatWouldComeOutOtherwise) {
    catalogue::PublishedCatalogue catalogue(database(), division, std::chrono::hours(1));
    auto version = catalogue.in_force(permit, day(11, 24));
    auto draft = begun(xu());
    auto changed = sure(as(xu(), [&](Desk& desk) {
        return change(desk, permit, "rules", [](json::object& content) -> Result<Done, Refusal> {
            replace_in_rules(content, "&lt;= 10", "&lt;= 5");
            return Done{};
        });
    }));
    auto next = gate(changed, day(11, 24)).version;
    ASSERT_TRUE(next);
    catalogue::Answers answers{{"premises", "food"}, {"treatment", "yes"}, {"network", "municipal"}, {"key_list", "no"}};
    std::vector<cases::Answered> earlier;
    for (auto* discharge : {"3", "8", "50"}) {
        auto given = answers;
        given["daily_discharge"] = discharge;
        for (auto* question = catalogue::next_question(*version, given); question; question = catalogue::next_question(*version, given))
            given[question->name] = question->kind == catalogue::Question::Kind::choice   ? question->choices.front().value
                                    : question->kind == catalogue::Question::Kind::number ? "1"
                                                                                          : "no";
        earlier.push_back({{}, fmt::format("with {}", discharge), "", version->id, given});
    }
    auto replayed = replay(*next, earlier, catalogue);
    EXPECT_EQ(replayed.cases, 3u);
    ASSERT_EQ(replayed.affected.size(), 1u);
    EXPECT_EQ(replayed.affected[0].number, "with 8");
    EXPECT_TRUE(std::ranges::any_of(replayed.affected[0].differences, [](auto& one) {
        return one.what == "situation" && one.expected == "simple" && one.found == "general";
    }));
}

// Of a fee by quantity: one certificate costs what it did.
TEST_P(Gating, TheReplayNamesTheCasesWhoseComputedFeeWouldBeAnother) {
    std::vector<catalogue::LoadedItem> items;
    for (auto& item : catalogue::embedded_catalogue().items)
        if (item.version.item == "first-registration") items.push_back(item);
    database().write([&](db::Tx& tx) { catalogue::publish(tx, division, items, {"system", 0, "", ""}, now - std::chrono::hours(1)); });
    catalogue::PublishedCatalogue catalogue(database(), division, std::chrono::hours(1));
    auto version = catalogue.in_force("first-registration", day(11, 24));
    ASSERT_TRUE(version);
    auto draft = draft_with(
        [](auto& content) {
            replace_in_rules(content, "80 + 10", "80 + 20");
            content.erase("golden");
        },
        "first-registration");
    auto gated = gate(draft, day(11, 24));
    ASSERT_TRUE(gated.passed());
    std::vector<cases::Answered> earlier;
    for (auto* certificates : {"1", "3"}) {
        catalogue::Answers answers{{"use", "home"}, {"built_by", "own"}, {"mortgaged", "no"}, {"certificates", certificates}};
        earlier.push_back({{}, fmt::format("with {}", certificates), "", version->id, answers});
    }
    auto replayed = replay(*gated.version, earlier, catalogue);
    ASSERT_EQ(replayed.affected.size(), 1u);
    EXPECT_EQ(replayed.affected[0].number, "with 3");
    ASSERT_EQ(replayed.affected[0].differences.size(), 1u);
    EXPECT_EQ(replayed.affected[0].differences[0].expected, "10000");
    EXPECT_EQ(replayed.affected[0].differences[0].found, "12000");
}

TEST(Gate, SaysWithWhichAnswersAComputedFeeFallsBelowNought) {
    auto found = gate(draft_with([](auto& content) { replace_in_rules(content, "80 + 10", "80 - 10"); }, "first-registration"),
                      Date{std::chrono::year(2026), std::chrono::month(11), std::chrono::day(24)});
    ASSERT_EQ(found.problems.size(), 1u);
    EXPECT_EQ(found.problems[0].part, "rules");
    EXPECT_NE(found.problems[0].text.zh.find("“fee”算出来是 -"), std::string::npos) << found.problems[0].text.zh;
}

}  // namespace
}  // namespace yimen::editing
