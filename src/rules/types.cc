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

bool function_conforms(const FunctionValue& f, const Type& t) {
    // A type written as just "function" asks for nothing more.
    if (!t.result && t.parameters.empty()) return true;
    if (!f.takes(t.parameters.size())) return false;
    auto wider = [](const Type* given, const Type* wanted) {
        given = structure(given), wanted = structure(wanted);
        return !given || !wanted || given->kind == K::any || wanted->kind == K::any || given->kind == wanted->kind;
    };
    for (size_t i = 0; i < t.parameters.size() && i < f.parameters.size(); ++i)
        if (!wider(t.parameters[i], f.parameters[i].type)) return false;
    return wider(f.result, t.result);
}

bool same_kind(Kind kind, K wanted) {
    static constexpr K kinds[] = {K::null, K::boolean, K::number, K::date, K::months, K::duration, K::string, K::time, K::date_time, K::range, K::list, K::context, K::function};
    return kinds[size_t(kind)] == wanted;
}

bool allowed(Run& run, const Value& value, const Type& type) {
    Frame frame(run, type.slots);
    frame.slots[0] = value;
    return type.allowed->eval(frame).is_true();
}

bool structure_conforms(Run& run, const Value& value, const Type& t, bool constraints) {
    if (value.is(Kind::list)) return std::ranges::all_of(value.list(), [&](auto& item) { return conforms(run, item, t.element, constraints); });
    if (value.is(Kind::range)) return conforms(run, value.range().low, t.element, constraints) && conforms(run, value.range().high, t.element, constraints);
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
