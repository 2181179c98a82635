#include "rules/boxed.h"

#include "base/text.h"

namespace yimen::rules {

namespace {

constexpr int most_boxes = 50;

bool is_expression(std::string_view name) {
    static constexpr std::string_view kinds[] = {"literalExpression",  "decisionTable", "context", "list", "relation", "invocation",
                                                 "functionDefinition", "conditional",   "filter",  "for",  "some",     "every"};
    return std::ranges::find(kinds, name) != std::end(kinds);
}

Xml expression_child(Xml parent) {
    for (auto c : parent.children())
        if (is_expression(local(c))) return c;
    return {};
}

}  // namespace

const Type* referred_type(std::string_view reference, Compiling& all) {
    std::string written(trim(reference));
    auto find = [&](std::string_view name) {
        auto found = all.types.find(name);
        return found == all.types.end() ? nullptr : found->second;
    };
    if (auto* own = find(written)) return own;
    if (auto colon = written.find(':'); colon != written.npos && written.find('<') == written.npos) {
        auto imported = written;
        imported[colon] = '.';
        if (auto* type = find(imported)) return type;
        written.erase(0, colon + 1);
        if (auto* type = find(written)) return type;
    }
    if (written.empty() || written == "<Undefined>" || written == "Any") return nullptr;
    return parse_type(written, all);
}

const Type* Boxed::type_of(Xml node) {
    // Up to DMN 1.2 the type stood in an element of its own.
    auto written = std::string(trim(attribute(node, "typeRef")));
    if (written.empty()) written = text_of_child(node, "typeRef");
    return referred_type(written, all);
}

std::vector<Parameter> Boxed::parameters_of(Xml function) {
    std::vector<Parameter> out;
    for (auto p : children(function, "formalParameter")) out.push_back({name_of(tidy_name(attribute(p, "name"))), type_of(p)});
    return out;
}

NodeP Boxed::missing(Xml node, std::string_view what) {
    all.fault(0, fmt::format("<{}> has no {}", local(node), what), fmt::format("<{}> 缺少 {}", local(node), what));
    return constant(Value());
}

NodeP Boxed::expression_in(Xml parent) {
    auto found = expression_child(parent);
    return found ? expression(found) : nullptr;
}

NodeP Boxed::required(Xml parent, std::string_view name) {
    auto holder = child(parent, name);
    auto out = holder ? expression_in(holder) : nullptr;
    return out ? std::move(out) : missing(parent, name);
}

NodeP Boxed::expression(Xml node) {
    if (++depth_ > most_boxes) {
        --depth_;
        all.fault(0, "boxes are nested too deeply", "表达式框嵌套过深");
        return constant(Value());
    }
    auto kind = local(node);
    NodeP out;
    if (kind == "literalExpression")
        out = literal(node);
    else if (kind == "decisionTable")
        out = decision_table(node);
    else if (kind == "context")
        out = context(node);
    else if (kind == "list")
        out = list(node);
    else if (kind == "relation")
        out = relation(node);
    else if (kind == "invocation")
        out = invocation(node);
    else if (kind == "functionDefinition")
        out = function(node, "");
    else if (kind == "conditional")
        out = conditional_(node);
    else if (kind == "filter")
        out = filter_(node);
    else
        out = iterator(node);
    --depth_;
    return out;
}

NodeP Boxed::literal(Xml node) {
    auto language = attribute(node, "expressionLanguage");
    if (!language.empty() && language.find("FEEL") == language.npos && lower_ascii(language).find("feel") == std::string::npos)
        return missing(node, "expression in FEEL");
    auto text = text_of_child(node, "text");
    if (text.empty()) return missing(node, "text");
    return parse_expression(text, scope, all);
}

NodeP Boxed::context(Xml node) {
    auto mark = scope.mark();
    std::vector<Entry> entries;
    bool with_result = false;
    std::set<std::string> seen;
    for (auto entry : children(node, "contextEntry")) {
        auto variable = child(entry, "variable");
        auto name = tidy_name(attribute(variable, "name"));
        auto box = expression_child(entry);
        NodeP value;
        if (box && local(box) == "functionDefinition")
            value = function(box, name);
        else
            value = box ? expression(box) : missing(entry, "expression");
        if (!variable) {
            with_result = true;
            entries.push_back({Name(), std::move(value), 0});
            break;
        }
        if (!seen.insert(name).second) {
            all.fault(0, fmt::format("the key “{}” stands here twice", name), fmt::format("键“{}”重复", name));
            scope.forget(mark);
            return constant(Value());
        }
        auto* type = type_of(variable);
        if (type) value = conversion(std::move(value), type);
        auto slot = scope.declare(name, type);
        entries.push_back({name_of(name), std::move(value), slot});
    }
    scope.forget(mark);
    return context_of(std::move(entries), with_result);
}

NodeP Boxed::list(Xml node) {
    std::vector<NodeP> items;
    for (auto c : node.children())
        if (is_expression(local(c))) items.push_back(expression(c));
    return list_of(std::move(items));
}

NodeP Boxed::relation(Xml node) {
    std::vector<Name> columns;
    for (auto c : children(node, "column")) columns.push_back(name_of(tidy_name(attribute(c, "name"))));
    std::vector<NodeP> rows;
    for (auto row : children(node, "row")) {
        std::vector<Entry> entries;
        for (auto c : row.children())
            if (is_expression(local(c)) && entries.size() < columns.size())
                entries.push_back({columns[entries.size()], expression(c), scope.layout()->slots++});
        rows.push_back(context_of(std::move(entries), false));
    }
    return list_of(std::move(rows));
}

NodeP Boxed::invocation(Xml node) {
    auto called = expression_in(node);
    if (!called) return missing(node, "function");
    std::vector<Name> names;
    std::vector<NodeP> arguments;
    for (auto binding : children(node, "binding")) {
        names.push_back(name_of(tidy_name(attribute(child(binding, "parameter"), "name"))));
        auto value = expression_in(binding);
        arguments.push_back(value ? std::move(value) : constant(Value()));
    }
    return call(std::move(called), std::move(arguments), std::move(names));
}

NodeP Boxed::function(Xml node, std::string_view own_name) {
    auto kind = attribute(node, "kind");
    // Java and PMML would run outside of the model.
    if (!kind.empty() && kind != "FEEL") return constant(Value());
    auto body = std::make_shared<Body>();
    body->parameters = parameters_of(node);
    Layout layout;
    auto mark = scope.mark();
    scope.enter(layout);
    for (auto& p : body->parameters) scope.declare(p.name->text, p.type);
    bool shadowed = std::ranges::any_of(body->parameters, [&](auto& p) { return p.name->text == own_name; });
    if (!own_name.empty() && !shadowed) body->self = scope.declare(own_name);
    body->node = expression_in(node);
    if (!body->node) body->node = missing(node, "expression");
    scope.leave();
    scope.forget(mark);
    body->captures = layout.captures;
    body->slots = layout.slots;
    return function_of(std::move(body));
}

NodeP Boxed::conditional_(Xml node) {
    auto condition = required(node, "if");
    auto then = required(node, "then");
    return conditional(std::move(condition), std::move(then), required(node, "else"), true);
}

NodeP Boxed::filter_(Xml node) {
    auto list = required(node, "in");
    auto mark = scope.mark();
    auto item = scope.declare_item();
    auto condition = required(node, "match");
    scope.forget(mark);
    return filter(std::move(list), item, std::move(condition));
}

NodeP Boxed::iterator(Xml node) {
    auto mark = scope.mark();
    std::vector<Iterator> one(1);
    one[0].domain = required(node, "in");
    one[0].slot = scope.declare(tidy_name(attribute(node, "iteratorVariable")));
    NodeP out;
    if (local(node) == "for") {
        auto partial = scope.declare("partial");
        out = loop(std::move(one), required(node, "return"), partial);
    } else {
        out = quantified(local(node) == "some", std::move(one), required(node, "satisfies"));
    }
    scope.forget(mark);
    return out;
}

}  // namespace yimen::rules
