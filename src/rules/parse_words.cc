#include "rules/expressions.h"

// if, for, some, every, function.
namespace yimen::rules {

NodeP Expressions::if_() {
    auto condition = expression();
    if (!in.word("then")) return expected("then");
    auto then = expression();
    if (!in.word("else")) return expected("else");
    return conditional(std::move(condition), std::move(then), expression());
}

std::vector<Iterator> Expressions::iterators(std::string_view until) {
    std::vector<Iterator> out;
    do {
        auto name = in.name_before_in();
        if (name.empty()) {
            wrong("a name and “in” are expected here", "此处应为名称和“in”");
            break;
        }
        Iterator it;
        it.domain = expression();
        if (in.take("..")) it.end = expression();
        it.slot = scope.declare(name);
        out.push_back(std::move(it));
    } while (!in.failed() && in.take(","));
    if (!in.failed() && !in.word(until)) expected(until);
    return out;
}

NodeP Expressions::for_() {
    auto mark = scope.mark();
    auto all_iterators = iterators("return");
    auto before = std::exchange(partial_used_, false);
    auto partial = scope.declare("partial");
    auto body = expression();
    bool used = std::exchange(partial_used_, before);
    scope.forget(mark);
    return loop(std::move(all_iterators), std::move(body), used ? std::optional(partial) : std::nullopt);
}

NodeP Expressions::quantified_(bool some) {
    auto mark = scope.mark();
    auto all_iterators = iterators("satisfies");
    auto condition = expression();
    scope.forget(mark);
    return rules::quantified(some, std::move(all_iterators), std::move(condition));
}

std::optional<std::vector<Parameter>> Expressions::parameters() {
    std::vector<Parameter> out;
    if (!in.take("(")) {
        expected("(");
        return {};
    }
    while (!in.failed() && !in.take(")")) {
        if (!out.empty() && !in.take(",")) expected(",");
        auto name = in.name_before(":,)");
        if (name.empty()) wrong("a parameter's name is expected here", "此处应为参数名");
        Parameter p{name_of(name), nullptr};
        if (in.take(":")) p.type = type();
        out.push_back(std::move(p));
    }
    return in.failed() ? std::nullopt : std::optional(std::move(out));
}

NodeP Expressions::function() {
    auto own = std::exchange(own_name_, "");
    auto given = parameters();
    if (!given) return constant(Value());
    if (in.word("external")) {
        // Kept from running anything outside: such a function is null.
        expression();
        return constant(Value());
    }
    auto body = std::make_shared<Body>();
    Layout layout;
    auto mark = scope.mark();
    scope.enter(layout);
    for (auto& p : *given) scope.declare(p.name->text, p.type);
    // A function in a context may call itself by its key.
    if (!own.empty() && std::ranges::none_of(*given, [&](auto& p) { return p.name->text == own; })) body->self = scope.declare(own);
    body->parameters = std::move(*given);
    body->node = expression();
    scope.leave();
    scope.forget(mark);
    body->captures = layout.captures;
    body->slots = layout.slots;
    return function_of(std::move(body));
}

}  // namespace yimen::rules
