#include "catalogue/guidance.h"
#include "catalogue/settling.h"

namespace yimen::catalogue {

namespace {

// One answer as a person would say it.
Text told(const Question& question, const std::string& answer) {
    if (question.kind == Question::Kind::yes_no)
        return answer == "yes" ? Text{fmt::format("“{}”选了“是”", question.label.zh), fmt::format("yes to “{}”", question.label.en)}
                               : Text{fmt::format("“{}”选了“否”", question.label.zh), fmt::format("no to “{}”", question.label.en)};
    if (question.kind == Question::Kind::number)
        return {fmt::format("“{}”填了 {} {}", question.label.zh, answer, question.unit.zh),
                fmt::format("{} {} for “{}”", answer, question.unit.en, question.label.en)};
    auto choice = std::ranges::find(question.choices, answer, &Choice::value);
    return {fmt::format("选了“{}”", choice->label.zh), fmt::format("“{}”", choice->label.en)};
}

}  // namespace

Explaining::Explaining(const ItemVersion& item, const Decisions& decisions, const std::vector<const Question*>& asked,
                       const Answers& answers)
    : item_(item), decisions_(decisions), answers_(answers), asked_(item.questions.size()) {
    for (auto* question : asked) asked_[static_cast<size_t>(question - item.questions.data())] = true;
    if (decisions.model)
        evaluate();
    else if (!decisions.rules.empty())
        follow();
}

// What was not asked leaves open whatever some answer would.
void Explaining::follow() {
    RuleSet open(decisions_.rules.size() / 64 + 1, ~uint64_t(0));
    for (size_t q = 0; q < asked_.size(); ++q) {
        auto& question = item_.questions[q];
        auto& fitting =
            asked_[q] ? decisions_.fitting[q][decisions_.classes[q].of_answer(question, answers_.at(question.name))] : decisions_.any[q];
        for (size_t w = 0; w < open.size(); ++w) open[w] &= fitting[w];
    }
    for (auto& group : decisions_.groups)
        for (auto r : group.rules) {
            if (!(open[r / 64] >> r % 64 & 1)) continue;
            if (group.decision == "materials")
                for_materials_.emplace_back(&decisions_.rules[r], group.material);
            else
                counted_.push_back(&decisions_.rules[r]);
            break;
        }
}

void Explaining::evaluate() {
    auto given = given_to(*decisions_.model, item_, decisions_, asked_, answers_);
    rules::Model::Asked ask;
    ask.explain = true;
    std::set<std::string> decisions;
    for (auto& rule : decisions_.rules) decisions.insert(rule.decision);
    for (auto& name : decisions) {
        auto outcome = decisions_.model->evaluate(*decisions_.model->find(name), given, ask);
        tell(name, outcome);
    }
}

void Explaining::tell(const std::string& name, const rules::Outcome& outcome) {
    auto told = [&](size_t number) {
        auto rule = std::ranges::find_if(decisions_.rules, [&](auto& r) { return r.decision == name && r.number == number; });
        return rule == decisions_.rules.end() ? nullptr : &*rule;
    };
    std::vector<const RuleTold*> counted;
    for (auto& matched : outcome.matched)
        if (matched.decision == name)
            if (auto* rule = told(matched.rule)) counted.push_back(rule);
    auto* expression = outcome.value.null() ? nullptr : told(0);
    if (expression) counted.push_back(expression);
    if (counted.empty()) return;
    if (name != "materials") return counted_.push_back(counted[0]);
    // The rows of a collecting table come in the order of the rules that matched.
    if (!outcome.value.is(rules::Kind::list)) return;
    for (size_t row = 0; row < outcome.value.list().size() && (expression || row < counted.size()); ++row) {
        auto* code = outcome.value.list()[row].member("material");
        if (auto* material = code ? item_.material(code->text()) : nullptr)
            for_materials_.emplace_back(expression ? expression : counted[row], static_cast<uint32_t>(material - item_.materials.data()));
    }
}

const RuleTold* Explaining::rule(std::string_view decision, const Material* material) const {
    if (material) {
        auto place = static_cast<uint32_t>(material - item_.materials.data());
        for (auto& [rule, m] : for_materials_)
            if (m == place) return rule;
        return nullptr;
    }
    for (auto* rule : counted_)
        if (rule->decision == decision) return rule;
    return nullptr;
}

Text Explaining::answers(const RuleTold& rule) const {
    Text text;
    for (auto q : rule.questions) {
        auto& question = item_.questions[q];
        // What was not asked decides nothing here.
        if (!asked_[q]) continue;
        auto one = told(question, answers_.at(question.name));
        text.zh += (text.zh.empty() ? "因为您" : "，") + one.zh;
        text.en += (text.en.empty() ? "Because you answered " : ", ") + one.en;
    }
    return text;
}

Text Explaining::because(const RuleTold& rule) const {
    auto text = answers(rule);
    if (rule.because.zh.empty()) return text;
    text.zh += fmt::format("{}依据{}", text.zh.empty() ? "" : "，", rule.because.zh);
    text.en += fmt::format("{}{}", text.en.empty() ? "Based on " : ", based on ", rule.because.en);
    return text;
}

}  // namespace yimen::catalogue
