#include "base/text.h"
#include "rules/linker.h"
#include "rules/program.h"

namespace yimen::rules {

std::string Fault::text(Language language) const {
    std::string where = element;
    if (!part.empty()) where += (where.empty() ? "" : ", ") + part;
    if (position)
        where += (where.empty() ? "" : ", ") +
                 (language == Language::zh ? fmt::format("第 {} 字节", position) : fmt::format("character {}", position));
    auto& what = language == Language::zh ? zh : en;
    return where.empty() ? what : where + (language == Language::zh ? "：" : ": ") + what;
}

std::string Matched::text(Language language) const {
    bool zh = language == Language::zh;
    std::string out = zh ? fmt::format("第 {} 行", rule) : fmt::format("row {}", rule);
    bool first = true;
    for (auto& b : because) {
        out += std::exchange(first, false) ? (zh ? "，因为 " : ", because ") : (zh ? "，且 " : " and ");
        bool compares = !b.cell.empty() && std::string_view("<>=!").find(b.cell[0]) != std::string_view::npos;
        out += b.label + (compares ? " " : zh ? " 为 " : " is ") + b.cell;
        auto value = b.value.text();
        if (value != b.cell && '"' + value + '"' != b.cell) out += zh ? fmt::format("（{}）", value) : fmt::format(" ({})", value);
    }
    return out;
}

Result<Model, Fault> Model::read(std::string_view file, std::span<const std::string> files) {
    auto linked = Linker().link(file, files);
    if (!linked) return refuse(linked.error());
    return Model(std::move(*linked));
}

const std::string& Model::name() const { return program_->name; }
const std::string& Model::name_space() const { return program_->name_space; }
const std::vector<Fault>& Model::faults() const { return program_->faults; }

std::vector<Model::Element> Model::elements() const {
    std::vector<Element> out;
    for (auto& e : program_->elements) {
        auto& one =
            out.emplace_back(Element{e.kind, e.id, e.name, e.model, e.type_name, e.imported, e.line, {}, e.expression, e.description});
        for (auto& [slot, needed] : e.needs) one.required.push_back(needed);
    }
    return out;
}

std::optional<size_t> Model::find(std::string_view name, std::string_view name_space) const {
    for (bool imported : {false, true})
        for (size_t i = 0; i < program_->elements.size(); ++i) {
            auto& e = program_->elements[i];
            if (e.name == name && e.imported == imported && (name_space.empty() || e.model == name_space)) return i;
        }
    return {};
}

namespace {

Value value_of_element(Run& run, size_t index, std::span<const Model::Given> given) {
    auto& e = run.program->elements[index];
    if (e.function.null()) return run.value_of(index);
    // A function is called with what is given under the names of its parameters.
    std::vector<Value> arguments(e.parameters.size());
    for (size_t i = 0; i < arguments.size(); ++i)
        for (auto& g : given)
            if (run.program->elements[g.element].name == e.parameters[i].name->text) arguments[i] = g.value;
    return e.function.function().call(run, arguments);
}

Outcome finished(Run& run, Value value) { return {run.stopped ? Value() : std::move(value), std::move(run.notes), {}, run.stopped}; }

}  // namespace

Outcome Model::evaluate(size_t element, std::span<const Given> given, const Asked& asked) const {
    Run run(program_.get(), asked.limits, asked.now);
    Results results;
    results.values.resize(program_->elements.size());
    results.known.resize(program_->elements.size());
    run.results = &results;
    std::vector<Matched> matched;
    if (asked.explain) run.matched = &matched;
    for (auto& g : given) {
        if (g.element >= results.values.size()) continue;
        run.element = g.element;
        results.values[g.element] = converted(run, g.value, program_->elements[g.element].type);
        results.known[g.element] = 2;
    }
    run.element = element;
    auto value = value_of_element(run, element, given);
    auto out = finished(run, std::move(value));
    out.matched = std::move(matched);
    return out;
}

Result<Outcome, Fault> Model::evaluate(std::string_view name, const Value& given, const Asked& asked) const {
    auto element = find(name);
    if (!element) return refuse(Fault{std::string(name), "", 0, "there is no such decision", "没有这一决策"});
    auto& e = program_->elements[*element];
    if (e.kind == Kind::knowledge) {
        Run run(program_.get(), asked.limits, asked.now);
        Results results;
        results.values.resize(program_->elements.size());
        results.known.resize(program_->elements.size());
        run.results = &results;
        std::vector<Value> arguments(e.parameters.size());
        for (size_t i = 0; i < arguments.size(); ++i)
            if (auto* value = given.is(rules::Kind::context) ? given.member(e.parameters[i].name) : nullptr) arguments[i] = *value;
        auto value = e.function.function().call(run, arguments);
        return finished(run, std::move(value));
    }
    std::vector<Given> list;
    if (given.is(rules::Kind::context))
        for (auto& [key, value] : given.context())
            if (auto found = find(key->text)) list.push_back({*found, value});
    return evaluate(*element, list, asked);
}

namespace {

Result<std::shared_ptr<Program>, Fault> compile_alone(std::string_view text, std::span<const std::string> names, bool tests) {
    auto program = std::make_shared<Program>();
    Compiling all{*program, {}, {}, {}, {}};
    Layout layout;
    Scope scope(layout);
    for (auto& name : names) scope.declare(tidy_name(name));
    if (tests) {
        auto tested = scope.declare("?");
        program->expression = parse_tests(text, scope, all, tested);
    } else {
        program->expression = parse_expression(text, scope, all);
    }
    program->slots = layout.slots;
    if (!program->faults.empty()) return refuse(program->faults[0]);
    return program;
}

}  // namespace

Result<Expression, Fault> Expression::read(std::string_view text, std::span<const std::string> names) {
    auto program = compile_alone(text, names, false);
    if (!program) return refuse(program.error());
    Expression out;
    out.program_ = *program;
    return out;
}

Result<Expression, Fault> Expression::read_tests(std::string_view text, std::span<const std::string> names) {
    auto program = compile_alone(text, names, true);
    if (!program) return refuse(program.error());
    Expression out;
    out.program_ = *program;
    return out;
}

Outcome Expression::evaluate(std::span<const Value> values, const Model::Asked& asked) const {
    Run run(program_.get(), asked.limits, asked.now);
    Value value;
    {
        Frame frame(run, program_->slots);
        for (size_t i = 0; i < values.size() && i < program_->slots; ++i) frame.slots[i] = values[i];
        value = program_->expression->eval(frame);
    }
    return finished(run, std::move(value));
}

}  // namespace yimen::rules
