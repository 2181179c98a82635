#include "rules/builtins.h"

// DMN 1.5, 10.3.4.12: context functions.
namespace yimen::rules {

namespace {

Value get_value(Run&, Arguments a) {
    auto* found = a[0].member(a[1].string());
    return found ? *found : Value();
}

Value get_entries(Run& run, Arguments a) {
    static const Name key = name_of("key"), value = name_of("value");
    std::vector<Value> out;
    for (auto& [name, member] : a[0].context()) {
        if (!run.step()) return {};
        out.push_back(run.context({{key, Value::string(name)}, {value, member}}));
    }
    return run.list(std::move(out));
}

// One key for each member: nothing when a name is missing or twice there.
Value from_entries(Run& run, Arguments a) {
    Members out;
    std::set<std::string, std::less<>> seen;
    for (auto& entry : a[0].list()) {
        auto* key = entry.is(Kind::context) ? entry.member("key") : nullptr;
        auto* value = entry.is(Kind::context) ? entry.member("value") : nullptr;
        if (!run.step()) return {};
        if (!key || !value || !key->is(Kind::string))
            return run.null("context() takes entries of key and value", "context() 的各项须有 key 和 value");
        if (!seen.insert(key->string()).second) return run.null("context() is given a key twice", "context() 的键重复");
        out.emplace_back(name_of(key->string()), *value);
    }
    return run.context(std::move(out));
}

void put(Members& members, const Name& name, const Value& value) {
    for (auto& [key, member] : members)
        if (same(key, name)) return void(member = value);
    members.emplace_back(name, value);
}

Value context_put(Run& run, Arguments a) {
    if (!run.step(a[0].context().size())) return {};
    Members out = a[0].context();
    put(out, name_of(a[1].string()), a[2]);
    return run.context(std::move(out));
}

Value put_at(Run& run, const Value& at, std::span<const Value> keys, const Value& value) {
    if (!keys[0].is(Kind::string) || !run.step() || run.deep())
        return run.null("context put() takes names as keys", "context put() 的键须为文本");
    if (!at.null() && !at.is(Kind::context))
        return run.null("context put() goes into what is no context", "context put() 的路径不是上下文");
    Members out = at.null() ? Members() : at.context();
    auto name = name_of(keys[0].string());
    if (keys.size() == 1) {
        put(out, name, value);
        return run.context(std::move(out));
    }
    auto* inner = at.null() ? nullptr : at.member(name);
    if (!inner) return run.null("context put() finds no such key", "context put() 没有该键");
    auto changed = put_at(run, *inner, keys.subspan(1), value);
    if (changed.null()) return changed;
    put(out, name, changed);
    return run.context(std::move(out));
}
Value context_put_at(Run& run, Arguments a) {
    if (a[1].list().empty()) return run.null("context put() needs a key", "context put() 需要键");
    return put_at(run, a[0], a[1].list(), a[2]);
}

Value context_merge(Run& run, Arguments a) {
    Members out;
    for (auto& one : a[0].list()) {
        if (!one.is(Kind::context)) return run.null("context merge() takes contexts only", "context merge() 只接受上下文");
        for (auto& [name, value] : one.context()) {
            if (!run.step(out.size() + 1)) return {};
            put(out, name, value);
        }
    }
    return run.context(std::move(out));
}

}  // namespace

std::span<const Definition> context_builtins() {
    static constexpr Definition all[] = {
        {"get value", "m:c, key:s", get_value},
        {"get entries", "m:c", get_entries},
        {"context", "entries:l", from_entries},
        {"context put", "context:c, key:s, value:a", context_put},
        {"context put", "context:c, keys:l, value:a", context_put_at},
        {"context merge", "contexts:l", context_merge},
    };
    return all;
}

}  // namespace yimen::rules
