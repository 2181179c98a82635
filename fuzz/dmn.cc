#include "rules/rules.h"

// Any bytes are either no model, with a reason, or one whose every decision evaluates within the limits, with and without inputs.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    using namespace yimen;
    using namespace yimen::rules;
    std::string_view file(reinterpret_cast<const char*>(data), size);
    auto model = Model::read(file);
    if (!model) {
        if (model.error().en.empty() || model.error().zh.empty()) __builtin_trap();
        return 0;
    }
    Model::Asked asked;
    asked.explain = true;
    asked.limits.steps = 20'000;
    asked.limits.bytes = 16 << 20;
    auto elements = model->elements();
    std::vector<Model::Given> given;
    for (size_t i = 0; i < elements.size(); ++i)
        if (elements[i].kind == Model::Kind::input) given.push_back({i, Value::number(int64_t(i))});
    for (size_t i = 0; i < elements.size() && i < 50; ++i) {
        model->evaluate(i, {}, asked);
        auto outcome = model->evaluate(i, given, asked);
        for (auto& m : outcome.matched)
            if (m.text(Language::en).empty() || m.text(Language::zh).empty()) __builtin_trap();
    }
    return 0;
}
