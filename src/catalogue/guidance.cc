#include "catalogue/guidance.h"

#include "catalogue/decimal.h"

namespace yimen::catalogue {

bool possible(const Question& question, std::string_view answer) {
    switch (question.kind) {
        case Question::Kind::yes_no:
            return answer == "yes" || answer == "no";
        case Question::Kind::number:
            return !answer.starts_with('-') && parse_decimal(answer) && (!question.whole || answer.find('.') == answer.npos);
        case Question::Kind::choice:
            return std::ranges::find(question.choices, answer, &Choice::value) != question.choices.end();
    }
    return false;
}

namespace {

const std::string* answered(const Question& question, const Answers& answers) {
    auto answer = answers.find(question.name);
    return answer != answers.end() && possible(question, answer->second) ? &answer->second : nullptr;
}

}  // namespace

Way way_of(const ItemVersion& item, const Decisions& decisions, const Answers& answers) {
    Way way{{}, decisions.diagram.root()};
    while (!Diagram::is_leaf(way.end)) {
        auto q = decisions.diagram.question(way.end);
        way.asked.push_back(q);
        auto* answer = answered(item.questions[q], answers);
        if (!answer) break;
        way.end = decisions.diagram.child(way.end, decisions.classes[q].of_answer(item.questions[q], *answer));
    }
    return way;
}

std::vector<const Question*> asked_questions(const ItemVersion& item, const Answers& answers) {
    std::vector<const Question*> asked;
    for (auto q : way_of(item, decisions_of(item), answers).asked) asked.push_back(&item.questions[q]);
    return asked;
}

const Question* next_question(const ItemVersion& item, const Answers& answers) {
    auto& diagram = decisions_of(item).diagram;
    auto end = way_of(item, decisions_of(item), answers).end;
    return Diagram::is_leaf(end) ? nullptr : &item.questions[diagram.question(end)];
}

int questions_left(const ItemVersion& item, const Answers& answers) {
    auto& decisions = decisions_of(item);
    return static_cast<int>(decisions.diagram.left(way_of(item, decisions, answers).end));
}

Held all_sources(const ItemVersion& item) {
    Held held;
    for (auto& material : item.materials)
        if (!material.exempt_source.empty()) held.emplace_back(material.exempt_source);
    return held;
}

}  // namespace yimen::catalogue
