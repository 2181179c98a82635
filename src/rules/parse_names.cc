#include "rules/expressions.h"

namespace yimen::rules {

namespace {

bool reserved(std::string_view word) {
    static constexpr std::string_view words[] = {"if",       "then",      "else", "for",   "in",      "return",   "some",
                                                 "every",    "satisfies", "and",  "or",    "between", "instance", "of",
                                                 "function", "external",  "true", "false", "null"};
    return std::ranges::find(words, word) != std::end(words);
}

}  // namespace

// The longest name that is in scope here, a built-in function's, or a plain word: "date and time" before "date".
NodeP Expressions::name() {
    size_t end = 0;
    std::string_view found;
    bool built_in = false;
    auto consider = [&](std::string_view candidate, bool is_built_in) {
        if (candidate.empty()) return;
        if (auto e = in.match(candidate); e > end) end = e, found = candidate, built_in = is_built_in;
    };
    auto& entries = scope.entries();
    for (auto i = entries.size(); i-- > 0;) consider(entries[i].name, false);
    if (scope.in_filter())
        for (auto& member : all.members) consider(member, false);
    for (auto& one : builtin_names()) consider(one, true);
    auto here = in.place();
    auto word = in.identifier();
    auto word_end = in.at();
    in.back(here);
    // A word of the grammar is one unless something longer that is known begins with it.
    if (reserved(word) && end <= word_end && !scope.binding(word)) {
        in.move(word_end);
        if (literals_ && word != "null") return wrong("only literals may stand here", "此处只能是字面量");
        if (word == "true" || word == "false") return constant(Value::boolean(word == "true"));
        if (word == "null") return constant(Value());
        if (word == "if") return if_();
        if (word == "for") return for_();
        if (word == "some" || word == "every") return quantified_(word == "some");
        if (word == "function") return function();
        in.back(here);
        return wrong(fmt::format("a value is expected before “{}”", word), fmt::format("“{}”之前缺少值", word));
    }
    if (word_end > end && !word.empty()) found = word, end = word_end, built_in = false;
    if (!end) return wrong("a value is expected here", "此处应为值");
    if (!built_in) return name_from(found, end);
    in.move(end);
    auto* function = builtin(found);
    if (literals_) {
        bool maker = found == "date" || found == "time" || found == "date and time" || found == "duration";
        auto before = in.place();
        bool literal = maker && in.take("(") && in.see("\"");
        in.back(before);
        if (!literal) return wrong("only literals may stand here", "此处只能是字面量");
    }
    if (in.see("(")) return called(nullptr, function);
    return constant(Value::function(function));
}

NodeP Expressions::name_from(std::string_view found, size_t end) {
    if (literals_) return wrong("only literals may stand here", "此处只能是字面量");
    std::string name(found);
    if (name == "?") ++spoken_;
    if (name == "partial") partial_used_ = true;
    auto* binding = scope.binding(name);
    if (binding && binding->kind == Binding::Kind::space) {
        in.move(end);
        return in_space(*binding->space);
    }
    auto node = scope.find(name);
    if (!node) {
        wrong(fmt::format("the name “{}” is unknown here", name), fmt::format("名称“{}”在此未定义", name));
        return constant(Value());
    }
    in.move(end);
    return node;
}

// "Model B.Greet the Person": the name behind the point is resolved while compiling.
NodeP Expressions::in_space(const Space& space) {
    if (!in.take(".")) return expected(".");
    size_t end = 0;
    const Binding* found = nullptr;
    for (auto& [name, binding] : space)
        if (auto e = in.match(name); e > end) end = e, found = &binding;
    if (!found) return wrong("the import has no such name", "导入的模型中没有此名称");
    in.move(end);
    if (found->kind == Binding::Kind::space) return in_space(*found->space);
    return scope.node(*found);
}

NodeP Expressions::called(NodeP callee, const Builtin* function) {
    in.take("(");
    auto before = std::exchange(open_range_, false);
    std::vector<NodeP> arguments;
    std::vector<Name> names;
    while (!in.failed() && !in.take(")")) {
        if (!arguments.empty() && !in.take(",")) return expected(",");
        auto here = in.place();
        auto name = in.name_before(":,()[]{}\"@<>=");
        if (!name.empty() && in.take(":"))
            names.push_back(name_of(name));
        else
            in.back(here);
        arguments.push_back(expression());
        if (!names.empty() && names.size() != arguments.size())
            return wrong("arguments are given with and without names", "参数须全部或全不命名");
    }
    open_range_ = before;
    if (in.failed()) return constant(Value());
    if (function) return call(function, std::move(arguments), std::move(names));
    return call(std::move(callee), std::move(arguments), std::move(names));
}

}  // namespace yimen::rules
