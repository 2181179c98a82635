#include "catalogue/computed.h"
#include "catalogue/settling.h"

namespace yimen::catalogue {

namespace {

// Each is an evaluation of the whole model.
constexpr size_t most_ways = 20'000;

// Where inputs are expressions or other decisions: one answer of each class is tried with every other.
class Trying {
  public:
    Trying(const ItemVersion& item, ReadRules& read, const std::string& file, Decisions& out, std::vector<Fault>& faults)
        : item_(item),
          read_(read),
          file_(file),
          out_(out),
          faults_(faults),
          outcomes_(item, out),
          evaluating_(item, read, file),
          computed_(item, read) {}

    bool run() {
        const auto before = faults_.size();
        std::vector<bool> matters(item_.questions.size());
        for (auto& decision : read_.decisions)
            for (auto q : read_.questions[decision.element]) matters[q] = true;
        refuse_other_computing();
        size_t ways = 1;
        for (uint32_t q = 0; q < matters.size(); ++q) {
            classify(q, matters[q]);
            ways = std::min(most_ways + 1, ways * out_.classes[q].count());
        }
        tell_rules();
        if (ways > most_ways)
            faults_.push_back(
                {file_, 1,
                 fmt::format("more than {} combinations of answers have to be tried, since inputs are expressions or other decisions: "
                             "make inputs of questions by themselves",
                             most_ways)});
        if (faults_.size() != before) return false;
        out_.diagram.set_root(from(0));
        out_.model = std::make_shared<const rules::Model>(read_.model);
        return faults_.size() == before;
    }

  private:
    void classify(uint32_t q, bool matters) {
        auto& question = item_.questions[q];
        std::vector<rules::Value> points;
        if (matters && question.kind == Question::Kind::number) points = points_of(question, *read_.inputs[q]);
        auto classes = AnswerClasses::of(question, points);
        if (!matters) classes.merge(std::vector<int>(classes.count()));
        out_.classes.push_back(std::move(classes));
    }

    // What the cells of tables name where the number is a column of its own.
    std::vector<rules::Value> points_of(const Question& question, size_t input) {
        std::vector<rules::Value> points;
        for (size_t e = 0; e < read_.elements.size(); ++e) {
            auto& required = read_.elements[e].required;
            auto table = std::ranges::find(required, input) == required.end() ? std::nullopt : read_.model.table_of(e);
            if (!table) continue;
            for (auto& column : table->columns)
                if (column.input == question.name && column.points)
                    points.insert(points.end(), column.points->begin(), column.points->end());
        }
        return points;
    }

    // But for what may be computed, a number may only be tested by constants: of anything else it cannot be told where it
    // begins to matter.
    void refuse_other_computing() {
        std::vector<bool> seen(read_.elements.size());
        for (auto& decision : read_.decisions)
            if (!may_be_computed(decision.name) && computed_.behind(decision.element)) refuse_behind(decision.element, seen);
    }

    void refuse_behind(size_t e, std::vector<bool>& seen) {
        if (seen[e]) return;
        seen[e] = true;
        auto& element = read_.elements[e];
        for (auto& name : names_of(item_, computed_.used_by(e)))
            faults_.push_back({file_, element.line,
                               fmt::format("the number \"{}\" may only be an input by itself, tested by constants (> 10, [0..5)): only "
                                           "fee and promised_days may be computed from it",
                                           name)});
        for (auto required : element.required)
            if (computed_.behind(required)) refuse_behind(required, seen);
    }

    void tell_rules() {
        for (auto& decision : read_.decisions) {
            auto& element = read_.elements[decision.element];
            auto tell = [&](size_t number, int line, const std::string& because) -> RuleTold& {
                return out_.rules.emplace_back(RuleTold{std::string(decision.name), number, line, {}, because_of(item_, because)});
            };
            if (!decision.table) {
                auto& told = tell(0, decision.line, element.description);
                if (element.expression.empty()) told.questions = read_.questions[decision.element];
                add_questions(told, element.expression, decision.element);
                continue;
            }
            for (size_t r = 0; r < decision.table->rules.size(); ++r) {
                auto& rule = decision.table->rules[r];
                auto& told = tell(r + 1, rule.line, rule.annotation);
                for (size_t c = 0; c < rule.cells.size(); ++c)
                    if (rule.cells[c] >= 0) add_questions(told, decision.table->columns[c].input, decision.element);
                for (size_t o = 0; o < rule.texts.size(); ++o)
                    if (!rule.outputs[o]) add_questions(told, rule.texts[o], decision.element);
            }
        }
    }

    // What an expression speaks of: questions, and those behind the decisions that it names.
    void add_questions(RuleTold& told, std::string_view input, size_t element) {
        auto add = [&](uint32_t q) {
            if (std::ranges::find(told.questions, q) == told.questions.end()) told.questions.push_back(q);
        };
        for (auto required : read_.elements[element].required)
            if (mentions(input, read_.elements[required].name))
                for (auto q : read_.questions[required]) add(q);
    }

    Diagram::Ref from(uint32_t q) {
        if (stopped_) return Diagram::leaf(0);
        if (q == item_.questions.size()) return leaf();
        std::vector<Diagram::Ref> children;
        for (auto& sample : out_.classes[q].samples()) {
            if (read_.inputs[q]) given_.push_back({*read_.inputs[q], sample});
            children.push_back(from(q + 1));
            if (read_.inputs[q]) given_.pop_back();
        }
        QuestionSet asked = 0;
        for (auto child : children) asked |= asked_below(child);
        auto made = asked >> q & 1 ? out_.diagram.always(q, children) : out_.diagram.node(q, children);
        if (!Diagram::is_leaf(made)) asked_below_[made] = asked;
        return made;
    }

    // The questions that outcomes below are computed from.
    QuestionSet asked_below(Diagram::Ref at) const {
        if (Diagram::is_leaf(at)) return out_.outcomes[Diagram::outcome(at)].asks();
        auto found = asked_below_.find(at);
        return found == asked_below_.end() ? 0 : found->second;
    }

    Diagram::Ref leaf() {
        auto computed = computed_.at(given_);
        auto found = evaluating_.evaluate(given_, faults_, computed.fee.formula, computed.promised_days.formula);
        stopped_ = evaluating_.stopped() || too_much();
        return outcomes_.leaf(found.situation, found.given, std::move(found.needs), computed.fee, computed.promised_days);
    }

    bool too_much() {
        if (!computed_.exhausted()) return false;
        auto& decision = *std::ranges::find_if(read_.decisions, [](auto& d) { return may_be_computed(d.name); });
        faults_.push_back({file_, decision.line, fmt::format("\"{}\" takes too long to work out: make it simpler", decision.name)});
        return true;
    }

    const ItemVersion& item_;
    ReadRules& read_;
    const std::string& file_;
    Decisions& out_;
    std::vector<Fault>& faults_;
    Outcomes outcomes_;
    std::vector<rules::Model::Given> given_;
    Evaluating evaluating_;
    Computed computed_;
    std::map<Diagram::Ref, QuestionSet> asked_below_;
    bool stopped_ = false;
};

}  // namespace

bool try_answers(const ItemVersion& item, ReadRules& read, const std::string& file, Decisions& out, std::vector<Fault>& faults) {
    return Trying(item, read, file, out, faults).run();
}

}  // namespace yimen::catalogue
