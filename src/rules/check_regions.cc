#include "rules/check.h"
#include "rules/temporal.h"

namespace yimen::rules {

namespace {

// The values at which anything changes: what cells name, and the ends of their ranges.
bool gather(const Value& constant, std::vector<Value>& out) {
    if (constant.is(Kind::list)) return std::ranges::all_of(constant.list(), [&](auto& one) { return gather(one, out); });
    if (constant.is(Kind::range)) {
        for (auto* end : {&constant.range().low, &constant.range().high})
            if (!end->null()) out.push_back(*end);
        return true;
    }
    if (constant.is(Kind::context) || constant.is(Kind::function)) return false;
    if (!constant.null()) out.push_back(constant);
    return true;
}

struct Sample {
    Value value;
    std::string text;
};

// Something between two neighbours; null when there is nothing.
Value between(const Value& a, const Value& b) {
    switch (a.kind()) {
        case Kind::number: return Value::number((a.number() + b.number()) / Decimal(2));
        case Kind::months: return b.months() - a.months() > 1 ? Value::months(a.months() + 1) : Value();
        case Kind::duration: return Value::duration((a.duration() + b.duration()) / 2);
        case Kind::date: {
            auto day = date_of_days(days_since_1970(a.date()) + 1);
            return day && *day < b.date() ? Value::date(*day) : Value();
        }
        case Kind::string: return Value::string(a.string() + '\x01');
        default: return {};
    }
}

Value beyond(const Value& v, int direction) {
    switch (v.kind()) {
        case Kind::number: return Value::number(v.number() + Decimal(direction));
        case Kind::months: return Value::months(v.months() + direction);
        case Kind::duration: return Value::duration(v.duration() + direction * whole_day);
        case Kind::date: {
            auto day = date_of_days(days_since_1970(v.date()) + direction);
            return day ? Value::date(*day) : Value();
        }
        case Kind::string: return direction > 0 ? Value::string(v.string() + '\x01') : Value();
        default: return {};
    }
}

std::string quoted(const Value& v) { return v.is(Kind::string) ? '"' + v.text() + '"' : v.text(); }

std::vector<Sample> of_ordered(std::vector<Value> points) {
    std::vector<Sample> out;
    auto less = [](const Value& a, const Value& b) { return compare(a, b).value_or(0) < 0; };
    std::ranges::sort(points, less);
    auto last = std::ranges::unique(points, same_value);
    points.erase(last.begin(), last.end());
    auto add = [&](Value v, std::string text) {
        if (!v.null()) out.push_back({std::move(v), std::move(text)});
    };
    add(beyond(points.front(), -1), "< " + quoted(points.front()));
    for (size_t i = 0; i < points.size(); ++i) {
        add(points[i], quoted(points[i]));
        if (i + 1 < points.size()) add(between(points[i], points[i + 1]), fmt::format("({}..{})", quoted(points[i]), quoted(points[i + 1])));
    }
    add(beyond(points.back(), 1), "> " + quoted(points.back()));
    return out;
}

// Words have no neighbours that matter unless a range is among the cells.
std::vector<Sample> of_words(const std::vector<Value>& points) {
    std::vector<Sample> out;
    std::string other = "\x02";
    for (auto& p : points)
        if (std::ranges::none_of(out, [&](auto& s) { return same_value(s.value, p); })) out.push_back({p, quoted(p)});
    out.push_back({Value::string(other), "other"});
    return out;
}

std::vector<Sample> samples(const std::vector<Value>& points, bool ranges) {
    if (std::ranges::any_of(points, [&](auto& p) { return p.kind() != points[0].kind(); })) return {};
    switch (points[0].kind()) {
        case Kind::boolean: return {{Value::boolean(true), "true"}, {Value::boolean(false), "false"}};
        case Kind::string: return ranges ? of_ordered(points) : of_words(points);
        case Kind::number: case Kind::months: case Kind::duration: case Kind::date: return of_ordered(points);
        default: return {};
    }
}

}  // namespace

std::vector<Region> regions_of(const Table& table, const Table::Column& column) {
    std::vector<Value> constants, points;
    for (auto& cell : column.cells)
        if (!cell->tested_by(constants)) return {};
    if (column.allowed && !column.allowed->tested_by(constants)) return {};
    bool ranges = std::ranges::any_of(constants, [](auto& c) { return c.is(Kind::range); });
    for (auto& c : constants)
        if (!gather(c, points)) return {};
    std::vector<Region> out;
    if (points.empty()) return {{"", std::vector<bool>(table.rules.size(), true)}};
    Run run(nullptr, Limits{}, Instant{});
    Frame frame(run, column.slot + 1);
    for (auto& sample : samples(points, ranges)) {
        frame.slots[column.slot] = sample.value;
        if (column.allowed && !column.allowed->eval(frame).is_true()) continue;
        std::vector<bool> fit;
        for (auto& cell : column.cells) fit.push_back(cell->eval(frame).is_true());
        Region region{sample.text, {}};
        auto c = size_t(&column - table.columns.data());
        for (auto& rule : table.rules) region.rules.push_back(rule.cells[c] < 0 || fit[size_t(rule.cells[c])]);
        out.push_back(std::move(region));
    }
    return out;
}

}  // namespace yimen::rules
