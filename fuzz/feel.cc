#include "rules/rules.h"

// Any bytes either compile, and then evaluate within the limits, or are refused at a place within them. Read once as an expression
// and once as the tests of a table's cell.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    using namespace yimen;
    using namespace yimen::rules;
    std::string_view text(reinterpret_cast<const char*>(data), size);
    static const std::vector<std::string> names{"a", "first name", "面积"};
    Model::Asked asked;
    asked.limits.steps = 20'000;
    asked.limits.bytes = 16 << 20;
    Value values[] = {Value::number(7), Value::string("Li"), Value::list({Value::number(1), Value::number(2)}), Value::number(3)};
    for (bool tests : {false, true}) {
        auto read = tests ? Expression::read_tests(text, names) : Expression::read(text, names);
        if (!read) {
            if (read.error().position > size + 1 || read.error().en.empty() || read.error().zh.empty()) __builtin_trap();
            continue;
        }
        auto outcome = read->evaluate(values, asked);
        if (outcome.stopped && !outcome.value.null()) __builtin_trap();
        auto again = read->evaluate(values, asked);
        if (outcome.value.text() != again.value.text()) __builtin_trap();
    }
    return 0;
}
