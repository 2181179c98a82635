#include "rules/builtins.h"

// DMN 1.5, 10.3.4.5: numeric functions.
namespace yimen::rules {

namespace {

template <Rounding how>
Value rounded(Run& run, Arguments a) {
    int64_t scale = 0;
    if (a.size() > 1 && !a[1].null()) {
        auto n = a[1].number().truncated();
        if (!n || *n < -6111 || *n > 6176) return run.null("a scale is outside of -6111 to 6176", "小数位数须在 -6111 与 6176 之间");
        scale = int64_t(*n);
    }
    return Value::number(a[0].number().round(int(scale), how));
}

Value abs(Run&, Arguments a) {
    if (a[0].is(Kind::number)) return Value::number(a[0].number().abs());
    if (a[0].is(Kind::months)) return Value::months(std::abs(a[0].months()));
    auto n = a[0].duration();
    return Value::duration(n < 0 ? -n : n);
}

Value modulo(Run& run, Arguments a) {
    if (a[1].number().zero()) return run.null("division by zero", "除数为零");
    return Value::number(a[0].number().modulo(a[1].number()));
}
Value sqrt(Run& run, Arguments a) {
    if (a[0].number().negative()) return run.null("a negative number has no square root", "负数没有平方根");
    return Value::number(a[0].number().square_root());
}
Value log(Run& run, Arguments a) {
    if (a[0].number().negative() || a[0].number().zero()) return run.null("only a positive number has a logarithm", "只有正数有对数");
    return Value::number(a[0].number().logarithm());
}
Value exp(Run& run, Arguments a) {
    auto out = Value::number(a[0].number().exponential());
    return out.null() ? run.null("the result is not a number", "结果不是数") : out;
}
Value odd(Run&, Arguments a) { return Value::boolean(a[0].number().whole() && !a[0].number().modulo(Decimal(2)).zero()); }
Value even(Run&, Arguments a) { return Value::boolean(a[0].number().modulo(Decimal(2)).zero()); }

}  // namespace

std::span<const Definition> number_builtins() {
    static constexpr Definition all[] = {
        {"decimal", "n:n, scale:n", rounded<Rounding::half_even>},
        {"floor", "n:n", rounded<Rounding::floor>},
        {"floor", "n:n, scale:n", rounded<Rounding::floor>},
        {"ceiling", "n:n", rounded<Rounding::ceiling>},
        {"ceiling", "n:n, scale:n", rounded<Rounding::ceiling>},
        {"round up", "n:n, scale:n", rounded<Rounding::up>},
        {"round down", "n:n, scale:n", rounded<Rounding::down>},
        {"round half up", "n:n, scale:n", rounded<Rounding::half_up>},
        {"round half down", "n:n, scale:n", rounded<Rounding::half_down>},
        {"abs", "n:n", abs},
        {"abs", "n:m", abs},
        {"abs", "n:p", abs},
        {"modulo", "dividend:n, divisor:n", modulo},
        {"sqrt", "number:n", sqrt},
        {"log", "number:n", log},
        {"exp", "number:n", exp},
        {"odd", "number:n", odd},
        {"even", "number:n", even},
    };
    return all;
}

}  // namespace yimen::rules
