#include "rules/linker.h"

#include "rules/element_function.h"
#include "rules/table.h"

namespace yimen::rules {

namespace {

Fault wrong(std::string en, std::string zh) { return {"", "", 0, std::move(en), std::move(zh)}; }

Xml definitions_in(const pugi::xml_document& document) {
    auto root = document.document_element();
    return local(root) == "definitions" ? root : Xml();
}

// Names of members that are more than one word must be known before the first expression is read.
void gather_members(Xml node, Compiling& all) {
    struct Walker : pugi::xml_tree_walker {
        explicit Walker(Compiling& a) : all(a) {}
        bool for_each(Xml& n) override {
            auto kind = local(n);
            if (kind == "itemComponent" || kind == "variable" || kind == "output" || kind == "column" || kind == "informationItem")
                all.member(tidy_name(attribute(n, "name")));
            return true;
        }
        Compiling& all;
    } walker(all);
    node.traverse(walker);
}

// A variable that stands for a function may be given the function's type, or the type of what it returns.
const Type* result_of(const Type* type) {
    auto* shape = structure(type);
    return shape && shape->kind == Type::Kind::function ? shape->result : type;
}

constexpr int most_imports = 20;

}  // namespace

Result<Done, Fault> Linker::gather(std::span<const std::string> files) {
    for (auto& file : files) {
        auto xml = read_xml(file);
        if (!xml) continue;  // only what is imported must be sound
        auto root = definitions_in(**xml);
        if (root) waiting_.try_emplace(std::string(attribute(root, "namespace")), *xml);
    }
    return Done{};
}

Result<size_t, Fault> Linker::open(std::shared_ptr<pugi::xml_document> xml, int depth, std::shared_ptr<const std::vector<size_t>> lines) {
    auto root = definitions_in(*xml);
    if (!root) return refuse(wrong("the file holds no DMN definitions", "文件不含 DMN 定义"));
    if (depth > most_imports) return refuse(wrong("imports are nested too deeply", "导入层次过深"));
    Document document;
    document.xml = xml;
    document.root = root;
    document.lines = std::move(lines);
    document.name_space = attribute(root, "namespace");
    document.name = attribute(root, "name");
    opened_[document.name_space] = SIZE_MAX;
    for (auto import : children(root, "import")) {
        auto type = attribute(import, "importType");
        if (type.find("DMN") == type.npos && type.find("dmn") == type.npos) continue;  // schemas and others
        std::string ns(attribute(import, "namespace"));
        auto found = opened_.find(ns);
        if (found != opened_.end() && found->second == SIZE_MAX)
            return refuse(wrong(fmt::format("models import each other: {}", ns), fmt::format("模型相互导入：{}", ns)));
        size_t index;
        if (found != opened_.end()) {
            index = found->second;
        } else {
            auto file = waiting_.find(ns);
            if (file == waiting_.end())
                return refuse(wrong(fmt::format("the imported model {} is not there", ns), fmt::format("找不到导入的模型 {}", ns)));
            auto opened = open(file->second, depth + 1);
            if (!opened) return opened;
            index = *opened;
        }
        document.imports.push_back({tidy_name(attribute(import, "name")), index});
    }
    documents_.push_back(std::move(document));
    opened_[documents_.back().name_space] = documents_.size() - 1;
    return documents_.size() - 1;
}

Result<std::shared_ptr<Program>, Fault> Linker::link(std::string_view file, std::span<const std::string> files) {
    auto xml = read_xml(file);
    if (!xml) return refuse(xml.error());
    gather(files);
    auto opened = open(*xml, 0, lines_of(file));
    if (!opened) return refuse(opened.error());
    program_->name = documents_.back().name;
    program_->name_space = documents_.back().name_space;
    for (auto& d : documents_) gather_members(d.root, all_);
    for (auto& d : documents_) declare_types(d);
    // The model's own elements come first, so that their places do not depend on what it imports.
    for (size_t i = documents_.size(); i-- > 0;) declare_elements(i);
    for (size_t i = 0; i < program_->elements.size(); ++i) connect(i);
    return program_;
}

void Linker::declare_elements(size_t index) {
    auto& document = documents_[index];
    all_.types = document.types;
    for (auto node : document.root.children()) {
        auto kind = local(node);
        ProgramElement e;
        if (kind == "inputData")
            e.kind = Model::Kind::input;
        else if (kind == "decision")
            e.kind = Model::Kind::decision;
        else if (kind == "businessKnowledgeModel")
            e.kind = Model::Kind::knowledge;
        else if (kind == "decisionService")
            e.kind = Model::Kind::service;
        else
            continue;
        auto variable = child(node, "variable");
        e.id = attribute(node, "id");
        e.name = tidy_name(attribute(node, "name"));
        if (e.name.empty()) e.name = tidy_name(attribute(variable, "name"));
        e.model = document.name_space;
        e.imported = index + 1 != documents_.size();
        e.type_name = attribute(variable, "typeRef");
        all_.element = e.name;
        all_.lines = document.lines;
        e.line = all_.line = line_of(node, document.lines);
        Layout layout;
        Scope scope(layout);
        Boxed boxed(scope, all_);
        e.type = boxed.type_of(variable);
        by_id_.try_emplace(document.name_space + "#" + e.id, program_->elements.size());
        if (kind == "businessKnowledgeModel") e.parameters = boxed.parameters_of(child(node, "encapsulatedLogic"));
        if (e.kind == Model::Kind::knowledge || e.kind == Model::Kind::service)
            e.function = Value::function(new ElementFunction(program_->elements.size()));
        program_->elements.push_back(std::move(e));
        sources_.emplace_back(index, node);
    }
}

std::optional<size_t> Linker::target(const Document& document, std::string_view href) {
    auto hash = href.find('#');
    if (hash == href.npos) return {};
    std::string ns(href.substr(0, hash));
    auto found = by_id_.find((ns.empty() ? document.name_space : ns) + "#" + std::string(href.substr(hash + 1)));
    return found == by_id_.end() ? std::nullopt : std::optional(found->second);
}

// By which prefixes a namespace is reached from a document; nothing when it is not.
std::vector<std::string> Linker::path_to(const Document& from, const std::string& name_space, int depth) {
    for (auto& import : from.imports)
        if (documents_[import.document].name_space == name_space) return {import.prefix};
    if (depth < most_imports)
        for (auto& import : from.imports)
            if (auto rest = path_to(documents_[import.document], name_space, depth + 1); !rest.empty()) {
                rest.insert(rest.begin(), import.prefix);
                return rest;
            }
    return {};
}

void Linker::name_in(Scope& scope, const Document& document, const ProgramElement& e, Binding binding) {
    if (e.model == document.name_space) return scope.declare(e.name, std::move(binding));
    auto path = path_to(document, e.model, 0);
    std::erase(path, "");
    if (path.empty()) return scope.declare(e.name, std::move(binding));
    // One space for each prefix, shared by all that is required under it.
    std::shared_ptr<Space> space;
    for (size_t i = 0; i < path.size(); ++i) {
        auto* known = i == 0 ? scope.binding(path[0]) : nullptr;
        if (i > 0)
            for (auto& [name, b] : *space)
                if (name == path[i] && b.kind == Binding::Kind::space) known = &b;
        if (known && known->kind == Binding::Kind::space) {
            space = known->space;
            continue;
        }
        Binding made;
        made.kind = Binding::Kind::space;
        made.space = std::make_shared<Space>();
        auto next = made.space;
        if (i == 0)
            scope.declare(path[0], std::move(made));
        else
            space->emplace_back(path[i], std::move(made));
        space = next;
    }
    space->emplace_back(e.name, std::move(binding));
}

void Linker::require(ProgramElement& e, Scope& scope, Xml requirement, const char* kind) {
    auto required = child(requirement, kind);
    if (!required) return;
    auto& document = documents_[sources_[size_t(&e - program_->elements.data())].first];
    auto found = target(document, attribute(required, "href"));
    if (!found) {
        all_.fault(0, fmt::format("it requires {}, which is not there", attribute(required, "href")),
                   fmt::format("所需的 {} 不存在", attribute(required, "href")));
        return;
    }
    auto& other = program_->elements[*found];
    Binding b;
    b.type = other.type;
    if (!other.function.null()) {
        b.kind = Binding::Kind::constant;
        b.value = other.function;
    } else {
        b.layout = scope.layout();
        b.slot = scope.layout()->slots++;
        e.needs.emplace_back(b.slot, *found);
    }
    name_in(scope, document, other, std::move(b));
}

void Linker::connect(size_t index) {
    auto [document, node] = sources_[index];
    all_.types = documents_[document].types;
    all_.element = program_->elements[index].name;
    all_.part.clear();
    all_.lines = documents_[document].lines;
    all_.line = program_->elements[index].line;
    switch (program_->elements[index].kind) {
        case Model::Kind::input:
            break;
        case Model::Kind::decision:
            compile_decision(index, node);
            break;
        case Model::Kind::knowledge:
            compile_knowledge(index, node);
            break;
        case Model::Kind::service:
            compile_service(index, node);
            break;
    }
}

void Linker::compile_decision(size_t index, Xml node) {
    auto& e = program_->elements[index];
    Layout layout;
    Scope scope(layout);
    for (auto r : children(node, "informationRequirement")) {
        require(e, scope, r, "requiredDecision");
        require(e, scope, r, "requiredInput");
    }
    for (auto r : children(node, "knowledgeRequirement")) require(e, scope, r, "requiredKnowledge");
    e.node = Boxed(scope, all_).expression_in(node);
    e.slots = layout.slots;
    e.expression = text_of_child(child(node, "literalExpression"), "text");
    e.description = text_of_child(node, "description");
    if (child(node, "decisionTable") && !program_->tables.empty() && program_->tables.back()->decision == e.name)
        e.table = program_->tables.size() - 1;
}

void Linker::compile_knowledge(size_t index, Xml node) {
    auto& e = program_->elements[index];
    auto logic = child(node, "encapsulatedLogic");
    Layout layout;
    Scope scope(layout);
    // The parameters' slots come first; their names hide those of what is required.
    std::vector<Binding> bindings;
    for (auto& p : e.parameters) {
        Binding b;
        b.layout = &layout;
        b.slot = layout.slots++;
        b.type = p.type;
        bindings.push_back(b);
    }
    for (auto r : children(node, "knowledgeRequirement")) require(e, scope, r, "requiredKnowledge");
    for (size_t i = 0; i < bindings.size(); ++i) scope.declare(e.parameters[i].name->text, bindings[i]);
    Boxed boxed(scope, all_);
    auto kind = attribute(logic, "kind");
    if (kind.empty() || kind == "FEEL") e.node = boxed.expression_in(logic);
    e.result = boxed.type_of(logic);
    if (!e.result) e.result = result_of(e.type);
    e.slots = layout.slots;
    static_cast<ElementFunction&>(const_cast<FunctionValue&>(e.function.function())).show(e.parameters, e.result);
}

void Linker::compile_service(size_t index, Xml node) {
    auto& e = program_->elements[index];
    auto& document = documents_[sources_[index].first];
    auto add = [&](std::string_view kind, std::vector<size_t>& to) {
        for (auto r : children(node, kind)) {
            if (auto found = target(document, attribute(r, "href")))
                to.push_back(*found);
            else
                all_.fault(0, fmt::format("it names {}, which is not there", attribute(r, "href")),
                           fmt::format("所列的 {} 不存在", attribute(r, "href")));
        }
    };
    add("inputData", e.inputs);
    add("inputDecision", e.inputs);
    add("outputDecision", e.outputs);
    for (auto i : e.inputs) {
        auto& input = program_->elements[i];
        e.parameters.push_back({name_of(input.name), input.type});
    }
    e.result = result_of(e.type);
    static_cast<ElementFunction&>(const_cast<FunctionValue&>(e.function.function())).show(e.parameters, e.result);
}

}  // namespace yimen::rules
