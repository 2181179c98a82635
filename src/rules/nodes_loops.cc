#include "rules/nodes.h"

// for, some, every.
namespace yimen::rules {

namespace {

// The values from one end to the other, upwards or downwards; days for dates.
bool walk(Run& run, const Value& from, const Value& to, const std::function<bool(Value)>& visit) {
    auto step = [&](int64_t a, int64_t b, auto&& make) {
        for (int64_t i = a;; i += a <= b ? 1 : -1) {
            if (!run.step() || !visit(make(i))) return false;
            if (i == b) return true;
        }
    };
    if (from.is(Kind::number) && to.is(Kind::number)) {
        auto a = from.number().integer(), b = to.number().integer();
        if (a && b) return step(*a, *b, [](int64_t i) { return Value::number(i); });
    } else if (from.is(Kind::date) && to.is(Kind::date)) {
        return step(days_since_1970(from.date()), days_since_1970(to.date()),
                    [](int64_t i) { return Value::date(date_of_days(i).value_or(CivilDate{})); });
    }
    run.null("this range cannot be walked through", "该区间无法逐一遍历");
    return false;
}

// From a range value: its ends as far as they are included.
bool walk(Run& run, const RangeValue& r, const std::function<bool(Value)>& visit) {
    auto low = r.low, high = r.high;
    auto moved = [](const Value& v, int by) {
        if (v.is(Kind::number)) return Value::number(v.number() + Decimal(by));
        if (!v.is(Kind::date)) return v;
        auto day = date_of_days(days_since_1970(v.date()) + by);
        return day ? Value::date(*day) : Value();
    };
    if (!r.low_included) low = moved(low, 1);
    if (!r.high_included) high = moved(high, -1);
    if (auto c = compare(low, high); c && *c > 0) return true;
    return walk(run, low, high, visit);
}

// Runs `body` with each combination of the iterators' values in their slots, until it says no. False when a domain is none.
bool turn(Frame& f, const std::vector<Iterator>& iterators, size_t depth, const std::function<bool()>& body, bool& going) {
    if (depth == iterators.size()) {
        going = f.run.step() && body();
        return true;
    }
    auto& it = iterators[depth];
    auto visit = [&](Value v) {
        f.slots[it.slot] = std::move(v);
        return turn(f, iterators, depth + 1, body, going) && going;
    };
    auto domain = it.domain->eval(f);
    if (it.end) {
        auto end = it.end->eval(f);
        return walk(f.run, domain, end, visit) || !going;
    }
    if (domain.null()) {
        f.run.null("null is walked through", "对空值进行遍历");
        return false;
    }
    if (domain.is(Kind::range)) return walk(f.run, domain.range(), visit) || !going;
    if (!domain.is(Kind::list)) return visit(domain) || !going;
    for (auto& item : domain.list()) {
        if (!f.run.step()) return false;
        if (!visit(item)) return !going;
    }
    return true;
}

struct Loop final : Node {
    Loop(std::vector<Iterator> i, NodeP b, std::optional<size_t> p) : iterators(std::move(i)), body(std::move(b)), partial(p) {}
    Value eval(Frame& f) const override {
        if (f.run.deep()) return {};
        std::vector<Value> out;
        bool going = true;
        bool well = turn(
            f, iterators, 0,
            [&] {
                if (partial) f.slots[*partial] = f.run.list(out);
                out.push_back(body->eval(f));
                return f.run.room(sizeof(Value));
            },
            going);
        if (!well || f.run.stopped) return {};
        return f.run.list(std::move(out));
    }
    std::vector<Iterator> iterators;
    NodeP body;
    std::optional<size_t> partial;
};

struct Quantified final : Node {
    Quantified(bool s, std::vector<Iterator> i, NodeP c) : some(s), iterators(std::move(i)), condition(std::move(c)) {}
    Value eval(Frame& f) const override {
        if (f.run.deep()) return {};
        bool going = true, unknown = false, decided = false;
        bool well = turn(
            f, iterators, 0,
            [&] {
                auto v = condition->eval(f);
                if (!v.is(Kind::boolean))
                    unknown = true;
                else if (v.boolean() == some)
                    decided = true;
                return !decided;
            },
            going);
        if (!well || f.run.stopped) return {};
        if (decided) return Value::boolean(some);
        return unknown ? Value() : Value::boolean(!some);
    }
    bool some;
    std::vector<Iterator> iterators;
    NodeP condition;
};

}  // namespace

NodeP loop(std::vector<Iterator> i, NodeP body, std::optional<size_t> partial) {
    return std::make_unique<Loop>(std::move(i), std::move(body), partial);
}
NodeP quantified(bool some, std::vector<Iterator> i, NodeP condition) {
    return std::make_unique<Quantified>(some, std::move(i), std::move(condition));
}

}  // namespace yimen::rules
