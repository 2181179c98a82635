#pragma once
#include "rules/nodes.h"
#include "rules/rules.h"

namespace yimen::rules {

// A node of the requirements graph, compiled.
struct ProgramElement {
    Model::Kind kind = Model::Kind::decision;
    std::string id, name, model, type_name;
    bool imported = false;
    const Type* type = nullptr;
    NodeP node;  // of a decision
    size_t slots = 0;
    std::vector<std::pair<size_t, size_t>> needs;  // slot ← element
    std::vector<Parameter> parameters;             // of a knowledge model or a service
    const Type* result = nullptr;
    Value function;
    int line = 0;
    std::string expression, description;
    std::optional<size_t> table;          // of a decision that is one, in Program::tables
    std::vector<size_t> inputs, outputs;  // of a service
};

struct Table;

struct Program {
    std::string name, name_space;
    std::vector<ProgramElement> elements;
    std::deque<Type> types;
    std::vector<Fault> faults;
    std::vector<std::shared_ptr<const Table>> tables;
    NodeP expression;  // of an Expression
    size_t slots = 0;
};

}  // namespace yimen::rules
