#include "rules/builtins.h"

// DMN 1.5, 10.3.4.4: sum, mean and their kin over lists of numbers.
namespace yimen::rules {

namespace {

// The numbers of a list; nothing with a note when something else is in it.
std::optional<std::vector<Decimal>> numbers(Run& run, const Value& list) {
    std::vector<Decimal> out;
    if (!run.step(list.list().size())) return {};
    for (auto& item : list.list()) {
        if (!item.is(Kind::number)) {
            run.null("a list holds what is no number", "列表中有非数值");
            return {};
        }
        out.push_back(item.number());
    }
    return out;
}

Decimal total(const std::vector<Decimal>& all) {
    Decimal out;
    for (auto& n : all) out = out + n;
    return out;
}

Value sum(Run& run, Arguments a) {
    auto all = numbers(run, a[0]);
    return all && !all->empty() ? Value::number(total(*all)) : Value();
}
Value product(Run& run, Arguments a) {
    auto all = numbers(run, a[0]);
    if (!all || all->empty()) return {};
    Decimal out(1);
    for (auto& n : *all) out = out * n;
    return Value::number(out);
}
Value mean(Run& run, Arguments a) {
    auto all = numbers(run, a[0]);
    return all && !all->empty() ? Value::number(total(*all) / Decimal(int64_t(all->size()))) : Value();
}
Value median(Run& run, Arguments a) {
    auto all = numbers(run, a[0]);
    if (!all || all->empty()) return {};
    std::ranges::stable_sort(*all, std::less<>());
    auto middle = all->size() / 2;
    if (all->size() % 2) return Value::number((*all)[middle]);
    return Value::number(((*all)[middle - 1] + (*all)[middle]) / Decimal(2));
}
// Of the sample: divided by one less than there are.
Value stddev(Run& run, Arguments a) {
    auto all = numbers(run, a[0]);
    if (!all || all->size() < 2) return {};
    auto middle = total(*all) / Decimal(int64_t(all->size()));
    Decimal squares;
    for (auto& n : *all) squares = squares + (n - middle) * (n - middle);
    return Value::number((squares / Decimal(int64_t(all->size() - 1))).square_root());
}
Value mode(Run& run, Arguments a) {
    auto all = numbers(run, a[0]);
    if (!all) return {};
    std::ranges::stable_sort(*all, std::less<>());
    std::vector<Value> out;
    size_t most = 0;
    for (size_t i = 0, j; i < all->size(); i = j) {
        for (j = i; j < all->size() && (*all)[j] == (*all)[i];) ++j;
        if (j - i < most) continue;
        if (j - i > most) out.clear(), most = j - i;
        out.push_back(Value::number((*all)[i]));
    }
    return run.list(std::move(out));
}

}  // namespace

std::span<const Definition> statistic_builtins() {
    static constexpr Definition all[] = {
        {"sum", "list:l...", sum},       {"product", "list:l...", product}, {"mean", "list:l...", mean},
        {"median", "list:l...", median}, {"stddev", "list:l...", stddev},   {"mode", "list:l...", mode},
    };
    return all;
}

}  // namespace yimen::rules
