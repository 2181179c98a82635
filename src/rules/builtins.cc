#include "rules/builtins.h"

#include "rules/types.h"

namespace yimen::rules {

Form::Form(std::string_view written, Implementation i) : implementation(i) {
    if (written.ends_with("...")) many = true, written.remove_suffix(3);
    if (written.ends_with("*")) many = each = true, written.remove_suffix(1);
    while (!written.empty()) {
        auto comma = written.find(", ");
        auto one = written.substr(0, comma);
        bool optional = one.ends_with('?');
        if (optional) one.remove_suffix(1);
        auto colon = one.find(':');
        parameters.push_back({name_of(one.substr(0, colon)), one[colon + 1], optional});
        written = comma == written.npos ? "" : written.substr(comma + 2);
    }
}

bool Form::takes(size_t n) const {
    if (many) return n >= 1;
    return n <= parameters.size() && (n == parameters.size() || parameters[n].optional);
}

namespace {

bool fits(char type, Kind kind) {
    switch (type) {
        case 'a':
            return true;
        case 'e':
            return kind != Kind::null;
        case 'b':
            return kind == Kind::boolean;
        case 'n':
            return kind == Kind::number;
        case 's':
            return kind == Kind::string;
        case 'l':
            return kind == Kind::list;
        case 'c':
            return kind == Kind::context;
        case 'f':
            return kind == Kind::function;
        case 'r':
            return kind == Kind::range;
        case 'd':
            return kind == Kind::date;
        case 't':
            return kind == Kind::time;
        case 'x':
            return kind == Kind::date_time;
        case 'y':
            return kind == Kind::date || kind == Kind::date_time;
        case 'm':
            return kind == Kind::months;
        case 'p':
            return kind == Kind::duration;
        default:
            return false;
    }
}

// Why an argument may stand where another type is asked for.
enum class Fit { no, as_is, its_item, as_list, at_midnight };

Fit fit(char type, const Value& v) {
    if (fits(type, v.kind())) return Fit::as_is;
    if (type == 'l') return v.null() ? Fit::no : Fit::as_list;
    if (v.is(Kind::list) && v.list().size() == 1 && fits(type, v.list()[0].kind())) return Fit::its_item;
    if (type == 'x' && v.is(Kind::date)) return Fit::at_midnight;
    return Fit::no;
}

void convert(Run& run, Fit how, Value& v) {
    switch (how) {
        case Fit::its_item:
            v = Value(v.list()[0]);
            break;
        case Fit::as_list:
            v = run.list({v});
            break;
        case Fit::at_midnight:
            v = converted(run, std::move(v), built_in_type("date and time"));
            break;
        default:
            break;
    }
}

// The arguments of functions like max(1, 2, 3), which also take one list.
Value call_many(Run& run, const Form& form, std::span<Value> arguments) {
    Value list;
    if (arguments.size() == 1 && !form.each) {
        if (!fits('l', arguments[0].kind())) {
            if (arguments[0].null() && form.parameters[0].type == 'l') return run.null("null is no list", "空值不是列表");
            list = run.list({arguments[0]});
        } else {
            list = std::move(arguments[0]);
        }
    } else {
        list = run.list(std::vector<Value>(arguments.begin(), arguments.end()));
    }
    if (run.stopped) return {};
    return form.implementation(run, {&list, 1});
}

bool try_form(Run& run, const Form& form, std::span<Value> arguments, Value& out) {
    if (form.many) {
        out = call_many(run, form, arguments);
        return true;
    }
    std::array<Fit, 8> how{};
    std::array<Value, 8> given;
    if (form.parameters.size() > given.size()) return false;
    for (size_t i = 0; i < form.parameters.size(); ++i) {
        auto& p = form.parameters[i];
        if (i < arguments.size()) how[i] = fit(p.type, arguments[i]);
        bool missing = i >= arguments.size() || arguments[i].null();
        if (how[i] == Fit::no && !(missing && p.optional)) return false;
    }
    for (size_t i = 0; i < arguments.size(); ++i) {
        given[i] = std::move(arguments[i]);
        convert(run, how[i], given[i]);
    }
    out = form.implementation(run, {given.data(), form.parameters.size()});
    return true;
}

}  // namespace

namespace {

// A call costs what there is to look at.
bool charged(Run& run, std::span<Value> arguments) {
    uint64_t weight = 0;
    for (auto& a : arguments) weight += a.weight();
    return run.step(1 + weight / 64);
}

}  // namespace

Value Builtin::call(Run& run, std::span<Value> arguments) const {
    if (!charged(run, arguments)) return {};
    Value out;
    for (auto& form : forms)
        if (form.takes(arguments.size()) && try_form(run, form, arguments, out)) return out;
    return run.null(fmt::format("{}() does not take these arguments", name), fmt::format("{}() 不接受这些参数", name));
}

Value Builtin::call_named(Run& run, std::span<const Name> names, std::span<Value> arguments) const {
    if (!charged(run, arguments)) return {};
    Value out;
    for (auto& form : forms) {
        std::vector<Value> ordered(form.parameters.size());
        bool known = true;
        for (size_t i = 0; i < names.size() && known; ++i) {
            auto found = std::ranges::find_if(form.parameters, [&](auto& p) { return same(p.name, names[i]); });
            known = found != form.parameters.end();
            if (known) ordered[size_t(found - form.parameters.begin())] = arguments[i];
        }
        if (!known) continue;
        if (try_form(run, form, ordered, out)) return out;
    }
    return run.null(fmt::format("{}() does not take these arguments", name), fmt::format("{}() 不接受这些参数", name));
}

bool Builtin::takes(size_t n) const {
    return std::ranges::any_of(forms, [&](auto& form) { return form.takes(n); });
}

namespace {

using Table = std::map<std::string, Ref<Builtin>, std::less<>>;

const Table& table() {
    static const Table all = [] {
        std::map<std::string, Builtin*, std::less<>> made;
        for (auto chapter : {conversion_builtins(), string_builtins(), pattern_builtins(), list_builtins(), list_change_builtins(),
                             number_builtins(), statistic_builtins(), temporal_builtins(), range_builtins(), context_builtins()})
            for (auto& d : chapter) {
                auto*& fn = made[std::string(d.name)];
                if (!fn) fn = new Builtin, fn->name = d.name;
                fn->forms.emplace_back(d.parameters, d.implementation);
                fn->pure = d.name != "now" && d.name != "today" && d.name != "sort";
            }
        Table out;
        for (auto& [name, fn] : made) {
            // As a value a function shows the parameters of its longest form.
            auto& longest = *std::ranges::max_element(fn->forms, {}, [](auto& f) { return f.parameters.size(); });
            for (auto& p : longest.parameters) fn->parameters.push_back({p.name, nullptr});
            out.emplace(name, Ref<Builtin>(fn));
        }
        return out;
    }();
    return all;
}

}  // namespace

const Builtin* builtin(std::string_view name) {
    auto found = table().find(name);
    return found == table().end() ? nullptr : found->second.get();
}

const std::vector<std::string>& builtin_names() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> out;
        for (auto& [name, _] : table()) out.push_back(name);
        std::ranges::stable_sort(out, std::greater<>{}, [](auto& n) { return n.size(); });
        return out;
    }();
    return names;
}

}  // namespace yimen::rules
