#pragma once
#include "base/clock.h"
#include "rules/objects.h"
#include "rules/rules.h"

namespace yimen::rules {

struct Program;
struct Type;

// The values that the evaluation under way has in hand, in stacks of slots: a frame for each decision and call.
class Slots {
  public:
    Value* take(size_t count);
    void give_back(size_t count);

  private:
    struct Chunk {
        std::unique_ptr<Value[]> values;
        size_t size = 0, used = 0;
    };
    std::vector<Chunk> chunks_;
    size_t current_ = 0;
};

// What the elements of a model have come to so far; a decision service called as a function has its own.
struct Results {
    std::vector<Value> values;
    std::vector<uint8_t> known;
};

// One evaluation: its limits, its clock, what went wrong.
struct Run {
    Run(const Program*, const Limits&, Instant now);

    const Program* program;
    Limits limits;
    Instant now;
    Slots slots;
    Results* results = nullptr;
    size_t element = SIZE_MAX;  // the one being evaluated, for notes
    uint64_t steps = 0, bytes = 0;
    bool stopped = false;
    const char* stack_base;
    std::vector<Note> notes;
    std::vector<Matched>* matched = nullptr;

    // Counts work; false once a limit is passed, and from then on.
    bool step(uint64_t n = 1) {
        if ((steps += n) > limits.steps) stop("the limit of steps", "步数上限");
        return !stopped;
    }
    bool room(uint64_t more) {
        if ((bytes += more) > limits.bytes) stop("the limit of memory", "内存上限");
        return !stopped;
    }
    bool deep() {
        auto here = static_cast<const char*>(__builtin_frame_address(0));
        if (size_t(stack_base - here) > limits.stack && here < stack_base) stop("the limit of depth", "嵌套深度上限");
        return stopped;
    }
    void stop(std::string_view en, std::string_view zh);
    // Records why something became null; returns null.
    Value null(std::string en, std::string zh);

    Value list(std::vector<Value>);
    Value context(Members);
    Value string(std::string);
    Value value_of(size_t element);
};

// A frame's slots, given back at the end of the scope.
struct Frame {
    Frame(Run& r, size_t count) : run(r), slots(r.slots.take(count)), count(count) {}
    ~Frame() { run.slots.give_back(count); }
    Frame(const Frame&) = delete;
    Run& run;
    Value* slots;
    size_t count;
};

}  // namespace yimen::rules
