#include "catalogue/views_computed.h"

#include "catalogue/settling.h"

namespace yimen::catalogue {

namespace {

// "80 元、550 元，或按填报的“…”计算": what it is for other answers comes first.
std::string either(std::string first, std::string computed, Language language) {
    if (first.empty()) return computed;
    return language == Language::en ? fmt::format("{}, or {}", first, computed) : fmt::format("{}，或{}", first, computed);
}

std::vector<const Question*> questions_of(const ItemVersion& item, QuestionSet questions) {
    std::vector<const Question*> all;
    for (size_t q = 0; q < item.questions.size() && q < 64; ++q)
        if (questions >> q & 1) all.push_back(&item.questions[q]);
    return all;
}

std::string computed_from(const ItemVersion& item, QuestionSet questions, Language language) {
    auto labels = labels_of(questions_of(item, questions), language);
    return language == Language::en ? fmt::format("worked out from {}", labels) : fmt::format("按填报的{}计算", labels);
}

std::string listed(const std::vector<Fen>& fees, Language language) {
    std::string all;
    for (auto fee : fees) all += fmt::format("{}{}", all.empty() ? "" : language == Language::en ? ", " : "、", fee_words(fee, language));
    return all;
}

}  // namespace

std::string labels_of(const std::vector<const Question*>& questions, Language language) {
    std::string all;
    for (auto* question : questions)
        all += fmt::format("{}“{}”", all.empty() ? "" : language == Language::en ? ", " : "、", question->label.in(language));
    return all;
}

std::string fee_words(const ItemVersion& item, const Situation& situation, Language language) {
    auto found = computed_in(item, situation);
    if (!found.fee) return fee_words(situation.fee, language);
    return either(listed(found.fees, language), computed_from(item, found.fee, language), language);
}

std::string fee_words(const ItemVersion& item, Language language) {
    std::vector<Fen> fees;
    QuestionSet questions = 0;
    for (auto& situation : item.situations) {
        auto found = computed_in(item, situation);
        questions |= found.fee;
        if (!found.fee) found.fees = {situation.fee};
        fees.insert(fees.end(), found.fees.begin(), found.fees.end());
    }
    std::string fixed;
    if (!fees.empty()) fixed = span(fees, language, std::ranges::less(), [&](auto fee) { return fee_words(fee, language); });
    return questions ? either(fixed, computed_from(item, questions, language), language) : fixed;
}

std::string promise_words(const ItemVersion& item, const Situation& situation, Language language) {
    auto found = computed_in(item, situation);
    if (!found.promised_days) return limit_words(situation.promised, language);
    auto most = limit_words({situation.statutory.days, situation.promised.working_days}, language);
    auto computed = computed_from(item, found.promised_days, language);
    return language == Language::en ? fmt::format("{}, at most {}", computed, most) : fmt::format("{}，最多 {}", computed, most);
}

std::string promise_words(const ItemVersion& item, Language language) {
    for (auto& situation : item.situations)
        if (computed_in(item, situation).promised_days) return promise_words(item, situation, language);
    return span(
        item.situations, language, [](auto& a, auto& b) { return a.promised.days < b.promised.days; },
        [&](auto& s) { return limit_words(s.promised, language); });
}

}  // namespace yimen::catalogue
