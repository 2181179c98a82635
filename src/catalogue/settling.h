#pragma once
#include "catalogue/item_rules.h"

// What an outcome comes to for the very answers, where its fee or promised days are computed from them.
namespace yimen::catalogue {

struct Settled {
    std::shared_ptr<const Situation> situation;  // none where something is wrong
    // What cannot be (a fee below nought), and the questions whose answers it is computed from.
    std::string_view decision;
    rules::Value value;
    QuestionSet wrong = 0;
};

// A fee is rounded half up to the fen; promised days are rounded up and never more than the law allows; null leaves what the
// situation says. Wrong is what is below nought, no number, over a thousand million yuan or cannot be worked out.
Settled settle(const Decisions&, const Decided&, std::span<const rules::Model::Given>);
// The same for the outcome at a way's end, of the answers given on it. Costs nothing where nothing is computed.
Settled settle(const ItemVersion&, const Decisions&, const Way&, const Answers&);

// The answers to the questions asked; for others one that is as good as any.
std::vector<rules::Model::Given> given_to(const rules::Model&, const ItemVersion&, const Decisions&, const std::vector<bool>& asked,
                                          const Answers&);

// Without counting: the situation lives as long as its version.
std::shared_ptr<const Situation> pointer_to(const Situation&);

std::vector<std::string> names_of(const ItemVersion&, QuestionSet);

// What is computed in a situation, whatever else the answers lead to.
struct ComputedIn {
    QuestionSet fee = 0, promised_days = 0;
    std::vector<Fen> fees;  // rising: those that it has for other answers, as far as they are not computed
};
ComputedIn computed_in(const ItemVersion&, const Situation&);

}  // namespace yimen::catalogue
