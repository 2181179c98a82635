#include "rules/element_function.h"

// What the elements of a model come to.
namespace yimen::rules {

namespace {

enum : uint8_t { unknown, under_way, known };

// Puts the run into an element, for notes, and back.
struct Inside {
    Inside(Run& r, size_t element) : run(r), before(std::exchange(r.element, element)) {}
    ~Inside() { run.element = before; }
    Run& run;
    size_t before;
};

Value decide(Run& run, const ProgramElement& e) {
    if (!e.node) return run.null("it has no logic", "没有定义逻辑");
    Frame frame(run, e.slots);
    for (auto& [slot, element] : e.needs) frame.slots[slot] = run.value_of(element);
    return converted(run, e.node->eval(frame), e.type);
}

Value serve(Run& run, const ProgramElement& e, std::span<Value> arguments) {
    // Its decisions see only what it is given.
    Results own;
    own.values.resize(run.program->elements.size());
    own.known.resize(run.program->elements.size());
    for (size_t i = 0; i < e.inputs.size(); ++i) {
        if (!convert(run, arguments[i], e.parameters[i].type)) return {};
        own.values[e.inputs[i]] = std::move(arguments[i]);
        own.known[e.inputs[i]] = known;
    }
    auto* before = std::exchange(run.results, &own);
    Value out;
    if (e.outputs.size() == 1) {
        out = run.value_of(e.outputs[0]);
    } else {
        Members members;
        for (auto o : e.outputs) members.emplace_back(name_of(run.program->elements[o].name), run.value_of(o));
        out = run.context(std::move(members));
    }
    run.results = before;
    return converted(run, std::move(out), e.result);
}

}  // namespace

Value Run::value_of(size_t index) {
    auto& e = program->elements[index];
    if (results->known[index] == known) return results->values[index];
    if (results->known[index] == under_way) return null("it requires itself", "循环依赖自身");
    if (deep() || !step()) return {};
    if (!e.function.null()) return e.function;
    results->known[index] = under_way;
    Value value;
    {
        Inside inside(*this, index);
        if (e.kind == Model::Kind::decision) value = decide(*this, e);
    }
    results->values[index] = value;
    results->known[index] = known;
    return value;
}

Value ElementFunction::call(Run& run, std::span<Value> arguments) const {
    if (!run.program || element_ >= run.program->elements.size()) return {};
    if (!run.step() || run.deep()) return {};
    auto& e = run.program->elements[element_];
    Inside inside(run, element_);
    if (e.kind == Model::Kind::service) return serve(run, e, arguments);
    if (!e.node) return run.null("it has no logic", "没有定义逻辑");
    Frame frame(run, e.slots);
    for (size_t i = 0; i < arguments.size(); ++i) {
        if (!convert(run, arguments[i], e.parameters[i].type)) return {};
        frame.slots[i] = std::move(arguments[i]);
    }
    return converted(run, e.node->eval(frame), e.result);
}

}  // namespace yimen::rules
