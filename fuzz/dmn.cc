#include "fuzz.h"
#include "rules/rules.h"

// Any bytes as a decision model are refused with a sentence, or have elements that can each be evaluated with nothing given, to an end
// within their limits, and tables that can be checked.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    using namespace yimen;
    using fuzz::must;
    auto model = rules::Model::read(fuzz::text(data, size));
    if (!model) return must(!model.error().en.empty() && !model.error().zh.empty()), 0;
    for (auto& fault : model->faults()) must(valid_utf8(fault.text(Language::zh)) && valid_utf8(fault.text(Language::en)));
    const rules::Model::Asked asked{.limits = {.steps = 20'000, .bytes = 8 << 20, .stack = 256 << 10, .text = 64 << 10}, .explain = true};
    auto elements = model->elements();
    for (size_t i = 0; i < elements.size() && i < 50; ++i) must(model->evaluate(i, {}, asked).notes.size() <= asked.limits.notes);
    std::map<std::string, int> findings;
    for (auto& finding : model->check()) must(++findings[finding.decision] <= 21 && !finding.en.empty() && !finding.zh.empty());
    return 0;
}
