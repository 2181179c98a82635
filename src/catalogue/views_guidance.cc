#include "catalogue/guidance.h"
#include "catalogue/views.h"

namespace yimen::catalogue {

namespace {

void append_answer(std::string& query, const Question& question, const Answers& answers) {
    if (auto answer = answers.find(question.name); answer != answers.end() && possible(question, answer->second))
        query += fmt::format("{}{}={}", query.empty() ? "" : "&", question.name, escaped(answer->second));
}

std::string shown_answer(const Question& question, const std::string& answer, Language language) {
    if (question.kind == Question::Kind::yes_no) return language == Language::en ? answer : answer == "yes" ? "是" : "否";
    if (question.kind == Question::Kind::number) return fmt::format("{} {}", answer, question.unit.in(language));
    return std::ranges::find(question.choices, answer, &Choice::value)->label.in(language);
}

View choice_view(std::string_view value, const Text& label, const Text& hint, std::string_view given, Language language) {
    return {{"value", value}, {"label", label.in(language)}, {"hint", hint.in(language)}, {"chosen", value == given}};
}

struct Grouped {
    boost::json::array needed, exempt, later;
};

Grouped grouped(const Outcome& outcome, Language language) {
    Grouped groups;
    for (auto& m : outcome.materials) {
        auto& group = m.need == Need::needed ? groups.needed : m.need == Need::exempt ? groups.exempt : groups.later;
        group.push_back(View{{"number", group.size() + 1},
                             {"code", m.material->code},
                             {"name", m.material->name.in(language)},
                             {"explanation", m.material->explanation.in(language)},
                             {"format", m.material->format.in(language)},
                             {"copies", m.material->copies},
                             {"basis", m.material->legal_basis.in(language)},
                             {"because", m.because.in(language)},
                             {"licence", m.licence.empty() ? boost::json::value() : boost::json::value(m.licence)}});
    }
    return groups;
}

}  // namespace

std::string escaped(std::string_view text) {
    std::string out;
    for (unsigned char c : text) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.';
        out += plain ? std::string(1, static_cast<char>(c)) : fmt::format("%{:02X}", c);
    }
    return out;
}

std::string answers_query(const Asked& asked, const Answers& answers) {
    std::string query;
    for (auto* question : asked) append_answer(query, *question, answers);
    return query;
}

std::string answers_query(const ItemVersion& item, const Answers& answers) {
    return answers_query(asked_questions(item, answers), answers);
}

std::string kept_query(const ItemVersion& item, const Answers& answers) {
    std::string query;
    for (auto& question : item.questions) append_answer(query, question, answers);
    return query;
}

View question_view(const ItemVersion& item, const Question& question, const Answers& answers, Language language) {
    auto found = answers.find(question.name);
    const std::string given = found == answers.end() ? "" : found->second;
    boost::json::array choices;
    if (question.kind == Question::Kind::yes_no)
        for (auto& [value, label] : {std::pair<std::string_view, Text>{"yes", {"是", "Yes"}}, {"no", {"否", "No"}}})
            choices.push_back(choice_view(value, label, {}, given, language));
    for (auto& choice : question.choices) choices.push_back(choice_view(choice.value, choice.label, choice.hint, given, language));
    for (size_t i = 0; i < choices.size(); ++i) choices[i].as_object()["at"] = i + 1;
    // The other answers travel along, so that going back and forth loses none of them.
    boost::json::array kept;
    for (auto& other : item.questions)
        if (auto answer = answers.find(other.name); &other != &question && answer != answers.end() && possible(other, answer->second))
            kept.push_back(View{{"name", other.name}, {"value", answer->second}});
    return {{"name", question.name},
            {"label", question.label.in(language)},
            {"hint", question.hint.in(language)},
            {"number", question.kind == Question::Kind::number},
            {"choices", std::move(choices)},
            {"unit", question.unit.in(language)},
            {"given", given},
            {"kept", std::move(kept)}};
}

boost::json::array answered_view(const ItemVersion& item, const Answers& answers, Language language) {
    return answered_view(item, asked_questions(item, answers), answers, language);
}

boost::json::array answered_view(const ItemVersion& item, const Asked& asked, const Answers& answers, Language language) {
    boost::json::array all;
    const auto query = kept_query(item, answers);
    for (auto* question : asked) {
        auto answer = answers.find(question->name);
        if (answer == answers.end() || !possible(*question, answer->second)) continue;
        all.push_back(View{{"name", question->name},
                           {"label", question->label.in(language)},
                           {"answer", shown_answer(*question, answer->second, language)},
                           {"change", fmt::format("/items/{}/guide?{}&ask={}", item.item, query, question->name)}});
    }
    return all;
}

View outcome_view(const ItemVersion& item, const Answers& answers, const Outcome& outcome, Language language) {
    return outcome_view(item, asked_questions(item, answers), answers, outcome, language);
}

View outcome_view(const ItemVersion& item, const Asked& asked, const Answers& answers, const Outcome& outcome, Language language) {
    auto groups = grouped(outcome, language);
    auto& s = *outcome.situation;
    boost::json::array explanation;
    for (auto& line : outcome.explanation) explanation.emplace_back(line.in(language));
    return {{"situation", s.name},
            {"title", s.title.in(language)},
            {"fee", fee_words(s.fee, language)},
            {"promised", limit_words(s.promised, language)},
            {"statutory", limit_words(s.statutory, language)},
            {"on_the_spot", s.on_the_spot},
            {"explanation", std::move(explanation)},
            {"has_needed", !groups.needed.empty()},
            {"has_exempt", !groups.exempt.empty()},
            {"has_later", !groups.later.empty()},
            {"needed", std::move(groups.needed)},
            {"exempt", std::move(groups.exempt)},
            {"later", std::move(groups.later)},
            {"answers", answered_view(item, asked, answers, language)}};
}

}  // namespace yimen::catalogue
