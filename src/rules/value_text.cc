#include "rules/objects.h"

namespace yimen::rules {

namespace {

void write(const Value&, std::string& out, bool quoted);

void write_quoted(const std::string& text, std::string& out) {
    out += '"';
    for (char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    out += '"';
}

void write_end(const Value& end, std::string& out) {
    auto temporal = end.is(Kind::date) || end.is(Kind::time) || end.is(Kind::date_time) || end.is(Kind::months) || end.is(Kind::duration);
    if (!temporal) return write(end, out, true);
    out += "@\"";
    write(end, out, false);
    out += '"';
}

void write_range(const RangeValue& r, std::string& out) {
    if (r.written == RangeValue::Written::different) {
        out += "!=";
        return write_end(r.low, out);
    }
    if (r.low.null() != r.high.null()) {
        out += r.low.null() ? (r.high_included ? "<=" : "<") : (r.low_included ? ">=" : ">");
        return write_end(r.low.null() ? r.high : r.low, out);
    }
    if (r.written == RangeValue::Written::comparison) {
        out += "=";
        return write_end(r.low, out);
    }
    out += r.low_included ? '[' : '(';
    write_end(r.low, out);
    out += "..";
    write_end(r.high, out);
    out += r.high_included ? ']' : ')';
}

void write_members(const Value& value, std::string& out) {
    out += '{';
    bool first = true;
    for (auto& [name, member] : value.context()) {
        if (!std::exchange(first, false)) out += ", ";
        auto plain = name->text.find_first_of(":,{}\"") == std::string::npos;
        if (plain)
            out += name->text;
        else
            write_quoted(name->text, out);
        out += ": ";
        write(member, out, true);
    }
    out += '}';
}

void write(const Value& value, std::string& out, bool quoted) {
    switch (value.kind()) {
        case Kind::null:
            out += "null";
            return;
        case Kind::boolean:
            out += value.boolean() ? "true" : "false";
            return;
        case Kind::number:
            out += value.number().text();
            return;
        case Kind::date:
            out += text_of(value.date());
            return;
        case Kind::months:
            out += text_of_months(value.months());
            return;
        case Kind::duration:
            out += text_of_duration(value.duration());
            return;
        case Kind::time:
            out += text_of_time(value.moment());
            return;
        case Kind::date_time:
            out += text_of_date_time(value.moment());
            return;
        case Kind::range:
            return write_range(value.range(), out);
        case Kind::context:
            return write_members(value, out);
        case Kind::function:
            out += "function";
            return;
        case Kind::string:
            if (quoted)
                write_quoted(value.string(), out);
            else
                out += value.string();
            return;
        case Kind::list:
            break;
    }
    out += '[';
    bool first = true;
    for (auto& item : value.list()) {
        if (!std::exchange(first, false)) out += ", ";
        write(item, out, true);
    }
    out += ']';
}

}  // namespace

std::string Value::text() const {
    std::string out;
    write(*this, out, false);
    return out;
}

}  // namespace yimen::rules
