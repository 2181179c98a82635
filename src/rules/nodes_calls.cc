#include "rules/builtins.h"
#include "rules/nodes.h"

// Function definitions with what they close over, and calls.
namespace yimen::rules {

namespace {

struct Closure final : FunctionValue {
    std::shared_ptr<const Body> body;
    std::vector<Value> captured;

    Value call(Run& run, std::span<Value> arguments) const override {
        if (!run.step() || run.deep()) return {};
        Frame f(run, body->slots);
        // With an argument of another type a function is never called.
        for (size_t i = 0; i < arguments.size(); ++i) {
            if (!convert(run, arguments[i], parameters[i].type)) return {};
            f.slots[i] = std::move(arguments[i]);
        }
        for (size_t i = 0; i < captured.size(); ++i) f.slots[body->captures[i].second] = captured[i];
        if (body->self) f.slots[*body->self] = Value::function(this);
        return converted(run, body->node->eval(f), result);
    }
};

Value closed(std::shared_ptr<const Body> body, std::vector<Value> captured) {
    auto* closure = new Closure;
    Ref<FunctionValue> kept(closure);
    closure->parameters = body->parameters;
    closure->result = body->result;
    for (auto& v : captured) closure->depth = std::max(closure->depth, v.depth() + 1);
    closure->body = std::move(body);
    closure->captured = std::move(captured);
    return Value::function(closure);
}

struct FunctionNode final : Node {
    explicit FunctionNode(std::shared_ptr<Body> b) : body(std::move(b)) {}
    Value eval(Frame& f) const override {
        std::vector<Value> captured;
        for (auto& [outside, inside] : body->captures) captured.push_back(f.slots[outside]);
        if (!f.run.room(256)) return {};
        auto out = closed(body, std::move(captured));
        if (out.depth() > f.run.limits.nesting) f.run.stop("the limit of a value's size", "数值规模上限");
        return out;
    }
    std::shared_ptr<Body> body;
};

// Arguments of one call, without an allocation where there are few.
struct Arguments {
    Arguments(Frame& f, const std::vector<NodeP>& nodes) : size(nodes.size()) {
        if (size > few.size()) many.resize(size);
        for (size_t i = 0; i < size; ++i) data()[i] = nodes[i]->eval(f);
    }
    Value* data() { return many.empty() ? few.data() : many.data(); }
    std::span<Value> all() { return {data(), size}; }
    size_t size;
    std::array<Value, 4> few;
    std::vector<Value> many;
};

struct Call final : Node {
    Call(NodeP fn, std::vector<NodeP> a, std::vector<Name> n) : function(std::move(fn)), arguments(std::move(a)), names(std::move(n)) {}
    Value eval(Frame& f) const override {
        if (f.run.deep()) return {};
        auto callee = function->eval(f);
        if (!callee.is(Kind::function)) return f.run.null("what is called is no function", "被调用的不是函数");
        Arguments args(f, arguments);
        if (!names.empty()) return callee.function().call_named(f.run, names, args.all());
        if (!callee.function().takes(args.size))
            return f.run.null(fmt::format("a function is called with {} arguments", args.size),
                              fmt::format("函数参数个数（{}）不符", args.size));
        return callee.function().call(f.run, args.all());
    }
    NodeP function;
    std::vector<NodeP> arguments;
    std::vector<Name> names;
};

struct BuiltinCall final : Node {
    BuiltinCall(const Builtin* fn, std::vector<NodeP> a, std::vector<Name> n)
        : function(fn), arguments(std::move(a)), names(std::move(n)) {}
    Value eval(Frame& f) const override {
        if (f.run.deep()) return {};
        Arguments args(f, arguments);
        return names.empty() ? function->call(f.run, args.all()) : function->call_named(f.run, names, args.all());
    }
    const Builtin* function;
    std::vector<NodeP> arguments;
    std::vector<Name> names;
};

}  // namespace

Value FunctionValue::call_named(Run& run, std::span<const Name> names, std::span<Value> arguments) const {
    std::vector<Value> ordered(parameters.size());
    for (size_t i = 0; i < names.size(); ++i) {
        auto found = std::ranges::find_if(parameters, [&](auto& p) { return same(p.name, names[i]); });
        if (found == parameters.end())
            return run.null(fmt::format("a function has no parameter “{}”", names[i]->text),
                            fmt::format("函数没有参数“{}”", names[i]->text));
        ordered[size_t(found - parameters.begin())] = std::move(arguments[i]);
    }
    return call(run, ordered);
}

NodeP function_of(std::shared_ptr<Body> body) { return std::make_unique<FunctionNode>(std::move(body)); }
Value function_value(std::shared_ptr<const Body> body) { return closed(std::move(body), {}); }

NodeP call(NodeP function, std::vector<NodeP> arguments, std::vector<Name> names) {
    return std::make_unique<Call>(std::move(function), std::move(arguments), std::move(names));
}

NodeP call(const Builtin* function, std::vector<NodeP> arguments, std::vector<Name> names) {
    bool known = function->pure && std::ranges::all_of(arguments, [](auto& a) { return a->constant(); });
    auto node = std::make_unique<BuiltinCall>(function, std::move(arguments), std::move(names));
    if (!known) return node;
    Run run(nullptr, Limits{}, Instant{});
    Frame frame(run, 0);
    auto value = node->eval(frame);
    return value.null() ? NodeP(std::move(node)) : constant(std::move(value));
}

}  // namespace yimen::rules
