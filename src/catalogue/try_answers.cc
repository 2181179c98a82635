#include "catalogue/read_rules.h"

namespace yimen::catalogue {

namespace {

// Each is an evaluation of the whole model.
constexpr size_t most_ways = 20'000;

bool word_character(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

bool mentions(std::string_view text, std::string_view name) {
    for (size_t at = text.find(name); at != text.npos; at = text.find(name, at + 1))
        if ((at == 0 || !word_character(text[at - 1])) && (at + name.size() == text.size() || !word_character(text[at + name.size()])))
            return true;
    return false;
}

// Where inputs are expressions or other decisions: one answer of each class is tried with every other.
class Trying {
  public:
    Trying(const ItemVersion& item, ReadRules& read, const std::string& file, Decisions& out, std::vector<Fault>& faults)
        : item_(item), read_(read), file_(file), out_(out), faults_(faults), outcomes_(item, out), evaluating_(item, read, file) {}

    bool run() {
        const auto before = faults_.size();
        std::vector<bool> matters(item_.questions.size());
        for (auto& decision : read_.decisions)
            for (auto q : read_.questions[decision.element]) matters[q] = true;
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

    // A number may only be tested by constants: of anything else it cannot be told where it begins to matter.
    std::vector<rules::Value> points_of(const Question& question, size_t input) {
        std::vector<rules::Value> points;
        for (size_t e = 0; e < read_.elements.size(); ++e) {
            auto& element = read_.elements[e];
            if (std::ranges::find(element.required, input) == element.required.end()) continue;
            auto table = read_.model.table_of(e);
            bool alone = table && std::ranges::all_of(table->rules, [](auto& rule) {
                             return std::ranges::all_of(rule.outputs, [](auto& output) { return bool(output); });
                         });
            for (size_t c = 0; alone && c < table->columns.size(); ++c) {
                auto& column = table->columns[c];
                const bool itself = column.input == question.name;
                if (itself && column.points) points.insert(points.end(), column.points->begin(), column.points->end());
                alone = itself ? bool(column.points)
                               : !mentions(column.input, question.name) &&
                                     (column.points ||
                                      std::ranges::none_of(column.cells, [&](auto& cell) { return mentions(cell, question.name); }));
            }
            if (!alone)
                faults_.push_back(
                    {file_, element.line,
                     fmt::format("the number \"{}\" may only be an input by itself, tested by constants (> 10, [0..5)): of other "
                                 "expressions it cannot be told which answers matter",
                                 question.name)});
        }
        return points;
    }

    void tell_rules() {
        for (auto& decision : read_.decisions) {
            if (!decision.table) continue;
            for (size_t r = 0; r < decision.table->rules.size(); ++r) {
                auto& rule = decision.table->rules[r];
                auto& told =
                    out_.rules.emplace_back(RuleTold{std::string(decision.name), r + 1, rule.line, {}, because_of(item_, rule.annotation)});
                for (size_t c = 0; c < rule.cells.size(); ++c)
                    if (rule.cells[c] >= 0) add_questions(told, decision.table->columns[c].input, decision.element);
            }
        }
    }

    // What an input expression speaks of: questions, and those behind the decisions that it names.
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
        return out_.diagram.node(q, children);
    }

    Diagram::Ref leaf() {
        auto found = evaluating_.evaluate(given_, faults_);
        stopped_ = evaluating_.stopped();
        return outcomes_.leaf(found.situation, found.given, std::move(found.needs));
    }

    const ItemVersion& item_;
    ReadRules& read_;
    const std::string& file_;
    Decisions& out_;
    std::vector<Fault>& faults_;
    Outcomes outcomes_;
    std::vector<rules::Model::Given> given_;
    Evaluating evaluating_;
    bool stopped_ = false;
};

}  // namespace

bool try_answers(const ItemVersion& item, ReadRules& read, const std::string& file, Decisions& out, std::vector<Fault>& faults) {
    return Trying(item, read, file, out, faults).run();
}

}  // namespace yimen::catalogue
