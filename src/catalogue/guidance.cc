#include "catalogue/guidance.h"

namespace yimen::catalogue {

namespace {

// The names that a condition still waits for; says what is known of it.
Truth append(std::vector<std::string_view>& names, const std::shared_ptr<const Condition>& condition,
             const Given& given) {
  const auto truth = given.holds(condition);
  if (truth != Truth::unknown) return truth;
  for (auto name : condition->undecided([&](auto n) { return given.look(n); }))
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  return truth;
}

// Situations are tried in order, so those behind the first that holds do not matter.
void append_situations(std::vector<std::string_view>& names, const ItemVersion& item, const Given& given) {
  for (auto& situation : item.situations)
    if (append(names, situation.when, given) == Truth::yes) return;
}

// The names on which the outcome still depends. Whether a material comes later matters only where it is needed and
// asked for.
std::vector<std::string_view> open_names(const ItemVersion& item, const Given& given) {
  std::vector<std::string_view> names;
  append_situations(names, item, given);
  for (auto& material : item.materials)
    if (append(names, material.needed_when, given) != Truth::no && material.exempt_source != "form")
      append(names, material.later_when, given);
  // A question that may yet be asked depends on the answers that decide so.
  for (size_t i = 0; i < names.size(); ++i)
    if (auto* question = item.question(names[i])) append(names, question->asked_when, given);
  return names;
}

}  // namespace

bool possible(const Question& question, std::string_view answer) {
  switch (question.kind) {
    case Question::Kind::yes_no:
      return answer == "yes" || answer == "no";
    case Question::Kind::number:
      return !answer.starts_with('-') && parse_decimal(answer);
    case Question::Kind::choice:
      return std::ranges::find(question.choices, answer, &Choice::value) != question.choices.end();
  }
  return false;
}

// Conditions name only earlier questions, so what they need is known by then.
Given::Given(const ItemVersion& item, const Answers& answers, bool complete) : item_(item) {
  known_.reserve(item.questions.size());
  for (auto& question : item.questions) known_.push_back(know(question, answers, complete));
}

Given::Known Given::know(const Question& question, const Answers& answers, bool complete) const {
  const auto applies = holds(question.asked_when);
  if (applies == Truth::no) return {applies, {}};
  auto answer = answers.find(question.name);
  const bool answered = answer != answers.end() && possible(question, answer->second);
  if (applies == Truth::yes && answered) return {applies, {Looked::State::value, answer->second}};
  return {applies, complete ? Looked{} : Looked{Looked::State::unknown, {}}};
}

Truth Given::holds(const std::shared_ptr<const Condition>& condition) const {
  return condition ? condition->holds([this](auto name) { return look(name); }) : Truth::yes;
}

Truth Given::asked(const Question& question) const {
  return known_[static_cast<size_t>(&question - item_.questions.data())].asked;
}

Looked Given::look(std::string_view name) const {
  for (size_t i = 0; i < known_.size(); ++i)
    if (item_.questions[i].name == name) return known_[i].looked;
  return {};
}

std::vector<const Question*> asked_questions(const ItemVersion& item, const Answers& answers) {
  // Told in the order of the questions, taking each given answer only where it was asked for by then.
  std::vector<const Question*> asked;
  Answers so_far;
  for (;;) {
    Given given(item, so_far);
    auto names = open_names(item, given);
    const Question* next = nullptr;
    for (auto& question : item.questions)
      if (!next && given.asked(question) == Truth::yes && std::ranges::find(names, question.name) != names.end())
        next = &question;
    if (!next) return asked;
    asked.push_back(next);
    auto answer = answers.find(next->name);
    if (answer == answers.end() || !possible(*next, answer->second)) return asked;
    so_far.insert(*answer);
  }
}

namespace {

bool answered(const Question& question, const Answers& answers) {
  auto answer = answers.find(question.name);
  return answer != answers.end() && possible(question, answer->second);
}

}  // namespace

const Question* next_question(const ItemVersion& item, const Answers& answers) {
  auto asked = asked_questions(item, answers);
  return asked.empty() || answered(*asked.back(), answers) ? nullptr : asked.back();
}

int questions_left(const ItemVersion& item, const Answers& answers) {
  auto asked = asked_questions(item, answers);
  if (asked.empty() || answered(*asked.back(), answers)) return 0;
  Answers given_answers;
  for (auto* question : asked)
    if (auto found = answers.find(question->name); found != answers.end()) given_answers.insert(*found);
  Given given(item, given_answers);
  auto names = open_names(item, given);
  return static_cast<int>(std::ranges::count_if(item.questions, [&](auto& question) {
    return given.look(question.name).state == Looked::State::unknown &&
           std::ranges::find(names, question.name) != names.end();
  }));
}

Held all_sources(const ItemVersion& item) {
  Held held;
  for (auto& material : item.materials)
    if (!material.exempt_source.empty()) held.push_back(material.exempt_source);
  return held;
}

}  // namespace yimen::catalogue
