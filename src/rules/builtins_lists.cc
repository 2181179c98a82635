#include "rules/builtins.h"

// DMN 1.5, 10.3.4.4: list functions that ask about a list.
namespace yimen::rules {

namespace {

bool charge(Run& run, const Value& list) { return run.step(list.list().size()); }

Value list_contains(Run& run, Arguments a) {
    for (auto& item : a[0].list()) {
        if (!run.step(std::min(item.weight(), a[1].weight()))) return {};
        if (same_value(item, a[1])) return Value::boolean(true);
    }
    return Value::boolean(false);
}

Value count(Run&, Arguments a) { return Value::number(int64_t(a[0].list().size())); }

Value extreme(Run& run, const Value& list, int wanted) {
    if (!charge(run, list) || list.list().empty()) return {};
    const Value* best = nullptr;
    for (auto& item : list.list()) {
        if (!run.step(item.weight())) return {};
        auto c = compare(item, best ? *best : item);
        if (!c) return run.null("the items of a list have no common order", "列表各项无法排序");
        if (!best || *c == wanted) best = &item;
    }
    return *best;
}
Value min(Run& run, Arguments a) { return extreme(run, a[0], -1); }
Value max(Run& run, Arguments a) { return extreme(run, a[0], 1); }

// all() and any(): Kleene's and, or over the list.
Value decided(Run& run, const Value& list, bool by) {
    if (!charge(run, list)) return {};
    bool unknown = false;
    for (auto& item : list.list()) {
        if (!item.is(Kind::boolean))
            unknown = true;
        else if (item.boolean() == by)
            return item;
    }
    return unknown ? run.null("a list holds what is neither true nor false", "列表中有非布尔值") : Value::boolean(!by);
}
Value all(Run& run, Arguments a) { return decided(run, a[0], false); }
Value any(Run& run, Arguments a) { return decided(run, a[0], true); }

Value negation_of(Run&, Arguments a) { return Value::boolean(!a[0].boolean()); }

Value index_of(Run& run, Arguments a) {
    std::vector<Value> out;
    for (size_t i = 0; i < a[0].list().size(); ++i) {
        auto& item = a[0].list()[i];
        if (!run.step(std::min(item.weight(), a[1].weight()))) return {};
        if (same_value(item, a[1])) out.push_back(Value::number(int64_t(i + 1)));
    }
    return run.list(std::move(out));
}

Value is(Run& run, Arguments a) {
    if (!run.step(std::min(a[0].weight(), a[1].weight()))) return {};
    return Value::boolean(identical(a[0], a[1]));
}

}  // namespace

std::span<const Definition> list_builtins() {
    static constexpr Definition functions[] = {
        {"list contains", "list:l, element:a", list_contains},
        {"count", "list:l", count},
        {"min", "list:l...", min},
        {"max", "list:l...", max},
        {"all", "list:l...", all},
        {"any", "list:l...", any},
        {"and", "list:l...", all},
        {"or", "list:l...", any},
        {"not", "negand:b", negation_of},
        {"index of", "list:l, match:a", index_of},
        {"is", "value1:a, value2:a", is},
    };
    return functions;
}

}  // namespace yimen::rules
