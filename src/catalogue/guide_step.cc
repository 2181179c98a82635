#include "catalogue/guide_step.h"

#include "base/text.h"
#include "catalogue/settling.h"
#include "catalogue/views.h"

namespace yimen::catalogue {

namespace {

bool three_digits_between_commas(std::string_view text) {
    auto parts = split(text.substr(0, text.find('.')), ',');
    if (parts.size() < 2 || parts[0].empty() || parts[0].size() > 3) return false;
    return std::all_of(parts.begin() + 1, parts.end(), [](auto& part) { return part.size() == 3; });
}

// "１，２００ " is 1200. What is no number stays as it is, for people to see what they typed.
std::string as_written(const Question& question, const std::string& sent) {
    if (question.kind != Question::Kind::number || !valid_utf8(sent)) return sent;
    std::string folded(trim(fold(sent)));
    if (three_digits_between_commas(folded)) std::erase(folded, ',');
    return possible(question, folded) ? folded : sent;
}

size_t place(const std::vector<const Question*>& asked, std::string_view name) {
    return static_cast<size_t>(std::ranges::find(asked, name, [](auto* q) { return std::string_view(q->name); }) - asked.begin());
}

// Where all is answered: the last question of those whose answers give no fee that can be, or none.
size_t where_not_computed(const ItemVersion& item, const Settled& settled, GuideStep& step) {
    if (settled.situation) return step.asked.size();
    for (auto* question : step.asked)
        if (settled.wrong >> (question - item.questions.data()) & 1) step.from.push_back(question);
    if (step.from.empty()) throw std::logic_error("what cannot be is computed from no answers: " + item.item);
    step.refused = true;
    step.not_computed = settled.decision;
    step.sent = step.answers.at(step.from.back()->name);
    return place(step.asked, step.from.back()->name);
}

}  // namespace

std::string guide_path(const ItemVersion& item, const Answers& answers, std::string_view ask) {
    auto query = kept_query(item, answers);
    if (!ask.empty()) query += fmt::format("{}ask={}", query.empty() ? "" : "&", ask);
    return fmt::format("/items/{}/guide{}{}", item.item, query.empty() ? "" : "?", query);
}

GuideStep guide_step(const ItemVersion& item, const Answers& sent, std::string_view ask, std::string_view answering) {
    GuideStep step;
    for (auto& question : item.questions)
        if (auto found = sent.find(question.name); found != sent.end()) {
            auto answer = as_written(question, found->second);
            if (possible(question, answer))
                step.answers[question.name] = answer;
            else if (question.name == answering)
                step.sent = answer;
        }
    auto& decisions = decisions_of(item);
    auto way = way_of(item, decisions, step.answers);
    for (auto q : way.asked) step.asked.push_back(&item.questions[q]);
    auto& asked = step.asked;
    auto again = place(asked, ask);
    auto sent_for = place(asked, answering);
    const bool answered = sent_for < asked.size() && step.answers.contains(asked[sent_for]->name);
    size_t at = asked.size();
    if (sent_for < asked.size() && !answered) {
        at = sent_for;
        step.refused = true;
    } else if (again < asked.size()) {
        at = again;
    } else if (!asked.empty() && !step.answers.contains(asked.back()->name)) {
        at = asked.size() - 1;
    } else {
        at = where_not_computed(item, settle(item, decisions, way, step.answers), step);
    }
    if (at < asked.size()) {
        step.question = asked[at];
        // Behind a question asked again stand those that its answer may bring up.
        Answers before;
        for (size_t i = 0; i < at; ++i) before[asked[i]->name] = step.answers.at(asked[i]->name);
        step.left = questions_left(item, before);
    }
    step.number = static_cast<int>(at) + 1;
    step.back = at == 0 ? "/items/" + item.item : guide_path(item, step.answers, asked[at - 1]->name);
    return step;
}

}  // namespace yimen::catalogue
