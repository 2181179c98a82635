#pragma once
#include "rules/types.h"

// The compiled form of expressions: trees whose names are slots already.
namespace yimen::rules {

struct Node {
    virtual ~Node() = default;
    virtual Value eval(Frame&) const = 0;
    // Where the value is known when compiling.
    virtual const Value* constant() const { return nullptr; }
    // Of tests: adds the constants that the value is tested by; false when anything else decides too.
    virtual bool tested_by(std::vector<Value>&) const { return false; }
};
using NodeP = std::unique_ptr<Node>;

enum class Op { add, subtract, multiply, divide, power, equal, different, less, at_most, greater, at_least };

NodeP constant(Value);
NodeP slot(size_t);
NodeP arithmetic(Op, NodeP, NodeP);
NodeP negation(NodeP);
NodeP comparison(Op, NodeP, NodeP);
NodeP all_of(std::vector<NodeP>);
NodeP any_of(std::vector<NodeP>);
NodeP between(NodeP value, NodeP low, NodeP high);
// What is not true leads to `otherwise`; strictly, what is neither true, false nor null gives null (10.2.2.8, boxed conditional).
NodeP conditional(NodeP condition, NodeP then, NodeP otherwise, bool strict = false);
NodeP instance(NodeP, const Type*);
NodeP conversion(NodeP, const Type*);
NodeP range(NodeP low, NodeP high, bool low_included, bool high_included, RangeValue::Written);
NodeP list_of(std::vector<NodeP>);

struct Entry {
    Name name;  // none: the result of a boxed context
    NodeP value;
    size_t slot;
};
NodeP context_of(std::vector<Entry>, bool with_result);

NodeP path(NodeP, Name);
// A name inside a filter: the item's member of that name if it has one, else what the name means outside.
NodeP item_member(size_t item, Name, NodeP outside);
NodeP filter(NodeP list, size_t item, NodeP condition);

// Puts the value into a slot and tries each test; Kleene's or.
NodeP tests(NodeP value, size_t slot, std::vector<NodeP>);
// One positive test of the value in a slot by a value: equal, in the range, in the list; an expression over `?` by its own truth.
NodeP test(size_t slot, NodeP, bool speaks_of_it);
NodeP negated(NodeP);
// Whether the tested value fits what stands in the cell.
Truth3 fits(const Value& tested, const Value& cell);

struct Iterator {
    size_t slot;
    NodeP domain, end;  // with an end: from domain to end, each included
};
NodeP loop(std::vector<Iterator>, NodeP body, std::optional<size_t> partial);
NodeP quantified(bool some, std::vector<Iterator>, NodeP condition);

struct Body {
    std::vector<Parameter> parameters;  // in the first slots
    const Type* result = nullptr;
    std::vector<std::pair<size_t, size_t>> captures;  // slot outside → slot inside
    std::optional<size_t> self;
    size_t slots = 0;
    NodeP node;
};
NodeP function_of(std::shared_ptr<Body>);
Value function_value(std::shared_ptr<const Body>);

struct Builtin;
// The arguments' names, when given by name, else none.
NodeP call(NodeP function, std::vector<NodeP> arguments, std::vector<Name> names);
NodeP call(const Builtin*, std::vector<NodeP> arguments, std::vector<Name> names);

}  // namespace yimen::rules
