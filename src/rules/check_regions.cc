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
Value between(const Value& a, const Value& b, bool whole) {
    switch (a.kind()) {
        case Kind::number: {
            if (!whole) return Value::number((a.number() + b.number()) / Decimal(2));
            auto next = a.number().round(0, Rounding::floor) + Decimal(1);
            return next < b.number() ? Value::number(next) : Value();
        }
        case Kind::months:
            return b.months() - a.months() > 1 ? Value::months(a.months() + 1) : Value();
        case Kind::duration:
            return Value::duration((a.duration() + b.duration()) / 2);
        case Kind::date: {
            auto day = date_of_days(days_since_1970(a.date()) + 1);
            return day && *day < b.date() ? Value::date(*day) : Value();
        }
        case Kind::string:
            return Value::string(a.string() + '\x01');
        default:
            return {};
    }
}

Value beyond(const Value& v, int direction) {
    switch (v.kind()) {
        case Kind::number:
            return Value::number(v.number() + Decimal(direction));
        case Kind::months:
            return Value::months(v.months() + direction);
        case Kind::duration:
            return Value::duration(v.duration() + direction * whole_day);
        case Kind::date: {
            auto day = date_of_days(days_since_1970(v.date()) + direction);
            return day ? Value::date(*day) : Value();
        }
        case Kind::string:
            return direction > 0 ? Value::string(v.string() + '\x01') : Value();
        default:
            return {};
    }
}

std::string quoted(const Value& v) { return v.is(Kind::string) ? '"' + v.text() + '"' : v.text(); }

// Nothing where the domain has no such value.
Value within(Value v, const Domain* domain) {
    if (!domain || !v.is(Kind::number)) return v;
    if (domain->whole && !v.number().whole()) return {};
    return domain->low && v.number() < *domain->low ? Value() : v;
}

// Something below the first point.
Value below(const Value& first, const Domain* domain) {
    if (!domain || !first.is(Kind::number)) return beyond(first, -1);
    if (domain->low) return *domain->low < first.number() ? Value::number(*domain->low) : Value();
    return beyond(domain->whole ? Value::number(first.number().round(0, Rounding::ceiling)) : first, -1);
}

Value above(const Value& last, const Domain* domain) {
    const bool whole = domain && domain->whole && last.is(Kind::number);
    return within(beyond(whole ? Value::number(last.number().round(0, Rounding::floor)) : last, 1), domain);
}

std::vector<Sample> of_ordered(std::vector<Value> points, const Domain* domain) {
    std::vector<Sample> out;
    auto less = [](const Value& a, const Value& b) { return compare(a, b).value_or(0) < 0; };
    std::ranges::sort(points, less);
    auto last = std::ranges::unique(points, same_value);
    points.erase(last.begin(), last.end());
    auto add = [&](Value v, std::string text) {
        if (!v.null()) out.push_back({std::move(v), std::move(text)});
    };
    const bool whole = domain && domain->whole;
    add(below(points.front(), domain), "< " + quoted(points.front()));
    for (size_t i = 0; i < points.size(); ++i) {
        add(within(points[i], domain), quoted(points[i]));
        if (i + 1 < points.size())
            add(within(between(points[i], points[i + 1], whole), domain),
                fmt::format("({}..{})", quoted(points[i]), quoted(points[i + 1])));
    }
    add(above(points.back(), domain), "> " + quoted(points.back()));
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

std::vector<Sample> samples(const std::vector<Value>& points, bool ranges, const Domain* domain) {
    if (domain && !domain->values.empty()) {
        std::vector<Sample> all;
        for (auto& v : domain->values) all.push_back({v, quoted(v)});
        return all;
    }
    if (std::ranges::any_of(points, [&](auto& p) { return p.kind() != points[0].kind(); })) return {};
    switch (points[0].kind()) {
        case Kind::boolean:
            return {{Value::boolean(true), "true"}, {Value::boolean(false), "false"}};
        case Kind::string:
            return ranges ? of_ordered(points, domain) : of_words(points);
        case Kind::number:
        case Kind::months:
        case Kind::duration:
        case Kind::date:
            return of_ordered(points, domain);
        default:
            return {};
    }
}

}  // namespace

std::optional<std::vector<Value>> points_of(const Table::Column& column) {
    std::vector<Value> constants, points;
    for (auto& cell : column.cells)
        if (!cell->tested_by(constants)) return std::nullopt;
    for (auto& c : constants)
        if (!gather(c, points)) return std::nullopt;
    return points;
}

std::vector<Region> regions_of(const Table& table, const Table::Column& column, std::span<const Domain> domains) {
    auto found = std::ranges::find(domains, column.input, &Domain::input);
    auto* domain = found == domains.end() ? nullptr : &*found;
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
    for (auto& sample : samples(points, ranges, domain)) {
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
