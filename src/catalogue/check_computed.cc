#include "catalogue/check_computed.h"

#include "catalogue/settling.h"

namespace yimen::catalogue {

namespace {

using rules::Value;

constexpr size_t most_evaluations = 10'000, most_at_once = 100, most_steps = 200'000;

class TryingNumbers {
  public:
    TryingNumbers(const ItemVersion& item, const ReadRules& read, const Decisions& decisions, const std::string& file,
                  std::vector<Fault>& faults)
        : item_(item), read_(read), decisions_(decisions), file_(file), faults_(faults), given_(item.questions.size()) {
        for (size_t q = 0; q < given_.size(); ++q) given_[q] = decisions.classes[q].samples()[0];
    }

    void run() { go(decisions_.diagram.root()); }

  private:
    // Every way, as far as that is not too much: the same formula may be right for large numbers and wrong for small ones.
    void go(Diagram::Ref at) {
        if (evaluations_ > most_evaluations || ++steps_ > most_steps) return;
        if (!Diagram::is_leaf(at)) {
            auto q = decisions_.diagram.question(at);
            const bool asked = std::exchange(asked_[q], true);
            for (size_t c = 0; c < decisions_.classes[q].count(); ++c) {
                given_[q] = decisions_.classes[q].samples()[c];
                go(decisions_.diagram.child(at, c));
            }
            asked_[q] = asked;
            return;
        }
        auto& decided = decisions_.outcomes[Diagram::outcome(at)];
        if (!decided.computed() || decided.situation == Decided::open) return;
        size_t tried = 0;
        vary(decided, 0, tried);
    }

    // The numbers that it is computed from, each with each.
    void vary(const Decided& decided, size_t q, size_t& tried) {
        if (q == given_.size()) {
            if (++tried <= most_at_once) settle_once(decided);
            return;
        }
        if (!(decided.asks() >> q & 1)) return vary(decided, q + 1, tried);
        const auto sample = given_[q];
        for (auto& number : {sample, Value::number(1), Value::number(1000)}) {
            if (tried > most_at_once || (!rules::same_value(number, sample) && !alike(q, number, sample))) continue;
            given_[q] = number;
            vary(decided, q + 1, tried);
        }
        given_[q] = sample;
    }

    bool alike(size_t q, const Value& number, const Value& sample) const {
        auto& question = item_.questions[q];
        return decisions_.classes[q].of_answer(question, number.text()) == decisions_.classes[q].of_answer(question, sample.text());
    }

    void settle_once(const Decided& decided) {
        ++evaluations_;
        std::vector<rules::Model::Given> given;
        for (size_t q = 0; q < given_.size(); ++q)
            if (read_.inputs[q]) given.push_back({*read_.inputs[q], given_[q]});
        auto settled = settle(decisions_, decided, given);
        if (settled.situation || !told_.insert(settled.decision).second) return;
        std::string answers;
        for (size_t q = 0; q < given_.size(); ++q)
            if (asked_[q]) answers += fmt::format("{}{} {}", answers.empty() ? "" : ", ", item_.questions[q].name, given_[q].text());
        faults_.push_back({file_, read_.line_of(settled.decision),
                           fmt::format("for {} \"{}\" comes to {}: make it a number of nought or more for every answer", answers,
                                       settled.decision, settled.value.text())});
    }

    const ItemVersion& item_;
    const ReadRules& read_;
    const Decisions& decisions_;
    const std::string& file_;
    std::vector<Fault>& faults_;
    std::vector<Value> given_;  // of each question
    std::map<uint32_t, bool> asked_;
    std::set<std::string_view> told_;
    size_t evaluations_ = 0, steps_ = 0;
};

}  // namespace

void check_computed(const ItemVersion& item, const ReadRules& read, const Decisions& decisions, const std::string& file,
                    std::vector<Fault>& faults) {
    auto takes_fee = [](auto& decided) { return decided.fee.formula != 0; };
    if (std::ranges::none_of(decisions.outcomes, &Decided::computed)) return;
    if (item.fee_basis.zh.empty() && std::ranges::any_of(decisions.outcomes, takes_fee))
        faults.push_back({file, read.line_of("fee"), "a fee needs fee_basis: say which regulation allows it"});
    TryingNumbers(item, read, decisions, file, faults).run();
}

}  // namespace yimen::catalogue
