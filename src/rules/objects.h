#pragma once
#include "rules/temporal.h"
#include "rules/value.h"

// What a Value of a larger kind points to.
namespace yimen::rules {

struct Type;
struct Run;

struct MomentValue final : Shared {
    explicit MomentValue(const Moment& m) : moment(m) {}
    const Moment moment;
};

struct RangeObject final : Shared {
    explicit RangeObject(RangeValue r) : range(std::move(r)) {}
    const RangeValue range;
};

struct ListValue final : Shared {
    std::vector<Value> items;
    uint32_t depth = 1, weight = 1;
};

struct ContextValue final : Shared {
    Members members;
    uint32_t depth = 1, weight = 1;
};

struct Parameter {
    Name name;
    const Type* type = nullptr;  // nullptr: any
};

// A function: built in, written in FEEL, a knowledge model or a decision service.
struct FunctionValue : Shared {
    std::vector<Parameter> parameters;
    const Type* result = nullptr;
    uint32_t depth = 1;

    // Arguments in the order of the parameters.
    virtual Value call(Run&, std::span<Value> arguments) const = 0;
    // Arguments under their names; in the order of the parameters where all are known.
    virtual Value call_named(Run&, std::span<const Name> names, std::span<Value> arguments) const;
    virtual bool takes(size_t arguments) const { return arguments == parameters.size(); }
};

}  // namespace yimen::rules
