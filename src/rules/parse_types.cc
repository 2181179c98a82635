#include "rules/expressions.h"

namespace yimen::rules {

const Type* Expressions::new_type(Type t) { return &all.program.types.emplace_back(std::move(t)); }

const Type* Expressions::whole_type() {
    auto* out = type();
    if (!in.failed() && !in.done()) wrong("nothing more is expected here", "此处有多余内容");
    return in.failed() ? nullptr : out;
}

const Type* Expressions::type() {
    Depth depth(depth_);
    if (too_deep()) return nullptr;
    auto here = in.place();
    for (auto* word : {"list", "range"}) {
        if (in.word(word) && in.take("<")) {
            Type t;
            t.kind = *word == 'l' ? Type::Kind::list : Type::Kind::range;
            t.element = type();
            t.name = fmt::format("{}<{}>", word, t.element ? t.element->name : "");
            if (!in.take(">")) expected(">");
            return new_type(std::move(t));
        }
        in.back(here);
    }
    if (in.word("context") && in.take("<")) return type_of_members();
    in.back(here);
    if (in.word("function") && in.take("<")) return type_of_function();
    in.back(here);
    size_t end = 0;
    const Type* found = nullptr;
    for (auto& [name, t] : all.types)
        if (auto e = in.match(name); e > end) end = e, found = t;
    for (auto name : built_in_type_names())
        if (auto e = in.match(name); e > end) end = e, found = built_in_type(name);
    if (!found) {
        wrong("a type is expected here that is not known", "此处的类型未定义");
        return nullptr;
    }
    in.move(end);
    return found;
}

const Type* Expressions::type_of_members() {
    Type t;
    t.kind = Type::Kind::context;
    t.name = "context";
    while (!in.failed() && !in.take(">")) {
        if (!t.members.empty() && !in.take(",")) expected(",");
        auto name = in.name_before(":");
        if (name.empty() || !in.take(":")) wrong("a name and a colon are expected here", "此处应为名称和冒号");
        all.member(name);
        t.members.emplace_back(name_of(name), type());
    }
    return new_type(std::move(t));
}

const Type* Expressions::type_of_function() {
    Type t;
    t.kind = Type::Kind::function;
    t.name = "function";
    while (!in.failed() && !in.take(">")) {
        if (!t.parameters.empty() && !in.take(",")) expected(",");
        t.parameters.push_back(type());
    }
    if (!in.take("->")) expected("->");
    t.result = type();
    return new_type(std::move(t));
}

Value Expressions::literal_range() {
    literals_ = true;
    if (!in.see("[") && !in.see("(") && !in.see("]")) return {};
    auto node = primary();
    if (in.failed() || !in.done()) return {};
    auto* value = node->constant();
    return value && value->is(Kind::range) && value->range().written == RangeValue::Written::interval ? *value : Value();
}

namespace {

// A mistake becomes a fault of the model, and a node that says so each time it is evaluated.
struct Broken final : Node {
    Broken(std::string e, std::string z) : en(std::move(e)), zh(std::move(z)) {}
    Value eval(Frame& f) const override { return f.run.null(en, zh); }
    std::string en, zh;
};

NodeP checked(NodeP node, const Expressions& e, Compiling& all) {
    auto* m = e.mistake();
    if (!m) return node;
    all.fault(m->position + 1, m->en, m->zh);
    return std::make_unique<Broken>(m->en, m->zh);
}

constexpr size_t longest_expression = 256 << 10;

}  // namespace

NodeP parse_expression(std::string_view text, Scope& scope, Compiling& all) {
    if (text.size() > longest_expression) text = "";
    Expressions e(text, scope, all);
    auto mark = scope.mark();
    auto* layout = scope.layout();
    auto node = e.whole_expression();
    while (scope.layout() != layout) scope.leave();
    scope.forget(mark);
    return checked(std::move(node), e, all);
}

NodeP parse_tests(std::string_view text, Scope& scope, Compiling& all, size_t tested) {
    if (text.size() > longest_expression) text = "";
    Expressions e(text, scope, all);
    auto mark = scope.mark();
    auto node = e.whole_tests(tested);
    scope.forget(mark);
    return checked(std::move(node), e, all);
}

const Type* parse_type(std::string_view text, Compiling& all) {
    Layout layout;
    Scope scope(layout);
    Expressions e(text, scope, all);
    auto* out = e.whole_type();
    if (auto* m = e.mistake()) all.fault(m->position + 1, m->en, m->zh);
    return out;
}

Value read_range(std::string_view text) {
    Program program;
    Compiling all{program, {}, {}, {}, {}};
    Layout layout;
    Scope scope(layout);
    return Expressions(text.substr(0, 10000), scope, all).literal_range();
}

}  // namespace yimen::rules
