#pragma once
#include "catalogue/read_rules.h"

// Decisions computed from numbers as they are given (fee: area * 3), for which no class of answers can stand.
namespace yimen::catalogue {

// Whether the text speaks of the name, as a whole word.
bool mentions(std::string_view text, std::string_view name);

class Computed {
  public:
    Computed(const ItemVersion&, const ReadRules&);
    // The number questions whose very answers an element may be computed from, directly or through what it requires.
    QuestionSet behind(size_t element) const { return behind_[element]; }
    // Those that the element itself uses, other than as a column of their own tested by constants.
    QuestionSet used_by(size_t element) const;
    // Whether fee or promised_days depends on any.
    bool any() const;
    // What fee and promised_days are computed from where the answers are of the classes that `given` stands for: of tables the
    // rules that match. More rather than less. Nothing (formula 0) where one value is right for all of the class.
    struct Both {
        Computation fee, promised_days;
    };
    Both at(std::span<const rules::Model::Given> given);
    // It was asked for so much that there is no use in going on.
    bool exhausted() const { return evaluations_ > most_evaluations; }

  private:
    static constexpr size_t most_evaluations = 100'000;

    // The elements, by place, that the parts of one speak of.
    struct Uses {
        std::vector<size_t> tested;                // columns of their own, tested by constants
        std::vector<size_t> inputs;                // in other columns and in their cells
        std::vector<std::vector<size_t>> outputs;  // of each rule
        std::vector<size_t> otherwise;             // in a table's defaults; in logic of any other kind
        std::vector<std::string> rules, defaults;  // the outputs as written
        bool follows = false;                      // a table of which those rules count that match
        std::vector<size_t> all() const;
    };

    void look(size_t element);
    void look(size_t element, const rules::TableParts&);
    void add(std::vector<size_t>& to, size_t element, std::string_view text) const;
    QuestionSet find_behind(size_t element, std::vector<bool>& seen);
    bool settled(const Uses&) const;
    // Where nothing is computed, the formula stands for the value.
    const Computation& of(size_t element);
    Computation made(size_t element);
    std::string of_rules(size_t element, QuestionSet&);
    std::string of_all(size_t element, QuestionSet&);
    void join(std::string& formula, QuestionSet&, const std::vector<size_t>& mentioned);
    rules::Value value_of(size_t element);
    uint32_t number_of(const std::string& formula);

    const ReadRules& read_;
    std::vector<std::optional<uint32_t>> question_of_;  // of each element that is one
    std::vector<bool> number_;                          // of each question
    std::vector<Uses> uses_;
    std::vector<QuestionSet> behind_;
    std::span<const rules::Model::Given> given_;
    std::vector<std::optional<Computation>> known_;  // for what is given
    std::map<std::string, uint32_t> formulas_;
    size_t evaluations_ = 0;
};

}  // namespace yimen::catalogue
