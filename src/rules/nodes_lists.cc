#include "rules/nodes.h"
#include "rules/properties.h"

// Paths, filters, tests.
namespace yimen::rules {

namespace {

// Looking through a large context is work.
bool looked_through(Run& run, const Value& context) { return context.context().size() <= 32 || run.step(context.context().size() / 32); }

Value followed(Run& run, const Value& value, const Name& name) {
    if (value.is(Kind::context)) {
        if (!looked_through(run, value)) return {};
        auto* found = value.member(name);
        if (found) return *found;
        return run.null(fmt::format("there is no “{}” here", name->text), fmt::format("没有名为“{}”的成员", name->text));
    }
    if (value.is(Kind::list)) {
        if (run.deep()) return {};
        std::vector<Value> out;
        out.reserve(value.list().size());
        for (auto& item : value.list()) {
            if (!run.step()) return {};
            out.push_back(followed(run, item, name));
        }
        return run.list(std::move(out));
    }
    if (auto found = property(value, name->text)) return *found;
    return run.null(fmt::format("a value has no “{}”", name->text), fmt::format("该值没有“{}”", name->text));
}

struct Path final : Node {
    Path(NodeP f, Name n) : from(std::move(f)), name(std::move(n)) {}
    Value eval(Frame& f) const override {
        if (f.run.deep()) return {};
        return followed(f.run, from->eval(f), name);
    }
    NodeP from;
    Name name;
};

struct ItemMember final : Node {
    ItemMember(size_t i, Name n, NodeP o) : item(i), name(std::move(n)), outside(std::move(o)) {}
    Value eval(Frame& f) const override {
        auto& v = f.slots[item];
        if (v.is(Kind::context) && looked_through(f.run, v))
            if (auto* found = v.member(name)) return *found;
        if (outside) return outside->eval(f);
        if (!v.is(Kind::context) && !v.is(Kind::list))
            if (auto found = property(v, name->text)) return *found;
        return f.run.null(fmt::format("“{}” is unknown here", name->text), fmt::format("此处没有“{}”", name->text));
    }
    size_t item;
    Name name;
    NodeP outside;
};

struct Filter final : Node {
    Filter(NodeP l, size_t i, NodeP c) : list(std::move(l)), item(i), condition(std::move(c)) {}
    Value eval(Frame& f) const override {
        if (f.run.deep()) return {};
        auto value = list->eval(f);
        bool many = value.is(Kind::list);
        if (auto* index = condition->constant(); index && index->is(Kind::number)) return at(f.run, value, index->number());
        if (value.null()) return f.run.null("null is filtered", "对空值进行筛选");
        size_t size = many ? value.list().size() : 1;
        std::vector<Value> out;
        auto before = std::exchange(f.slots[item], Value());
        for (size_t i = 0; i < std::max<size_t>(size, 1); ++i) {
            if (!f.run.step()) return {};
            f.slots[item] = size == 0 ? Value() : many ? value.list()[i] : value;
            auto v = condition->eval(f);
            if (v.is(Kind::number) && i == 0) {
                f.slots[item] = std::move(before);
                return at(f.run, value, v.number());
            }
            if (!v.is(Kind::boolean) && !v.null()) {
                f.slots[item] = std::move(before);
                return f.run.null("a filter is neither a position nor true or false", "筛选条件既不是序号也不是布尔值");
            }
            if (size && v.is_true()) out.push_back(f.slots[item]);
        }
        f.slots[item] = std::move(before);
        return f.run.list(std::move(out));
    }
    static Value at(Run& run, const Value& value, const Decimal& index) {
        auto n = index.integer();
        auto size = value.is(Kind::list) ? int64_t(value.list().size()) : value.null() ? 0 : 1;
        if (!n || *n == 0 || *n > size || *n < -size) return run.null("an index is outside of the list", "序号超出列表范围");
        if (!value.is(Kind::list)) return value;
        return value.list()[size_t(*n > 0 ? *n - 1 : size + *n)];
    }
    NodeP list;
    size_t item;
    NodeP condition;
};

struct Tests final : Node {
    Tests(NodeP v, size_t s, std::vector<NodeP> p) : value(std::move(v)), place(s), parts(std::move(p)) {}
    Value eval(Frame& f) const override {
        if (value) f.slots[place] = value->eval(f);
        bool unknown = false;
        for (auto& part : parts) {
            auto v = part->eval(f);
            if (v.is_true()) return v;
            unknown = unknown || !v.is(Kind::boolean);
        }
        return unknown ? Value() : Value::boolean(false);
    }
    bool tested_by(std::vector<Value>& out) const override {
        return !value && std::ranges::all_of(parts, [&](auto& part) { return part->tested_by(out); });
    }
    NodeP value;
    size_t place;
    std::vector<NodeP> parts;
};

struct Test final : Node {
    Test(size_t s, NodeP c, bool o) : place(s), cell(std::move(c)), speaks_of_it(o) {}
    Value eval(Frame& f) const override {
        auto v = cell->eval(f);
        auto& tested = f.slots[place];
        // What could not be computed fits nothing; the literal null fits null.
        if (v.null() && !cell->constant()) return {};
        if (v.is(Kind::boolean) && (speaks_of_it || !(tested.is(Kind::boolean) || tested.null() || tested.is(Kind::list)))) return v;
        if (!f.run.step(std::min(v.weight(), tested.weight()))) return {};
        return truth(fits(tested, v));
    }
    bool tested_by(std::vector<Value>& out) const override {
        auto* by = cell->constant();
        if (by) out.push_back(*by);
        return by;
    }
    size_t place;
    NodeP cell;
    bool speaks_of_it;
};

struct Negated final : Node {
    explicit Negated(NodeP p) : part(std::move(p)) {}
    Value eval(Frame& f) const override {
        auto v = part->eval(f);
        return v.is(Kind::boolean) ? Value::boolean(!v.boolean()) : Value();
    }
    bool tested_by(std::vector<Value>& out) const override { return part->tested_by(out); }
    NodeP part;
};

}  // namespace

Truth3 fits(const Value& tested, const Value& cell) {
    if (cell.is(Kind::range)) {
        if (tested.is(Kind::range) && same_value(tested, cell)) return true;
        return includes(cell.range(), tested);
    }
    if (cell.is(Kind::list)) {
        if (tested.is(Kind::list) && same_value(tested, cell)) return true;
        for (auto& one : cell.list()) {
            if (same_value(tested, one)) return true;
            if (one.is(Kind::range) && includes(one.range(), tested).value_or(false)) return true;
        }
        return false;
    }
    // A list of one stands for its item.
    if (tested.is(Kind::list) && tested.list().size() == 1 && !cell.null()) return fits(tested.list()[0], cell);
    return equal(tested, cell);
}

NodeP path(NodeP from, Name name) { return std::make_unique<Path>(std::move(from), std::move(name)); }
NodeP item_member(size_t item, Name name, NodeP outside) { return std::make_unique<ItemMember>(item, std::move(name), std::move(outside)); }
NodeP filter(NodeP list, size_t item, NodeP condition) { return std::make_unique<Filter>(std::move(list), item, std::move(condition)); }
NodeP tests(NodeP value, size_t slot, std::vector<NodeP> parts) {
    return std::make_unique<Tests>(std::move(value), slot, std::move(parts));
}
NodeP test(size_t slot, NodeP cell, bool speaks_of_it) { return std::make_unique<Test>(slot, std::move(cell), speaks_of_it); }
NodeP negated(NodeP part) { return std::make_unique<Negated>(std::move(part)); }

}  // namespace yimen::rules
