#include "rules/run.h"

#include "rules/program.h"

namespace yimen::rules {

Value* Slots::take(size_t count) {
    while (current_ < chunks_.size() && chunks_[current_].size - chunks_[current_].used < count) ++current_;
    if (current_ == chunks_.size()) {
        auto size = std::max<size_t>(count, chunks_.empty() ? 64 : 1024);
        chunks_.push_back({std::make_unique<Value[]>(size), size, 0});
    }
    auto& chunk = chunks_[current_];
    chunk.used += count;
    return chunk.values.get() + chunk.used - count;
}

void Slots::give_back(size_t count) {
    auto& chunk = chunks_[current_];
    chunk.used -= count;
    for (size_t i = 0; i < count; ++i) chunk.values[chunk.used + i] = Value();
    while (current_ && chunks_[current_].used == 0) --current_;
}

Run::Run(const Program* program, const Limits& limits, Instant now)
    : program(program), limits(limits), now(now), stack_base(static_cast<const char*>(__builtin_frame_address(0))) {}

void Run::stop(std::string_view en, std::string_view zh) {
    if (stopped) return;
    stopped = true;
    null(fmt::format("stopped: {} is reached", en), fmt::format("已中止：达到{}", zh));
}

Value Run::null(std::string en, std::string zh) {
    if (notes.size() < limits.notes)
        notes.push_back(
            {program && element < program->elements.size() ? program->elements[element].name : "", std::move(en), std::move(zh)});
    return {};
}

Value Run::list(std::vector<Value> items) {
    if (!room(items.size() * sizeof(Value) + 64)) return {};
    auto out = Value::list(std::move(items));
    if (out.depth() > limits.nesting || out.weight() > limits.weight) {
        stop("the limit of a value's size", "数值规模上限");
        return {};
    }
    return out;
}

Value Run::context(Members members) {
    if (!room(members.size() * sizeof(members[0]) + 64)) return {};
    auto out = Value::context(std::move(members));
    if (out.depth() > limits.nesting || out.weight() > limits.weight) {
        stop("the limit of a value's size", "数值规模上限");
        return {};
    }
    return out;
}

Value Run::string(std::string text) {
    if (text.size() > limits.text) stop("the limit of a text's length", "文本长度上限");
    if (stopped || !room(text.size() + 64)) return {};
    return Value::string(std::move(text));
}

}  // namespace yimen::rules
