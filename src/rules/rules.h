#pragma once
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "rules/value.h"

// Decision models after OMG DMN 1.5 (files of 1.2 to 1.5), with FEEL in full except external functions, which give null.
namespace yimen::rules {

// What no model may exceed. An evaluation that does ends with null and a note.
struct Limits {
    uint64_t steps = 5'000'000;   // loops' turns, calls, comparisons of long values
    uint64_t bytes = 256 << 20;   // asked for in all, given back or not
    size_t stack = 1 << 20;       // bytes of the thread's stack
    uint32_t nesting = 200;       // levels of lists and contexts in one value
    uint32_t weight = 1'000'000;  // values in one value
    size_t text = 4 << 20;        // bytes of one string
    size_t notes = 50;
};

// Why a value became null, or the evaluation stopped.
struct Note {
    std::string element;  // the decision, knowledge model or input it happened in
    std::string en, zh;
};

// A mistake in a model, and where: the element, then the part of it ("rule 3, output 1"), then the character of the expression.
struct Fault {
    std::string element, part;
    size_t position = 0;
    std::string en, zh;
    int line = 0;  // of the file, from 1; 0 where it is not known
    // "Fee, rule 3, output 1, character 8: …"
    std::string text(Language) const;
};

// A rule of a decision table that counted.
struct Matched {
    std::string decision;
    size_t rule = 0;  // from 1
    // For each input whose cell is not "-": its label, the cell, and the value that it fitted.
    struct Because {
        std::string label, cell;
        Value value;
    };
    std::vector<Because> because;
    std::string annotation;
    // "row 3, because floor area > 500" / "第 3 行，因为 建筑面积 > 500（为 620）"
    std::string text(Language) const;
};

struct Outcome {
    Value value;
    std::vector<Note> notes;
    std::vector<Matched> matched;  // in the order found; filled when asked for
    bool stopped = false;          // a limit was reached
};

// What a decision table leaves open or says twice. Tables are checked whose cells are constants, ranges and lists of them.
struct Finding {
    enum class Kind { gap, overlap, unreachable, unchecked } kind;
    std::string decision;
    std::vector<size_t> rules;  // from 1
    std::string en, zh;
    int line = 0;  // of the rule, or of the table
};

// What an input can be, where its type alone does not tell.
struct Domain {
    std::string input;
    std::vector<Value> values;   // all of them; none: any of the type
    std::optional<Decimal> low;  // of numbers: the least
    bool whole = false;          // of numbers: only whole ones
};

// What a decision table is made of, for whoever derives more from it than one outcome.
struct TableParts {
    struct Column {
        std::string label, input;        // the input expression as written
        std::vector<std::string> cells;  // the distinct ones but "-"
        // What the cells name, with the ends of their ranges; nothing where a cell is more than tests by constants.
        std::optional<std::vector<Value>> points;
        int line = 0;
        std::string allowed;  // the tests of its inputValues
    };
    struct Rule {
        std::vector<int32_t> cells;                 // of each column its place among the column's; -1 for "-"
        std::vector<std::optional<Value>> outputs;  // nothing where it is computed
        std::string annotation;
        int line = 0;
        std::vector<std::string> texts;  // the outputs as written
    };
    std::string decision;
    size_t table = 0;    // its place, for Model::fits
    bool first = false;  // hit policy FIRST, UNIQUE or ANY: one rule counts
    bool all = false;    // COLLECT without an aggregation, or RULE ORDER: every matching rule counts, in order
    bool has_default = false;
    int line = 0;
    std::vector<std::string> outputs;
    std::vector<Column> columns;
    std::vector<Rule> rules;
    std::vector<std::string> defaults;  // the texts of what comes out where no rule matches
};

struct Program;

// A compiled model with what it imports; cheap to copy, safe to use from several threads.
class Model {
  public:
    enum class Kind { input, decision, knowledge, service };
    struct Element {
        Kind kind;
        std::string id, name, model;  // model: the namespace it is defined in
        std::string type;             // as written; empty when there is none
        bool imported = false;
        int line = 0;                  // where it stands in its file
        std::vector<size_t> required;  // what a decision requires, by place
        std::string expression;        // of a decision that is one FEEL expression
        std::string description;       // as the file has it
    };
    struct Asked {
        Instant now{};
        Limits limits;
        bool explain = false;
    };

    // `files` holds further models; those that `file` imports, directly or not, are taken from there by their namespace. Refused:
    // what is not well-formed XML or no DMN, a document type declaration, an import that is not there. Mistakes inside expressions
    // are faults(): such an expression gives null.
    static Result<Model, Fault> read(std::string_view file, std::span<const std::string> files = {});

    const std::string& name() const;
    const std::string& name_space() const;
    const std::vector<Fault>& faults() const;
    std::vector<Element> elements() const;
    // Gaps of tables that need an answer for everything (unique, any, priority and first, without a default), overlaps where only
    // one rule may match (unique; any, with different outputs), rules that never count. At most 20 of each table.
    std::vector<Finding> check(std::span<const Domain> = {}) const;
    // The table that a decision consists of; nothing where its logic is anything else.
    std::optional<TableParts> table_of(size_t element) const;
    // Which of the cells of a column (as in TableParts) the value fits.
    std::vector<bool> fits(size_t table, size_t column, const Value&) const;

    // Evaluates a decision, a knowledge model (its parameters are members of `given`) or a decision service. `given` is a context of
    // values by the names of inputs; a decision's name stands for its outcome. Refused: an element that there is not.
    Result<Outcome, Fault> evaluate(std::string_view element, const Value& given, const Asked&) const;
    // The same with places in elements(), for speed and for elements of imported models.
    struct Given {
        size_t element;
        Value value;
    };
    Outcome evaluate(size_t element, std::span<const Given>, const Asked&) const;
    // The element of that name in the model of that namespace; without a namespace in this model, else in whichever has it.
    std::optional<size_t> find(std::string_view name, std::string_view name_space = "") const;

  private:
    explicit Model(std::shared_ptr<const Program> program) : program_(std::move(program)) {}
    std::shared_ptr<const Program> program_;
};

// A FEEL expression by itself, or unary tests over `?`, for conditions outside of models. Names are those given.
class Expression {
  public:
    static Result<Expression, Fault> read(std::string_view text, std::span<const std::string> names);
    static Result<Expression, Fault> read_tests(std::string_view text, std::span<const std::string> names);
    // Values in the order of the names; for tests, `?` last.
    Outcome evaluate(std::span<const Value> values, const Model::Asked&) const;

  private:
    std::shared_ptr<const Program> program_;
};

}  // namespace yimen::rules
