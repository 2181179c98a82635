#pragma once
#include "rules/run.h"

namespace yimen::rules {

struct Node;

// A type of FEEL or an item definition.
struct Type {
    enum class Kind { any, null, boolean, number, string, date, time, date_time, months, duration, list, range, context, function };
    Kind kind = Kind::any;
    std::string name;
    const Type* element = nullptr;  // of list and range; nullptr is any
    std::vector<std::pair<Name, const Type*>> members;
    std::vector<const Type*> parameters;
    const Type* result = nullptr;
    const Type* base = nullptr;           // an item definition's: its constraints hold too
    std::shared_ptr<const Node> allowed;  // tests of `?`, which is slot 0
    std::string allowed_text;
    size_t slots = 1;

    const Type* member(std::string_view) const;
};

// The types built in, by each of their names; nullptr for none.
const Type* built_in_type(std::string_view name);
// The names built in, longest first.
std::span<const std::string_view> built_in_type_names();
const Type* type_of_kind(Kind);

// The type that says what a value looks like: an item definition's base where it only adds constraints.
const Type* structure(const Type*);
// Whether the value is of the type. Null is of every type. Item definitions' constraints are held when asked for.
bool conforms(Run&, const Value&, const Type*, bool constraints);
// `instance of`: null is an instance of nothing.
bool instance_of(Run&, const Value&, const Type*);
// The implicit conversions of DMN 1.5, 10.3.2.9.4: to and from a list of one, from a date to its midnight in UTC. False, with a note,
// when the value is of another type still.
bool convert(Run&, Value&, const Type*, bool constraints = true);
// The same for what has its type from the model: null where it has another.
Value converted(Run&, Value, const Type*, bool constraints = true);

}  // namespace yimen::rules
