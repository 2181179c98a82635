#include "rules/expressions.h"

namespace yimen::rules {

// Deep enough for what people write; small enough for a thread's stack.
constexpr int most_depth = 100, most_links = 2000;

NodeP Expressions::wrong(std::string en, std::string zh) {
    in.fail(std::move(en), std::move(zh));
    return constant(Value());
}

NodeP Expressions::expected(std::string_view what) {
    return wrong(fmt::format("“{}” is expected here", what), fmt::format("此处应为“{}”", what));
}

bool Expressions::too_deep() {
    if (depth_ > most_depth || ++links_ > most_links * 50) wrong("the expression is nested too deeply", "表达式嵌套过深");
    return in.failed();
}

NodeP Expressions::whole_expression() {
    auto out = expression();
    if (!in.failed() && !in.done()) wrong("nothing more is expected here", "此处有多余内容");
    return out;
}

NodeP Expressions::expression() {
    Depth depth(depth_);
    if (too_deep()) return constant(Value());
    return disjunction();
}

NodeP Expressions::disjunction() {
    std::vector<NodeP> parts;
    parts.push_back(conjunction());
    while (in.word("or")) parts.push_back(conjunction());
    return parts.size() == 1 ? std::move(parts[0]) : any_of(std::move(parts));
}

NodeP Expressions::conjunction() {
    std::vector<NodeP> parts;
    parts.push_back(comparison_());
    while (in.word("and")) parts.push_back(comparison_());
    return parts.size() == 1 ? std::move(parts[0]) : all_of(std::move(parts));
}

NodeP Expressions::comparison_() {
    auto left = sum();
    for (int i = 0; !in.failed(); ++i) {
        auto before = in.at();
        left = compared(std::move(left));
        if (in.at() == before) break;
        if (i > most_depth) return wrong("too many comparisons in a row", "连续比较过多");
    }
    return left;
}

NodeP Expressions::compared(NodeP left) {
    static constexpr std::pair<std::string_view, Op> operators[] = {{"!=", Op::different}, {"<=", Op::at_most}, {">=", Op::at_least},
                                                                    {"=", Op::equal},      {"<", Op::less},     {">", Op::greater}};
    auto here = in.place();
    for (auto& [symbol, op] : operators)
        if (in.take(symbol)) return comparison(op, std::move(left), sum());
    if (in.word("between")) {
        auto low = sum();
        if (!in.word("and")) return expected("and");
        return between(std::move(left), std::move(low), sum());
    }
    if (in.word("in")) return in_test(std::move(left));
    in.back(here);
    return left;
}

NodeP Expressions::sum() {
    auto left = product();
    for (int i = 0; !in.failed(); ++i) {
        if (i > most_links) return wrong("too many terms in a row", "连续运算过多");
        if (in.take("+"))
            left = arithmetic(Op::add, std::move(left), product());
        else if (in.take("-"))
            left = arithmetic(Op::subtract, std::move(left), product());
        else
            break;
    }
    return left;
}

NodeP Expressions::product() {
    auto left = power();
    for (int i = 0; !in.failed(); ++i) {
        if (i > most_links) return wrong("too many terms in a row", "连续运算过多");
        if (!in.see("**") && in.take("*"))
            left = arithmetic(Op::multiply, std::move(left), power());
        else if (in.take("/"))
            left = arithmetic(Op::divide, std::move(left), power());
        else
            break;
    }
    return left;
}

NodeP Expressions::power() {
    auto left = signed_();
    for (int i = 0; !in.failed() && in.take("**"); ++i) {
        if (i > most_depth) return wrong("too many powers in a row", "连续乘方过多");
        left = arithmetic(Op::power, std::move(left), signed_());
    }
    return left;
}

NodeP Expressions::signed_() {
    Depth depth(depth_);
    if (too_deep()) return constant(Value());
    auto value = in.take("-") ? negation(signed_()) : postfix();
    while (!in.failed()) {
        auto here = in.place();
        if (!in.word("instance") || !in.word("of")) {
            in.back(here);
            break;
        }
        if (++links_ > most_links) return wrong("the expression is too long", "表达式过长");
        auto* asked = type();
        // A list, range, context or function without its parameters is no type of the lattice (10.3.2.15, table 61).
        const bool bare = asked && !in.failed() && asked == built_in_type(asked->name) &&
                          (asked->kind == Type::Kind::list || asked->kind == Type::Kind::range || asked->kind == Type::Kind::context ||
                           asked->kind == Type::Kind::function);
        value = bare ? constant(Value()) : instance(std::move(value), asked);
    }
    return value;
}

// value in test | value in (tests)
NodeP Expressions::in_test(NodeP value) {
    auto slot = scope.layout()->slots++;
    std::vector<NodeP> parts;
    auto here = in.place();
    if (in.take("(")) {
        // Either several tests, or a range, or an expression in brackets with more behind it.
        parts = positive_tests(slot, ")");
        if (!in.failed() && in.take(")")) return tests(std::move(value), slot, std::move(parts));
        in.back(here);
        parts.clear();
    }
    parts.push_back(positive_test(slot, false));
    return tests(std::move(value), slot, std::move(parts));
}

std::vector<NodeP> Expressions::positive_tests(size_t tested, std::string_view close) {
    std::vector<NodeP> out;
    do out.push_back(positive_test(tested, true));
    while (!in.failed() && !(!close.empty() && in.see(close)) && in.take(","));
    return out;
}

NodeP Expressions::comparing_test() {
    static constexpr std::pair<std::string_view, Op> operators[] = {{"!=", Op::different}, {"<=", Op::at_most}, {">=", Op::at_least},
                                                                    {"=", Op::equal},      {"<", Op::less},     {">", Op::greater}};
    using Written = RangeValue::Written;
    for (auto& [symbol, op] : operators) {
        if (!in.take(symbol)) continue;
        auto end = sum();
        switch (op) {
            case Op::different:
                return range(std::move(end), nullptr, true, true, Written::different);
            case Op::equal:
                return range(std::move(end), nullptr, true, true, Written::comparison);
            case Op::less:
                return range(nullptr, std::move(end), false, false, Written::comparison);
            case Op::at_most:
                return range(nullptr, std::move(end), false, true, Written::comparison);
            case Op::greater:
                return range(std::move(end), nullptr, false, false, Written::comparison);
            default:
                return range(std::move(end), nullptr, true, false, Written::comparison);
        }
    }
    return nullptr;
}

NodeP Expressions::positive_test(size_t tested, bool loosely) {
    if (auto compared = comparing_test()) return test(tested, std::move(compared), false);
    auto before = spoken_;
    // Between commas every operator may stand; directly behind `in` only what binds tighter.
    auto value = loosely ? expression() : sum();
    return test(tested, std::move(value), spoken_ != before);
}

NodeP Expressions::whole_tests(size_t tested) {
    auto here = in.place();
    if (in.take("-") && in.done()) return constant(Value::boolean(true));
    in.back(here);
    if (in.word("not") && in.take("(")) {
        auto parts = positive_tests(tested, ")");
        if (!in.failed() && in.take(")") && in.done()) return negated(tests(nullptr, tested, std::move(parts)));
        in.back(here);
    }
    auto parts = positive_tests(tested, "");
    if (!in.failed() && !in.done()) wrong("nothing more is expected here", "此处有多余内容");
    return tests(nullptr, tested, std::move(parts));
}

}  // namespace yimen::rules
