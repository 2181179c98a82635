#include "catalogue/guidance.h"

namespace yimen::catalogue {

namespace {

// One answer as a person would say it.
Text told(const Question& question, const std::string& answer) {
  if (question.kind == Question::Kind::yes_no)
    return answer == "yes"
               ? Text{fmt::format("“{}”选了“是”", question.label.zh), fmt::format("yes to “{}”", question.label.en)}
               : Text{fmt::format("“{}”选了“否”", question.label.zh), fmt::format("no to “{}”", question.label.en)};
  if (question.kind == Question::Kind::number)
    return {fmt::format("“{}”填了 {} {}", question.label.zh, answer, question.unit.zh),
            fmt::format("{} {} for “{}”", answer, question.unit.en, question.label.en)};
  auto choice = std::ranges::find(question.choices, answer, &Choice::value);
  return {fmt::format("选了“{}”", choice->label.zh), fmt::format("“{}”", choice->label.en)};
}

MaterialNeed decide(const ItemVersion& item, const Answers& answers, const Given& given, const Held& held,
                    const Material& m) {
  const bool known = m.exempt_source == "form" || std::ranges::find(held, m.exempt_source) != held.end();
  if (!m.exempt_source.empty() && known) return {&m, Need::exempt, m.exempt_because};
  if (m.later_when && given.holds(m.later_when) == Truth::yes) {
    auto why = because(item, answers, *m.later_when);
    return {&m, Need::later, {"可以先受理、后补交：" + why.zh, "May follow after acceptance: " + why.en}};
  }
  if (m.needed_when) return {&m, Need::needed, because(item, answers, *m.needed_when)};
  return {&m, Need::needed, {"所有申请人都需要", "Every applicant needs it"}};
}

Text why_situation(const ItemVersion& item, const Answers& answers, const Situation& situation) {
  if (!situation.when)
    return {fmt::format("按“{}”办理", situation.title.zh), fmt::format("Handled as “{}”", situation.title.en)};
  auto why = because(item, answers, *situation.when);
  return {fmt::format("按“{}”办理：{}", situation.title.zh, why.zh),
          fmt::format("Handled as “{}”. {}", situation.title.en, why.en)};
}

Text why_limit(const Situation& s) {
  auto unit_zh = [](const calendar::Limit& l) { return l.working_days ? "个工作日" : "日"; };
  auto unit_en = [](const calendar::Limit& l) { return l.working_days ? "working days" : "days"; };
  auto statutory_zh = fmt::format("法定时限 {} {}", s.statutory.days, unit_zh(s.statutory));
  auto statutory_en = fmt::format("the law allows {} {}", s.statutory.days, unit_en(s.statutory));
  if (s.on_the_spot)
    return {"符合条件的当场办结（" + statutory_zh + "）", "Decided on the spot (" + statutory_en + ")"};
  return {fmt::format("受理后 {} {}内办结（{}）", s.promised.days, unit_zh(s.promised), statutory_zh),
          fmt::format("Decided within {} {} of acceptance ({})", s.promised.days, unit_en(s.promised), statutory_en)};
}

Text why_fee(const Situation& s) {
  if (s.fee.value == 0) return {"不收费", "Free of charge"};
  return {fmt::format("收费 {} 元", yuan_text(s.fee)), fmt::format("Fee: {} yuan", yuan_text(s.fee))};
}

std::vector<std::string> unanswered(const ItemVersion& item, const std::vector<const Question*>& asked, const Answers& answers) {
  std::vector<std::string> names;
  for (auto& question : item.questions)
    if (auto answer = answers.find(question.name); answer != answers.end() && !possible(question, answer->second))
      names.push_back(question.name);
  // A missing answer and all that may follow from it.
  auto* last = asked.empty() ? nullptr : asked.back();
  const bool missing = last && !answers.contains(last->name);
  if (missing) names.push_back(last->name);
  return names;
}

}  // namespace

Text because(const ItemVersion& item, const Answers& answers, const Condition& condition) {
  Given given(item, answers, true);
  Text text;
  for (auto name : condition.because([&](auto n) { return given.look(n); })) {
    auto* question = item.question(name);
    auto answer = answers.find(std::string(name));
    // What does not apply decides too, but is not worth telling.
    if (!question || answer == answers.end() || given.look(name).state != Looked::State::value) continue;
    auto told_answer = told(*question, answer->second);
    text.zh += (text.zh.empty() ? "因为您" : "，") + told_answer.zh;
    text.en += (text.en.empty() ? "Because you answered " : ", ") + told_answer.en;
  }
  return text;
}

Result<Outcome, std::vector<std::string>> guide(const ItemVersion& item, const Answers& answers, const Held& held) {
  return guide(item, asked_questions(item, answers), answers, held);
}

Result<Outcome, std::vector<std::string>> guide(const ItemVersion& item, const std::vector<const Question*>& asked, const Answers& answers,
                                                const Held& held) {
  if (auto names = unanswered(item, asked, answers); !names.empty()) return refuse(std::move(names));
  Given given(item, answers, true);
  Outcome outcome{};
  auto situation = std::ranges::find_if(item.situations, [&](auto& s) { return given.holds(s.when) == Truth::yes; });
  if (situation == item.situations.end())
    throw std::logic_error("an item without a last situation was let in: " + item.item);
  outcome.situation = &*situation;
  for (auto& material : item.materials)
    if (given.holds(material.needed_when) == Truth::yes)
      outcome.materials.push_back(decide(item, answers, given, held, material));
  outcome.explanation = {why_situation(item, answers, *situation), why_limit(*situation), why_fee(*situation)};
  return outcome;
}

}  // namespace yimen::catalogue
