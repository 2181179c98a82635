#pragma once
#include "rules/boxed.h"

namespace yimen::rules {

enum class Policy { unique, any, priority, first, rule_order, output_order, collect };
enum class Aggregation { none, sum, count, min, max };

// A decision table, compiled: the distinct cells of each column are tried at most once, whatever the number of rules.
struct Table final : Node {
    struct Column {
        std::string label, input;
        int line = 0;
        NodeP value;
        size_t slot;
        const Type* type = nullptr;
        NodeP allowed;
        std::string allowed_text;
        std::vector<NodeP> cells;
        std::vector<std::string> texts;
    };
    struct Output {
        Name name;
        const Type* type = nullptr;
        NodeP otherwise;
        std::string otherwise_text;
        std::vector<Value> order;  // by falling priority
    };
    struct Rule {
        std::vector<int32_t> cells;  // of each column; -1 for "-"
        std::vector<NodeP> outputs;
        std::vector<std::string> texts;  // of the outputs
        std::string annotation;
        int line = 0;
    };

    std::string decision;
    int line = 0;
    Policy policy = Policy::unique;
    Aggregation aggregation = Aggregation::none;
    std::vector<Column> columns;
    std::vector<Output> outputs;
    std::vector<Rule> rules;

    Value eval(Frame&) const override;

  private:
    bool fill(Frame&) const;
    Value outcome(Frame&, const std::vector<uint32_t>& hits) const;
    Value row(Frame&, const Rule&) const;
    Value otherwise(Frame&) const;
    Value aggregated(Frame&, std::vector<Value> rows) const;
    size_t priority(const Output&, const Value&) const;
    void by_priority(std::vector<Value>& rows) const;
    void explain(Frame&, uint32_t rule) const;
};

}  // namespace yimen::rules
