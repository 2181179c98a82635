#include "rules/nodes.h"

// Constants, names, logic, conditions, types, ranges, lists, contexts.
namespace yimen::rules {

namespace {

struct Constant final : Node {
    explicit Constant(Value v) : value(std::move(v)) {}
    Value eval(Frame&) const override { return value; }
    const Value* constant() const override { return &value; }
    bool tested_by(std::vector<Value>&) const override { return value.is(Kind::boolean); }
    Value value;
};

struct Slot final : Node {
    explicit Slot(size_t n) : place(n) {}
    Value eval(Frame& f) const override { return f.slots[place]; }
    size_t place;
};

// Kleene's and (of = false) and or (of = true): decided by the first part that is `of`.
struct Logic final : Node {
    Logic(bool of, std::vector<NodeP> parts) : of(of), parts(std::move(parts)) {}
    Value eval(Frame& f) const override {
        if (f.run.deep()) return {};
        bool unknown = false;
        for (auto& part : parts) {
            auto value = part->eval(f);
            if (!value.is(Kind::boolean))
                unknown = true;
            else if (value.boolean() == of)
                return value;
        }
        return unknown ? Value() : Value::boolean(!of);
    }
    bool of;
    std::vector<NodeP> parts;
};

struct Between final : Node {
    Between(NodeP v, NodeP l, NodeP h) : value(std::move(v)), low(std::move(l)), high(std::move(h)) {}
    Value eval(Frame& f) const override {
        auto v = value->eval(f), l = low->eval(f), h = high->eval(f);
        auto from = compare(v, l), to = compare(v, h);
        // v >= l and v <= h: false where one of them is false, whatever the other.
        if ((from && *from < 0) || (to && *to > 0)) return Value::boolean(false);
        if (!from || !to) return f.run.null("between compares values without a common order", "between 比较的值无法排序");
        return Value::boolean(true);
    }
    NodeP value, low, high;
};

struct Conditional final : Node {
    Conditional(NodeP c, NodeP t, NodeP e, bool s) : condition(std::move(c)), then(std::move(t)), otherwise(std::move(e)), strict(s) {}
    Value eval(Frame& f) const override {
        if (f.run.deep()) return {};
        auto truth = condition->eval(f);
        if (strict && !truth.is(Kind::boolean) && !truth.null())
            return f.run.null("a condition is neither true nor false", "条件不是布尔值");
        return (truth.is_true() ? then : otherwise)->eval(f);
    }
    NodeP condition, then, otherwise;
    bool strict;
};

struct Instance final : Node {
    Instance(NodeP v, const Type* t) : value(std::move(v)), type(t) {}
    Value eval(Frame& f) const override { return Value::boolean(instance_of(f.run, value->eval(f), type)); }
    NodeP value;
    const Type* type;
};

struct Conversion final : Node {
    Conversion(NodeP v, const Type* t) : value(std::move(v)), type(t) {}
    Value eval(Frame& f) const override { return converted(f.run, value->eval(f), type); }
    NodeP value;
    const Type* type;
};

struct RangeNode final : Node {
    RangeNode(NodeP l, NodeP h, bool li, bool hi, RangeValue::Written w)
        : low(std::move(l)), high(std::move(h)), low_in(li), high_in(hi), written(w) {}
    Value eval(Frame& f) const override {
        RangeValue r;
        r.low = low ? low->eval(f) : Value();
        r.high = high ? high->eval(f) : r.low;
        r.low_included = low_in, r.high_included = high_in, r.written = written;
        if (written == RangeValue::Written::interval) {
            if ((r.low.null() && low_in) || (r.high.null() && high_in))
                return f.run.null("a range includes an end that is null", "区间包含的端点为空");
            if (!r.low.null() && !r.high.null() && !compare(r.low, r.high))
                return f.run.null("a range's ends have no common order", "区间两端无法比较");
        }
        if (!f.run.room(128)) return {};
        return Value::range(std::move(r));
    }
    NodeP low, high;
    bool low_in, high_in;
    RangeValue::Written written;
};

// (<10), (>=10): one end is open and without a value.
struct OneSided final : Node {
    OneSided(NodeP e, bool l, bool i) : end(std::move(e)), low(l), included(i) {}
    Value eval(Frame& f) const override {
        RangeValue r;
        (low ? r.low : r.high) = end->eval(f);
        (low ? r.low_included : r.high_included) = included;
        r.written = RangeValue::Written::comparison;
        if (!f.run.room(128)) return {};
        return Value::range(std::move(r));
    }
    NodeP end;
    bool low, included;
};

struct List final : Node {
    explicit List(std::vector<NodeP> p) : parts(std::move(p)) {}
    Value eval(Frame& f) const override {
        if (f.run.deep()) return {};
        std::vector<Value> items;
        items.reserve(parts.size());
        for (auto& part : parts) items.push_back(part->eval(f));
        return f.run.list(std::move(items));
    }
    std::vector<NodeP> parts;
};

struct ContextNode final : Node {
    ContextNode(std::vector<Entry> e, bool r) : entries(std::move(e)), with_result(r) {}
    Value eval(Frame& f) const override {
        if (f.run.deep()) return {};
        Members members;
        members.reserve(entries.size());
        for (auto& entry : entries) {
            auto value = entry.value->eval(f);
            if (!entry.name) return value;
            f.slots[entry.slot] = value;
            if (!with_result) members.emplace_back(entry.name, std::move(value));
        }
        return f.run.context(std::move(members));
    }
    std::vector<Entry> entries;
    bool with_result;
};

// What is made of constants is made once. A null keeps its node, so that the note is made each time.
NodeP folded(NodeP node, std::initializer_list<const Node*> parts) {
    for (auto* part : parts)
        if (part && !part->constant()) return node;
    Run run(nullptr, Limits{}, Instant{});
    Frame frame(run, 0);
    auto value = node->eval(frame);
    return value.null() ? std::move(node) : constant(std::move(value));
}

}  // namespace

NodeP constant(Value v) { return std::make_unique<Constant>(std::move(v)); }
NodeP slot(size_t n) { return std::make_unique<Slot>(n); }
NodeP all_of(std::vector<NodeP> parts) { return std::make_unique<Logic>(false, std::move(parts)); }
NodeP any_of(std::vector<NodeP> parts) { return std::make_unique<Logic>(true, std::move(parts)); }
NodeP between(NodeP v, NodeP l, NodeP h) { return std::make_unique<Between>(std::move(v), std::move(l), std::move(h)); }
NodeP conditional(NodeP c, NodeP t, NodeP e, bool strict) {
    return std::make_unique<Conditional>(std::move(c), std::move(t), std::move(e), strict);
}
NodeP instance(NodeP v, const Type* t) { return std::make_unique<Instance>(std::move(v), t); }
NodeP conversion(NodeP v, const Type* t) { return std::make_unique<Conversion>(std::move(v), t); }
NodeP list_of(std::vector<NodeP> parts) { return std::make_unique<List>(std::move(parts)); }
NodeP context_of(std::vector<Entry> entries, bool with_result) { return std::make_unique<ContextNode>(std::move(entries), with_result); }

NodeP range(NodeP low, NodeP high, bool low_in, bool high_in, RangeValue::Written written) {
    auto *l = low.get(), *h = high.get();
    NodeP node;
    if (written == RangeValue::Written::comparison && (!low || !high) && !(low_in && high_in))
        node = std::make_unique<OneSided>(std::move(low ? low : high), l != nullptr, low_in || high_in);
    else
        node = std::make_unique<RangeNode>(std::move(low), std::move(high), low_in, high_in, written);
    return folded(std::move(node), {l, h});
}

}  // namespace yimen::rules
