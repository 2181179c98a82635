#include "base/text.h"
#include "rules/linker.h"

// Item definitions (DMN 1.5, 7.3.2).
namespace yimen::rules {

void Linker::declare_types(Document& document) {
    for (auto& import : document.imports)
        for (auto& [name, type] : documents_[import.document].types)
            document.types.try_emplace(import.prefix.empty() ? name : import.prefix + "." + name, type);
    std::vector<std::pair<Type*, Xml>> own;
    for (auto item : children(document.root, "itemDefinition")) {
        auto& type = program_->types.emplace_back();
        type.name = tidy_name(attribute(item, "name"));
        document.types[type.name] = &type;
        own.emplace_back(&type, item);
    }
    all_.types = document.types;
    for (auto& [type, item] : own) {
        all_.element = type->name;
        all_.part = "type";
        fill_type(*type, item, document, 0);
    }
    all_.part.clear();
}

void Linker::fill_allowed(Type& type, Xml item) {
    auto text = text_of_child(child(item, "allowedValues"), "text");
    if (text.empty()) return;
    Layout layout;
    Scope scope(layout);
    auto tested = scope.declare("?");
    type.allowed = parse_tests(text, scope, all_, tested);
    type.allowed_text = text;
    type.slots = layout.slots;
}

void Linker::fill_type(Type& type, Xml item, Document& document, int depth) {
    if (depth > 50) return all_.fault(0, "a type is nested too deeply", "类型嵌套过深");
    bool collection = attribute(item, "isCollection") == "true" || attribute(item, "isCollection") == "1";
    // A collection is a list of what the definition says besides.
    Type* of = &type;
    if (collection) {
        of = &program_->types.emplace_back();
        of->name = type.name;
        type.kind = Type::Kind::list;
        type.element = of;
    }
    auto components = children(item, "itemComponent");
    auto function = child(item, "functionItem");
    auto reference = std::string(attribute(item, "typeRef"));
    if (reference.empty()) reference = text_of_child(item, "typeRef");
    if (!components.empty()) {
        of->kind = Type::Kind::context;
        for (auto c : components) {
            auto& member = program_->types.emplace_back();
            auto name = tidy_name(attribute(c, "name"));
            member.name = name;
            of->members.emplace_back(name_of(name), &member);
            fill_type(member, c, document, depth + 1);
        }
    } else if (function) {
        of->kind = Type::Kind::function;
        for (auto p : children(function, "parameters")) of->parameters.push_back(referred_type(attribute(p, "typeRef"), all_));
        of->result = referred_type(attribute(function, "outputTypeRef"), all_);
    } else if (auto* base = referred_type(reference, all_)) {
        // The base may be filled only later, so it is asked for when a value is checked.
        of->base = base;
        of->kind = Type::Kind::any;
    }
    fill_allowed(*of, item);
    auto constraint = text_of_child(child(item, "typeConstraint"), "text");
    if (constraint.empty()) return;
    Layout layout;
    Scope scope(layout);
    auto tested = scope.declare("?");
    auto& holder = collection ? type : *of;
    auto node = parse_tests(constraint, scope, all_, tested);
    if (holder.allowed) return;
    holder.allowed = std::move(node);
    holder.allowed_text = constraint;
    holder.slots = layout.slots;
}

}  // namespace yimen::rules
