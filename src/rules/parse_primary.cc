#include "rules/expressions.h"
#include "rules/temporal.h"

namespace yimen::rules {

NodeP Expressions::postfix() {
    auto own = std::exchange(own_name_, "");
    auto here = in.at();
    if (!own.empty() && in.see_word("function")) own_name_ = own;
    in.move(here);
    return followed(primary());
}

NodeP Expressions::followed(NodeP value) {
    while (!in.failed()) {
        if (++links_ > 20000) return wrong("the expression is too long", "表达式过长");
        if (in.see(".") && !in.see("..")) {
            in.take(".");
            value = member(std::move(value));
        } else if (in.see("[")) {
            // In "[1..10[" the bracket closes the range.
            auto here = in.place();
            in.take("[");
            auto mark = scope.mark();
            auto item = scope.declare_item();
            auto condition = expression();
            scope.forget(mark);
            if (!in.failed() && in.take("]")) {
                value = filter(std::move(value), item, std::move(condition));
                continue;
            }
            if (!open_range_) return in.failed() ? constant(Value()) : expected("]");
            in.back(here);
            return value;
        } else if (in.see("(")) {
            value = called(std::move(value), nullptr);
        } else {
            return value;
        }
    }
    return value;
}

std::string Expressions::member_name() {
    size_t end = 0;
    std::string_view found;
    auto consider = [&](std::string_view name) {
        if (auto e = in.match(name); e > end) end = e, found = name;
    };
    for (auto& name : all.members) consider(name);
    for (auto name : {"time offset", "start included", "end included"}) consider(name);
    auto from = in.place();
    auto word = in.identifier();
    if (!word.empty() && in.at() >= end) return std::string(word);
    in.back(from);
    if (end) in.move(end);
    return std::string(found);
}

NodeP Expressions::member(NodeP from) {
    auto name = member_name();
    if (name.empty()) return wrong("a name is expected behind the point", "点号之后应为名称");
    return path(std::move(from), name_of(name));
}

NodeP Expressions::number_or_string() {
    if (in.see("\"")) {
        auto text = in.string();
        return constant(text ? Value::string(*text) : Value());
    }
    auto n = in.number();
    return n ? constant(Value::number(*n)) : wrong("a number is too large", "数值过大");
}

NodeP Expressions::primary() {
    in.skip();
    char c = in.peek();
    if (c == '"' || (c >= '0' && c <= '9') || (c == '.' && in.peek(1) >= '0' && in.peek(1) <= '9')) return number_or_string();
    if (c == '@' && in.take("@")) {
        auto text = in.see("\"") ? in.string() : std::nullopt;
        auto value = text ? read_temporal(*text) : Value();
        if (value.null()) return wrong("behind @ stands no date, time or duration", "@ 之后不是日期、时间或时长");
        return constant(std::move(value));
    }
    if (c == '(') return in_brackets();
    if (c == '[' || c == ']') return list_or_range();
    if (c == '{') return context();
    return name();
}

NodeP Expressions::in_brackets() {
    in.take("(");
    auto closed = std::exchange(open_range_, false);
    if (auto compared = comparing_test()) {
        open_range_ = closed;
        return in.take(")") ? std::move(compared) : expected(")");
    }
    auto value = expression();
    open_range_ = closed;
    if (in.take("..")) return range_from(std::move(value), false);
    return in.take(")") ? std::move(value) : expected(")");
}

NodeP Expressions::range_from(NodeP low, bool low_included) {
    auto before = std::exchange(open_range_, true);
    auto high = expression();
    open_range_ = before;
    bool high_included = in.take("]");
    if (!high_included && !in.take(")") && !in.take("[")) return expected("]");
    return range(std::move(low), std::move(high), low_included, high_included, RangeValue::Written::interval);
}

NodeP Expressions::list_or_range() {
    bool included = in.take("[");
    auto before = std::exchange(open_range_, false);
    if (!included) in.take("]");
    std::vector<NodeP> items;
    auto item = [&] {
        auto compared = included ? comparing_test() : nullptr;
        return compared ? std::move(compared) : expression();
    };
    if (!included || !in.take("]")) {
        items.push_back(item());
        if (!in.failed() && in.take("..")) {
            open_range_ = before;
            return range_from(std::move(items[0]), included);
        }
        if (!included) return expected("..");
        while (!in.failed() && in.take(",")) items.push_back(item());
        if (!in.failed() && !in.take("]")) expected("]");
    }
    open_range_ = before;
    return list_of(std::move(items));
}

std::string Expressions::key() {
    if (in.see("\"")) return in.string().value_or("");
    return in.name_before(":");
}

NodeP Expressions::context() {
    in.take("{");
    auto before = std::exchange(open_range_, false);
    auto mark = scope.mark();
    std::vector<Entry> entries;
    std::set<std::string> seen;
    while (!in.failed() && !in.take("}")) {
        if (!entries.empty() && !in.take(",")) expected(",");
        bool quoted = in.see("\"");
        auto name = key();
        if ((name.empty() && !quoted) || !in.take(":")) return wrong("a key and a colon are expected here", "此处应为键和冒号");
        if (!seen.insert(name).second) return wrong(fmt::format("the key “{}” stands here twice", name), fmt::format("键“{}”重复", name));
        all.member(name);
        own_name_ = name;
        auto value = expression();
        own_name_.clear();
        auto slot = scope.declare(name);
        entries.push_back({name_of(name), std::move(value), slot});
    }
    scope.forget(mark);
    open_range_ = before;
    return context_of(std::move(entries), false);
}

}  // namespace yimen::rules
