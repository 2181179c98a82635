#include "catalogue/item_rules.h"

#include <random>

#include <gmock/gmock.h>

#include "catalogue/check_rules.h"
#include "catalogue/rules_testing.h"

namespace yimen::catalogue {
namespace {

// Small tables at random, over three questions: a choice of three, yes or no, and a number.
class Tables {
  public:
    explicit Tables(unsigned seed) : random_(seed) {}

    RulesOfItem small() {
        RulesOfItem made;
        const bool whole = one_in(2);
        made.questions = {choice("c", {"x", "y", "z"}), yes_no("b"), number("n", whole), choice("d", {"p", "q"})};
        for (int r = 0, rules = pick(5); r < rules; ++r) made.situation.push_back({cells(), {quoted("s" + std::to_string(pick(3)))}});
        made.situation.push_back({{}, {quoted("s0")}});
        for (int r = 0, rules = pick(5); r < rules; ++r)
            made.materials.push_back({cells(), {quoted("m" + std::to_string(pick(3))), quoted(one_in(3) ? "later" : "needed")}});
        if (one_in(3)) made.fee.push_back({cells(), {std::to_string(pick(3) * 10)}});
        return made;
    }

    // The same with a fee computed from one number, another or both; k stands in no cell.
    RulesOfItem computed() {
        auto made = small();
        made.questions.insert(made.questions.begin() + pick(4), number("k"));
        made.fee.clear();
        static const std::vector<std::string> fees{"0", "10", "n * 3 + 1", "k + 7", "n + k / 3 + 2", "1 + 2 * k"};
        for (int r = 0, rules = 1 + pick(4); r < rules; ++r)
            made.fee.push_back({cells(), {fees[static_cast<size_t>(pick(static_cast<int>(fees.size())))]}});
        return made;
    }

  private:
    bool one_in(int n) { return pick(n) == 0; }
    int pick(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }

    std::map<std::string, std::string> cells() {
        static const std::vector<std::string> c{"\"x\"", "\"y\",\"z\"", "not(\"x\")", "\"z\""}, b{"true", "false"},
            n{"< 5", "<= 5", "> 10", "[5..10)", "5", "not(7.5)", ">= 0", "(4..5)", "2, 8"}, d{"\"p\"", "\"q\""};
        std::map<std::string, std::string> out;
        for (auto& [name, texts] : {std::pair{"c", &c}, {"b", &b}, {"n", &n}, {"d", &d}})
            if (one_in(3)) out[name] = (*texts)[static_cast<size_t>(pick(static_cast<int>(texts->size())))];
        return out;
    }

    std::mt19937 random_;
};

// Everything that rules could tell apart: each choice, and numbers at, beside and between what the cells above name.
std::vector<std::string> answers_to(const Question& question) {
    if (question.kind == Question::Kind::yes_no) return {"yes", "no"};
    if (question.name == "k") return {"0", "0.5", "4000"};
    if (question.kind == Question::Kind::number && question.whole)
        return {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "4000"};
    if (question.kind == Question::Kind::number)
        return {"0", "1", "2", "3", "4", "4.5", "5", "5.5", "7.5", "7.6", "8", "9", "10", "10.01", "4000"};
    std::vector<std::string> all;
    for (auto& choice : question.choices) all.push_back(choice.value);
    return all;
}

// What the tables give, each evaluated by itself, for answers to every question.
std::string evaluated(const ItemVersion& item, const rules::Model& model, const Answers& answers) {
    rules::Members given;
    for (auto& question : item.questions) given.emplace_back(rules::name_of(question.name), value_of(question, answers.at(question.name)));
    auto context = rules::Value::context(std::move(given));
    auto value = [&](std::string_view decision) {
        return model.find(decision) ? model.evaluate(decision, context, {})->value : rules::Value();
    };
    std::map<std::string, std::string> needs;
    std::set<std::string> named;
    auto materials = value("materials");
    if (materials.is(rules::Kind::list))
        for (auto& row : materials.list()) needs.emplace(row.member("material")->text(), row.member("need")->text());
    auto fee = value("fee").null() ? rules::Decimal(0) : value("fee").number();
    auto fen = *(fee * rules::Decimal(100)).round(0, rules::Rounding::half_up).integer();
    auto text = value("situation").text() + " " + yuan_text({fen});
    for (auto& m : item.materials)
        if (needs.contains(m.code))
            text += fmt::format(" {}:{}", m.code, needs.at(m.code));
        else if (item.rules->text().find("\"" + m.code + "\"") == std::string::npos)
            text += fmt::format(" {}:needed", m.code);
    return text;
}

std::string guided(const Outcome& outcome) {
    auto text = fmt::format("{} {}", outcome.situation->name, yuan_text(outcome.situation->fee));
    for (auto& m : outcome.materials) text += fmt::format(" {}:{}", m.material->code, m.need == Need::later ? "later" : "needed");
    return text;
}

// The outcomes of all completions of the answers given, over all the questions from `at` on.
void complete(const ItemVersion& item, const rules::Model& model, Answers& answers, const Answers& fixed, size_t at,
              std::set<std::string>& out) {
    if (at == item.questions.size()) return void(out.insert(evaluated(item, model, answers)));
    auto& question = item.questions[at];
    auto found = fixed.find(question.name);
    for (auto& answer : found != fixed.end() ? std::vector<std::string>{found->second} : answers_to(question)) {
        answers[question.name] = answer;
        complete(item, model, answers, fixed, at + 1, out);
    }
}

// Whether some completion of the other open answers makes this question's answer decide.
bool matters(const ItemVersion& item, const rules::Model& model, const Answers& fixed, const Question& question, Answers open, size_t at) {
    if (at == item.questions.size()) {
        std::set<std::string> outcomes;
        for (auto& answer : answers_to(question)) {
            open[question.name] = answer;
            outcomes.insert(evaluated(item, model, open));
        }
        return outcomes.size() > 1;
    }
    auto& other = item.questions[at];
    if (&other == &question || fixed.contains(other.name)) return matters(item, model, fixed, question, std::move(open), at + 1);
    return std::ranges::any_of(answers_to(other), [&](auto& answer) {
        open[other.name] = answer;
        return matters(item, model, fixed, question, open, at + 1);
    });
}

void walk(const ItemVersion& item, const rules::Model& model, Answers& answers) {
    auto* next = next_question(item, answers);
    if (!next) {
        std::set<std::string> outcomes;
        Answers all;
        complete(item, model, all, answers, 0, outcomes);
        auto outcome = guide(item, answers, {});
        ASSERT_TRUE(outcome);
        EXPECT_THAT(outcomes, testing::ElementsAre(guided(*outcome)));
        EXPECT_EQ(questions_left(item, answers), 0);
        return;
    }
    // The first question in order, whose answer can still matter.
    for (auto& question : item.questions) {
        if (answers.contains(question.name)) continue;
        EXPECT_EQ(matters(item, model, answers, question, answers, 0), &question == next) << question.name;
        if (&question == next) break;
    }
    for (auto& answer : answers_to(*next)) {
        auto left = questions_left(item, answers);
        answers[next->name] = answer;
        EXPECT_LT(questions_left(item, answers), left);
        walk(item, model, answers);
        if (testing::Test::HasFailure()) return;
        answers.erase(next->name);
    }
}

TEST(ItemRules, AskExactlyWhatSomeCompletionOfTheAnswersMakesMatter) {
    for (unsigned seed = 1; seed <= 40; ++seed) {
        auto made = Tables(seed).small();
        auto item = made.item();
        auto model = rules::Model::read(item.rules->text()).value();
        Answers none;
        walk(item, model, none);
        ASSERT_FALSE(HasFailure()) << "seed " << seed << "\n" << item.rules->text();
    }
}

TEST(ItemRules, AskForTheNumbersThatAFeeIsComputedFromExactlyWhereItIs) {
    for (unsigned seed = 1; seed <= 25; ++seed) {
        auto made = Tables(seed).computed();
        auto item = made.item();
        auto model = rules::Model::read(item.rules->text()).value();
        Answers none;
        walk(item, model, none);
        ASSERT_FALSE(HasFailure()) << "seed " << seed << "\n" << item.rules->text();
    }
}

}  // namespace
}  // namespace yimen::catalogue
