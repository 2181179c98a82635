#include "rules/nodes.h"

// Arithmetic and comparison after DMN 1.5, tables 50 to 58.
namespace yimen::rules {

namespace {

bool is_duration(const Value& v) { return v.is(Kind::months) || v.is(Kind::duration); }

Value days(__int128 nanoseconds, Run& run) {
    constexpr __int128 limit = __int128(1) << 100;
    if (nanoseconds > limit || nanoseconds < -limit) return run.null("a duration is too long", "时长过大");
    return Value::duration(nanoseconds);
}

Value months(__int128 n, Run& run) {
    if (n > 24'000'000'000 || n < -24'000'000'000) return run.null("a duration is too long", "时长过大");
    return Value::months(int64_t(n));
}

// A day as its midnight, or the moment itself.
Moment moment_of(const Value& v) {
    if (!v.is(Kind::date)) return v.moment();
    Moment m;
    m.date = v.date();
    m.has_offset = true;
    return m;
}

Value shifted(Run& run, const Value& at, const Value& by, int sign) {
    auto wrong = [&] { return run.null("a date leaves the calendar", "日期超出历法范围"); };
    if (by.is(Kind::months)) {
        if (at.is(Kind::time)) return run.null("months cannot be added to a time", "时间不能加减年月");
        auto date = add_months(at.is(Kind::date) ? at.date() : at.moment().date, sign * by.months());
        if (!date) return wrong();
        if (at.is(Kind::date)) return Value::date(*date);
        auto m = at.moment();
        m.date = *date;
        return Value::date_time(m);
    }
    if (at.is(Kind::time)) {
        auto m = at.moment();
        auto rest = (m.nanoseconds + sign * (by.duration() % whole_day)) % whole_day;
        m.nanoseconds = int64_t(rest < 0 ? rest + whole_day : rest);
        return Value::time(m);
    }
    auto from = moment_of(at);
    auto to = moment_at(instant_of(from) + sign * by.duration(), from);
    if (!to) return wrong();
    return at.is(Kind::date) ? Value::date(to->date) : Value::date_time(*to);
}

Value add(Run& run, const Value& a, const Value& b) {
    if (a.is(Kind::string) && b.is(Kind::string)) return run.string(a.string() + b.string());
    if (a.is(Kind::months) && b.is(Kind::months)) return months(__int128(a.months()) + b.months(), run);
    if (a.is(Kind::duration) && b.is(Kind::duration)) return days(a.duration() + b.duration(), run);
    auto dated = [](const Value& v) { return v.is(Kind::date) || v.is(Kind::date_time) || v.is(Kind::time); };
    if (dated(a) && is_duration(b)) return shifted(run, a, b, 1);
    if (dated(b) && is_duration(a)) return shifted(run, b, a, 1);
    return run.null("these values cannot be added", "这些值不能相加");
}

Value subtract(Run& run, const Value& a, const Value& b) {
    if (a.is(Kind::months) && b.is(Kind::months)) return months(__int128(a.months()) - b.months(), run);
    if (a.is(Kind::duration) && b.is(Kind::duration)) return days(a.duration() - b.duration(), run);
    auto dated = [](const Value& v) { return v.is(Kind::date) || v.is(Kind::date_time); };
    if ((dated(a) || a.is(Kind::time)) && is_duration(b)) return shifted(run, a, b, -1);
    if (a.is(Kind::time) && b.is(Kind::time)) {
        if (a.moment().zoned() != b.moment().zoned()) return run.null("one of two times has no offset", "两个时间中有一个没有时区");
        return days(time_in_utc(a.moment()) - time_in_utc(b.moment()), run);
    }
    if (dated(a) && dated(b)) {
        auto x = moment_of(a), y = moment_of(b);
        if (x.zoned() != y.zoned()) return run.null("one of two moments has no offset", "两个时刻中有一个没有时区");
        return days(instant_of(x) - instant_of(y), run);
    }
    return run.null("these values cannot be subtracted", "这些值不能相减");
}

Value scaled(Run& run, const Value& duration, const Decimal& result) {
    auto whole = result.truncated();
    if (!whole) return run.null("a duration is too long", "时长过大");
    return duration.is(Kind::months) ? months(*whole, run) : days(*whole, run);
}

Decimal amount(const Value& duration) { return duration.is(Kind::months) ? Decimal(duration.months()) : Decimal(duration.duration()); }

Value multiply(Run& run, const Value& a, const Value& b) {
    if (is_duration(a) && b.is(Kind::number)) return scaled(run, a, amount(a) * b.number());
    if (is_duration(b) && a.is(Kind::number)) return scaled(run, b, amount(b) * a.number());
    return run.null("these values cannot be multiplied", "这些值不能相乘");
}

Value divide(Run& run, const Value& a, const Value& b) {
    if (b.is(Kind::number) && b.number().zero()) return run.null("division by zero", "除数为零");
    if (is_duration(a) && b.is(Kind::number)) return scaled(run, a, amount(a) / b.number());
    if (is_duration(a) && a.kind() == b.kind()) {
        if (amount(b).zero()) return run.null("division by zero", "除数为零");
        return Value::number(amount(a) / amount(b));
    }
    return run.null("these values cannot be divided", "这些值不能相除");
}

Value of_numbers(Run& run, Op op, const Decimal& a, const Decimal& b) {
    if (op == Op::divide && b.zero()) return run.null("division by zero", "除数为零");
    Value out;
    switch (op) {
        case Op::add:
            out = Value::number(a + b);
            break;
        case Op::subtract:
            out = Value::number(a - b);
            break;
        case Op::multiply:
            out = Value::number(a * b);
            break;
        case Op::divide:
            out = Value::number(a / b);
            break;
        default: {
            static const Decimal most(999'999'999);
            if (b.abs().compare(most) > 0) return run.null("an exponent is out of range", "指数超出范围");
            out = Value::number(a.power(b));
        }
    }
    return out.null() ? run.null("the result is not a number", "结果不是数") : out;
}

Value compute(Run& run, Op op, const Value& a, const Value& b) {
    if (a.is(Kind::number) && b.is(Kind::number)) return of_numbers(run, op, a.number(), b.number());
    switch (op) {
        case Op::add:
            return add(run, a, b);
        case Op::subtract:
            return subtract(run, a, b);
        case Op::multiply:
            return multiply(run, a, b);
        case Op::divide:
            return divide(run, a, b);
        default:
            return run.null("only numbers have powers", "只有数可以乘方");
    }
}

struct Arithmetic final : Node {
    Arithmetic(Op o, NodeP l, NodeP r) : op(o), left(std::move(l)), right(std::move(r)) {}
    Value eval(Frame& f) const override {
        if (f.run.deep()) return {};
        auto a = left->eval(f);
        return compute(f.run, op, a, right->eval(f));
    }
    Op op;
    NodeP left, right;
};

struct Negation final : Node {
    explicit Negation(NodeP p) : part(std::move(p)) {}
    Value eval(Frame& f) const override {
        if (f.run.deep()) return {};
        auto v = part->eval(f);
        if (v.is(Kind::number)) return Value::number(-v.number());
        if (v.is(Kind::months)) return Value::months(-v.months());
        if (v.is(Kind::duration)) return Value::duration(-v.duration());
        return f.run.null("only numbers and durations can be negated", "只有数和时长可以取负");
    }
    NodeP part;
};

struct Comparison final : Node {
    Comparison(Op o, NodeP l, NodeP r) : op(o), left(std::move(l)), right(std::move(r)) {}
    Value eval(Frame& f) const override {
        if (f.run.deep()) return {};
        auto a = left->eval(f), b = right->eval(f);
        if (!f.run.step(std::min(a.weight(), b.weight()))) return {};
        if (op == Op::equal || op == Op::different) {
            auto t = equal(a, b);
            return t ? Value::boolean(*t == (op == Op::equal)) : Value();
        }
        auto c = compare(a, b);
        if (!c) return f.run.null("values without a common order are compared", "比较的值无法排序");
        switch (op) {
            case Op::less:
                return Value::boolean(*c < 0);
            case Op::at_most:
                return Value::boolean(*c <= 0);
            case Op::greater:
                return Value::boolean(*c > 0);
            default:
                return Value::boolean(*c >= 0);
        }
    }
    Op op;
    NodeP left, right;
};

}  // namespace

NodeP arithmetic(Op op, NodeP l, NodeP r) { return std::make_unique<Arithmetic>(op, std::move(l), std::move(r)); }
NodeP comparison(Op op, NodeP l, NodeP r) { return std::make_unique<Comparison>(op, std::move(l), std::move(r)); }

NodeP negation(NodeP part) {
    if (auto* v = part->constant(); v && v->is(Kind::number)) return constant(Value::number(-v->number()));
    return std::make_unique<Negation>(std::move(part));
}

}  // namespace yimen::rules
