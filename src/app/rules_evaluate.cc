#include <boost/json.hpp>
#include <iostream>

#include "app/commands.h"
#include "base/clock.h"
#include "rules/rules.h"
#include "rules/temporal.h"

namespace yimen::app {

namespace {

namespace json = boost::json;
using rules::Kind;
using rules::Value;

constexpr size_t longest_line = 1 << 20;

std::optional<rules::Decimal> number_of(const json::value& v) {
    if (v.is_int64()) return rules::Decimal(v.get_int64());
    return rules::Decimal::parse(v.is_uint64() ? std::to_string(v.get_uint64()) : fmt::format("{}", v.get_double()));
}

// JSON as FEEL sees it. The reader of JSON has bounded how deep it is.
Value feel_of(const json::value& v) {
    if (v.is_bool()) return Value::boolean(v.get_bool());
    if (v.is_string()) return Value::string(std::string(v.get_string()));
    if (v.is_number()) {
        auto number = number_of(v);
        return number ? Value::number(*number) : Value();
    }
    if (v.is_array()) {
        std::vector<Value> items;
        for (auto& item : v.get_array()) items.push_back(feel_of(item));
        return Value::list(std::move(items));
    }
    rules::Members members;
    if (v.is_object())
        for (auto& [key, member] : v.get_object()) members.emplace_back(rules::name_of(key), feel_of(member));
    return v.is_object() ? Value::context(std::move(members)) : Value();
}

std::string_view name_of_kind(Kind kind) {
    switch (kind) {
        case Kind::null:
            return "null";
        case Kind::boolean:
            return "boolean";
        case Kind::number:
            return "number";
        case Kind::date:
            return "date";
        case Kind::months:
            return "years and months duration";
        case Kind::duration:
            return "days and time duration";
        case Kind::string:
            return "string";
        case Kind::time:
            return "time";
        case Kind::date_time:
            return "date and time";
        case Kind::range:
            return "range";
        case Kind::list:
            return "list";
        case Kind::context:
            return "context";
        case Kind::function:
            return "function";
    }
    return "";
}

// Written by hand, because a number keeps all of its 34 digits. What JSON has no type for is {"type": "date", "text": "2026-11-24"}.
void write(const Value& v, std::string& out) {
    auto quoted = [](std::string_view text) { return json::serialize(json::string(text)); };
    auto separated = [&, first = true]() mutable {
        if (!std::exchange(first, false)) out += ',';
    };
    switch (v.kind()) {
        case Kind::null:
        case Kind::boolean:
        case Kind::number:
            out += v.text();
            return;
        case Kind::string:
            out += quoted(v.string());
            return;
        case Kind::list:
            out += '[';
            for (auto& item : v.list()) separated(), write(item, out);
            out += ']';
            return;
        case Kind::context:
            out += '{';
            for (auto& [name, member] : v.context()) separated(), out += quoted(name->text) + ":", write(member, out);
            out += '}';
            return;
        default:
            out += fmt::format(R"({{"type":"{}","text":{}}})", name_of_kind(v.kind()), quoted(v.text()));
    }
}

struct NoRequest {
    std::string why;
};

// The names of the context with their values; what a unary test tests comes last.
void read_context(const json::value& context, bool tests, std::vector<std::string>& names, std::vector<Value>& values) {
    if (!context.is_object()) throw NoRequest{"the context is no object"};
    for (auto& [name, value] : context.get_object())
        if (!tests || name != "?") names.emplace_back(name), values.push_back(feel_of(value));
    if (!tests) return;
    auto* tested = context.get_object().if_contains("?");
    values.push_back(tested ? feel_of(*tested) : Value());
}

std::string answer(std::string_view line, const rules::Model::Asked& how) {
    boost::system::error_code broken;
    auto asked = json::parse(line, broken);
    if (broken) throw NoRequest{"the line is no JSON: " + broken.message()};
    auto* object = asked.if_object();
    auto* text = object ? object->if_contains("expression") : nullptr;
    if (!text || !text->is_string()) throw NoRequest{"an object with an “expression” is expected"};
    auto* flag = object->if_contains("tests");
    bool tests = flag && flag->is_bool() && flag->get_bool();
    std::vector<std::string> names;
    std::vector<Value> values;
    auto* context = object->if_contains("context");
    read_context(context ? *context : json::value(json::object()), tests, names, values);
    auto read = tests ? rules::Expression::read_tests : rules::Expression::read;
    auto compiled = read(std::string_view(text->get_string()), names);
    if (!compiled) return json::serialize(json::object{{"fault", compiled.error().en}, {"position", compiled.error().position}});
    auto outcome = compiled->evaluate(values, how);
    std::string out = R"({"value":)";
    write(outcome.value, out);
    json::array notes;
    for (auto& note : outcome.notes) notes.emplace_back(note.en);
    return out + R"(,"notes":)" + json::serialize(notes) + (outcome.stopped ? R"(,"stopped":true})" : "}");
}

// One line without its end; longer ones are read past and refused. False at the end of the input.
bool next_line(std::istream& in, std::string& line) {
    line.clear();
    bool long_one = false;
    auto* bytes = in.rdbuf();
    for (int c; (c = bytes->sbumpc()) != EOF;) {
        if (c == '\n') {
            if (long_one) throw NoRequest{"the line is longer than a megabyte"};
            return true;
        }
        if (line.size() < longest_line)
            line += char(c);
        else
            long_one = true;
    }
    if (long_one) throw NoRequest{"the line is longer than a megabyte"};
    return !line.empty();
}

}  // namespace

int evaluate_rules() {
    std::ios::sync_with_stdio(false);
    rules::Model::Asked how;
    how.limits.bytes = 64 << 20;
    how.now = SystemClock().now();
    int code = 0;
    std::string line;
    for (;;) {
        try {
            if (!next_line(std::cin, line)) return code;
            std::cout << answer(line, how) << std::endl;
        } catch (const NoRequest& no) {
            std::cout << json::serialize(json::object{{"fault", "no request: " + no.why}}) << std::endl;
            code = 1;
        }
    }
}

}  // namespace yimen::app
