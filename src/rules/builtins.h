#pragma once
#include "rules/run.h"

// The built-in functions of DMN 1.5, 10.3.4, by chapters in builtins_*.cc.
namespace yimen::rules {

using Arguments = std::span<Value>;
using Implementation = Value (*)(Run&, Arguments);

// One form of a built-in function. Written as "from:s, start position:n, length:n?": a letter for the type, `?` where the argument may
// be left out or null, `...` or `*` at the end where any number may be given. An argument of another type gives null; a list
// of one stands for its item and a value for a list of one, as everywhere in FEEL.
//   a anything, also null   b boolean   n number   s string   l list   c context   f function   r range
//   d date   t time   x date and time   y date or date and time   m years and months   p days and time   e any but null
struct Form {
    struct Accepted {
        Name name;
        char type;
        bool optional;
    };
    std::vector<Accepted> parameters;
    bool many = false;  // "list:l...": max([1, 2]) and max(1, 2)
    bool each = false;  // "list:l*": every argument is an item, also a single list
    Implementation implementation;

    Form(std::string_view written, Implementation);
    bool takes(size_t arguments) const;
};

struct Builtin final : FunctionValue {
    std::string name;
    std::vector<Form> forms;
    bool pure = true;  // the same outcome whenever it is called

    Value call(Run&, std::span<Value>) const override;
    Value call_named(Run&, std::span<const Name>, std::span<Value>) const override;
    bool takes(size_t arguments) const override;
};

const Builtin* builtin(std::string_view name);
// Every name, longest first, so that "date and time" is found before "date".
const std::vector<std::string>& builtin_names();

struct Definition {
    std::string_view name, parameters;
    Implementation implementation;
};
std::span<const Definition> conversion_builtins();
std::span<const Definition> string_builtins();
std::span<const Definition> pattern_builtins();
std::span<const Definition> list_builtins();
std::span<const Definition> list_change_builtins();
std::span<const Definition> number_builtins();
std::span<const Definition> statistic_builtins();
std::span<const Definition> temporal_builtins();
std::span<const Definition> range_builtins();
std::span<const Definition> context_builtins();

}  // namespace yimen::rules
