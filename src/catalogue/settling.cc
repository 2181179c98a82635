#include "catalogue/settling.h"

namespace yimen::catalogue {

namespace {

using rules::Decimal;
using rules::Rounding;

constexpr Fen largest_fee{100'000'000'000};

std::optional<Fen> fee_of(const Decimal& yuan) {
    auto fen = (yuan * Decimal(100)).round(0, Rounding::half_up).integer();
    return fen && *fen >= 0 && *fen <= largest_fee.value ? std::optional(Fen{*fen}) : std::nullopt;
}

std::optional<int> days_of(const Decimal& number, int most) {
    auto days = number.round(0, Rounding::ceiling);
    if (days.negative()) return std::nullopt;
    return days < Decimal(most) ? static_cast<int>(*days.integer()) : most;
}

// Puts the value into the situation; false where it cannot be.
bool put(Situation& situation, std::string_view decision, const rules::Outcome& found) {
    if (found.value.null()) return found.notes.empty() && !found.stopped;
    if (!found.value.is(rules::Kind::number) || found.stopped) return false;
    if (decision == "fee") {
        auto fee = fee_of(found.value.number());
        if (fee) situation.fee = *fee;
        return bool(fee);
    }
    auto days = days_of(found.value.number(), situation.statutory.days);
    if (days) situation.promised.days = *days;
    return bool(days);
}

}  // namespace

std::shared_ptr<const Situation> pointer_to(const Situation& situation) { return {std::shared_ptr<const void>(), &situation}; }

Settled settle(const Decisions& decisions, const Decided& decided, std::span<const rules::Model::Given> given) {
    Situation situation = decisions.situations[decided.situation];
    rules::Model::Asked asked;
    asked.limits = limits_of_a_leaf();
    for (auto [name, computed] :
         {std::pair<std::string_view, const Computation*>{"fee", &decided.fee}, {"promised_days", &decided.promised_days}}) {
        if (!computed->formula) continue;
        auto found = decisions.model->evaluate(*decisions.model->find(name), given, asked);
        if (!put(situation, name, found)) return {nullptr, name, std::move(found.value), computed->questions};
    }
    return {std::make_shared<const Situation>(std::move(situation)), {}, {}, 0};
}

Settled settle(const ItemVersion& item, const Decisions& decisions, const Way& way, const Answers& answers) {
    auto& decided = decisions.outcomes[Diagram::outcome(way.end)];
    if (decided.situation == Decided::open) throw std::logic_error("an item whose rules leave the situation open was let in: " + item.item);
    if (!decided.computed()) return {pointer_to(decisions.situations[decided.situation]), {}, {}, 0};
    std::vector<bool> asked(item.questions.size());
    for (auto q : way.asked) asked[q] = true;
    return settle(decisions, decided, given_to(*decisions.model, item, decisions, asked, answers));
}

std::vector<rules::Model::Given> given_to(const rules::Model& model, const ItemVersion& item, const Decisions& decisions,
                                          const std::vector<bool>& asked, const Answers& answers) {
    std::vector<rules::Model::Given> given;
    for (size_t q = 0; q < asked.size(); ++q) {
        auto& question = item.questions[q];
        if (auto element = model.find(question.name))
            given.push_back({*element, asked[q] ? value_of(question, answers.at(question.name)) : decisions.classes[q].samples()[0]});
    }
    return given;
}

std::vector<std::string> names_of(const ItemVersion& item, QuestionSet questions) {
    std::vector<std::string> names;
    for (size_t q = 0; q < item.questions.size() && q < 64; ++q)
        if (questions >> q & 1) names.push_back(item.questions[q].name);
    return names;
}

ComputedIn computed_in(const ItemVersion& item, const Situation& situation) {
    ComputedIn out;
    // Without a number there is nothing to compute from, and no need to compile the rules.
    if (std::ranges::none_of(item.questions, [](auto& q) { return q.kind == Question::Kind::number; })) return out;
    auto& decisions = decisions_of(item);
    for (auto& decided : decisions.outcomes) {
        if (decided.situation == Decided::open || decisions.situations[decided.situation].name != situation.name) continue;
        out.fee |= decided.fee.questions;
        out.promised_days |= decided.promised_days.questions;
        if (!decided.fee.formula) out.fees.push_back(decisions.situations[decided.situation].fee);
    }
    std::ranges::sort(out.fees);
    auto rest = std::ranges::unique(out.fees);
    out.fees.erase(rest.begin(), rest.end());
    return out;
}

}  // namespace yimen::catalogue
