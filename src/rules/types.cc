#include "rules/types.h"

#include "rules/nodes.h"

namespace yimen::rules {

const Type* Type::member(std::string_view wanted) const {
    for (auto& [key, type] : members)
        if (key->text == wanted) return type;
    return nullptr;
}

namespace {

using K = Type::Kind;

const std::vector<std::pair<std::string_view, Type>>& table() {
    auto make = [](K kind, std::string name) {
        Type t;
        t.kind = kind;
        t.name = std::move(name);
        return t;
    };
    static const std::vector<std::pair<std::string_view, Type>> types = {
        {"years and months duration", make(K::months, "years and months duration")},
        {"days and time duration", make(K::duration, "days and time duration")},
        {"yearMonthDuration", make(K::months, "years and months duration")},
        {"dayTimeDuration", make(K::duration, "days and time duration")},
        {"date and time", make(K::date_time, "date and time")},
        {"dateTime", make(K::date_time, "date and time")},
        {"function", make(K::function, "function")},
        {"boolean", make(K::boolean, "boolean")},
        {"context", make(K::context, "context")},
        {"number", make(K::number, "number")},
        {"string", make(K::string, "string")},
        {"range", make(K::range, "range")},
        {"list", make(K::list, "list")},
        {"date", make(K::date, "date")},
        {"time", make(K::time, "time")},
        {"null", make(K::null, "null")},
        {"Null", make(K::null, "null")},
        {"Any", make(K::any, "Any")},
        {"any", make(K::any, "Any")},
    };
    return types;
}

// Conformance of types (10.3.2.9.2). Types that contain themselves agree as far as they are looked at.
bool type_conforms(const Type* given, const Type* wanted, int depth) {
    given = structure(given), wanted = structure(wanted);
    if (!wanted || wanted->kind == K::any || given == wanted || depth > 20) return true;
    if (!given || given->kind == K::any) return false;
    if (given->kind == K::null) return true;
    if (given->kind != wanted->kind) return false;
    auto inner = [&](const Type* g, const Type* w) { return type_conforms(g, w, depth + 1); };
    if (wanted->kind == K::list || wanted->kind == K::range) return inner(given->element, wanted->element);
    if (wanted->kind == K::context)
        return std::ranges::all_of(wanted->members, [&](auto& m) {
            auto found = std::ranges::find_if(given->members, [&](auto& g) { return same(g.first, m.first); });
            return found != given->members.end() && inner(found->second, m.second);
        });
    if (wanted->kind != K::function || (!wanted->result && wanted->parameters.empty())) return true;
    if (given->parameters.size() != wanted->parameters.size()) return false;
    for (size_t i = 0; i < wanted->parameters.size(); ++i)
        if (!inner(wanted->parameters[i], given->parameters[i])) return false;
    return inner(given->result, wanted->result);
}

bool function_conforms(const FunctionValue& f, const Type& t) {
    // A type written as just "function" asks for nothing more.
    if (!t.result && t.parameters.empty()) return true;
    if (!f.takes(t.parameters.size())) return false;
    for (size_t i = 0; i < t.parameters.size() && i < f.parameters.size(); ++i)
        if (!type_conforms(t.parameters[i], f.parameters[i].type, 0)) return false;
    // What is returned where no type is given is known only when it is called.
    return !structure(f.result) || type_conforms(f.result, t.result, 0);
}

bool same_kind(Kind kind, K wanted) {
    static constexpr K kinds[] = {K::null, K::boolean,   K::number, K::date, K::months,  K::duration, K::string,
                                  K::time, K::date_time, K::range,  K::list, K::context, K::function};
    return kinds[size_t(kind)] == wanted;
}

bool allowed(Run& run, const Value& value, const Type& type) {
    Frame frame(run, type.slots);
    frame.slots[0] = value;
    return type.allowed->eval(frame).is_true();
}

bool structure_conforms(Run& run, const Value& value, const Type& t, bool constraints) {
    if (value.is(Kind::list))
        return std::ranges::all_of(value.list(), [&](auto& item) { return conforms(run, item, t.element, constraints); });
    if (value.is(Kind::range))
        return conforms(run, value.range().low, t.element, constraints) && conforms(run, value.range().high, t.element, constraints);
    if (value.is(Kind::function)) return function_conforms(value.function(), t);
    if (!value.is(Kind::context)) return true;
    return std::ranges::all_of(t.members, [&](auto& member) {
        auto* found = value.member(member.first);
        return found && conforms(run, *found, member.second, constraints);
    });
}

}  // namespace

const Type* built_in_type(std::string_view name) {
    for (auto& [key, type] : table())
        if (key == name) return &type;
    return nullptr;
}

std::span<const std::string_view> built_in_type_names() {
    static const std::vector<std::string_view> names = [] {
        std::vector<std::string_view> out;
        for (auto& [key, _] : table()) out.push_back(key);
        return out;
    }();
    return names;
}

const Type* type_of_kind(Kind kind) {
    for (auto& [key, type] : table())
        if (same_kind(kind, type.kind)) return &type;
    return nullptr;
}

const Type* structure(const Type* type) {
    for (int i = 0; type && type->kind == K::any && type->base && i < 50; ++i) type = type->base;
    return type;
}

bool conforms(Run& run, const Value& value, const Type* type, bool constraints) {
    if (!type || value.null()) return true;
    if (run.deep()) return false;
    if (type->kind != K::any) {
        if (!same_kind(value.kind(), type->kind) || !structure_conforms(run, value, *type, constraints)) return false;
    }
    if (type->base && !conforms(run, value, type->base, constraints)) return false;
    return !constraints || !type->allowed || allowed(run, value, *type);
}

bool instance_of(Run& run, const Value& value, const Type* type) {
    if (value.null()) return type && type->kind == K::null;
    return conforms(run, value, type, false);
}

bool convert(Run& run, Value& value, const Type* type, bool constraints) {
    if (!type || value.null() || conforms(run, value, type, constraints)) return true;
    auto kind = structure(type)->kind;
    Value other;
    if (value.is(Kind::list) && value.list().size() == 1 && kind != K::list) {
        other = Value(value.list()[0]);
    } else if (kind == K::list && !value.is(Kind::list)) {
        other = run.list({value});
    } else if (kind == K::date_time && value.is(Kind::date)) {
        Moment m;
        m.date = value.date();
        m.has_offset = true;
        other = Value::date_time(m);
    }
    if (!other.null() && conforms(run, other, type, constraints)) return value = std::move(other), true;
    run.null(fmt::format("a value is not of type {}", type->name), fmt::format("值不符合类型 {}", type->name));
    return false;
}

Value converted(Run& run, Value value, const Type* type, bool constraints) {
    return convert(run, value, type, constraints) ? std::move(value) : Value();
}

}  // namespace yimen::rules
