#include "rules/objects.h"

namespace yimen::rules {

namespace {

uint32_t add_up(uint64_t n) { return n > UINT32_MAX ? UINT32_MAX : uint32_t(n); }

}  // namespace

Value Value::duration(__int128 n) {
    Value v;
    v.kind_ = Kind::duration;
    v.bits_.wide.high = int64_t(n >> 64);
    v.bits_.wide.low = uint64_t(n);
    return v;
}
Value Value::string(std::string s) { return Value(Kind::string, new Text(std::move(s))); }
Value Value::time(Moment m) { return Value(Kind::time, new MomentValue(m)); }
Value Value::date_time(Moment m) { return Value(Kind::date_time, new MomentValue(m)); }
Value Value::range(RangeValue r) { return Value(Kind::range, new RangeObject(std::move(r))); }

Value Value::list(std::vector<Value> items) {
    auto* object = new ListValue;
    uint64_t depth = 0, weight = 1;
    for (auto& item : items) depth = std::max<uint64_t>(depth, item.depth()), weight += item.weight();
    object->depth = add_up(depth + 1);
    object->weight = add_up(weight);
    object->items = std::move(items);
    return Value(Kind::list, object);
}

Value Value::context(Members members) {
    auto* object = new ContextValue;
    uint64_t depth = 0, weight = 1;
    for (auto& [name, value] : members) depth = std::max<uint64_t>(depth, value.depth()), weight += value.weight();
    object->depth = add_up(depth + 1);
    object->weight = add_up(weight);
    object->members = std::move(members);
    return Value(Kind::context, object);
}

Value Value::function(const FunctionValue* f) { return Value(Kind::function, f); }

const Moment& Value::moment() const { return static_cast<const MomentValue*>(bits_.shared)->moment; }
const RangeValue& Value::range() const { return static_cast<const RangeObject*>(bits_.shared)->range; }
const std::vector<Value>& Value::list() const { return static_cast<const ListValue*>(bits_.shared)->items; }
const Members& Value::context() const { return static_cast<const ContextValue*>(bits_.shared)->members; }
const FunctionValue& Value::function() const { return *static_cast<const FunctionValue*>(bits_.shared); }

const Value* Value::member(std::string_view name) const {
    for (auto& [key, value] : context())
        if (key->text == name) return &value;
    return nullptr;
}

const Value* Value::member(const Name& name) const {
    for (auto& [key, value] : context())
        if (same(key, name)) return &value;
    return nullptr;
}

uint32_t Value::depth() const {
    switch (kind_) {
        case Kind::list:
            return static_cast<const ListValue*>(bits_.shared)->depth;
        case Kind::context:
            return static_cast<const ContextValue*>(bits_.shared)->depth;
        case Kind::range:
            return 1 + std::max(range().low.depth(), range().high.depth());
        case Kind::function:
            return function().depth;
        default:
            return 0;
    }
}

uint32_t Value::weight() const {
    switch (kind_) {
        case Kind::list:
            return static_cast<const ListValue*>(bits_.shared)->weight;
        case Kind::context:
            return static_cast<const ContextValue*>(bits_.shared)->weight;
        // A long text is as much work as many values.
        case Kind::string:
            return add_up(1 + string().size() / 64);
        default:
            return 1;
    }
}

}  // namespace yimen::rules
