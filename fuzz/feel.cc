#include "fuzz.h"
#include "rules/rules.h"

// Any bytes as an expression or as unary tests are refused with a place within them and a sentence in both languages, or are evaluated to
// an end within their limits, and to the same end a second time.
namespace {

using namespace yimen;
using fuzz::must;

const rules::Model::Asked asked{.limits = {.steps = 20'000, .bytes = 8 << 20, .stack = 256 << 10, .text = 64 << 10}};

void check(const Result<rules::Expression, rules::Fault>& read, size_t size, size_t values) {
    if (!read) {
        // Characters are counted from 1; behind the last one something may be missing.
        must(read.error().position <= size + 1 && !read.error().en.empty() && !read.error().zh.empty());
        for (auto language : {Language::zh, Language::en}) must(valid_utf8(read.error().text(language)));
        return;
    }
    const std::vector<rules::Value> given(values);
    auto first = read->evaluate(given, asked), second = read->evaluate(given, asked);
    must(first.stopped == second.stopped && first.notes.size() == second.notes.size());
    must(first.notes.size() <= asked.limits.notes);
    for (auto& note : first.notes) must(valid_utf8(note.en) && valid_utf8(note.zh));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    static const std::vector<std::string> names{"a", "floor area"};
    auto text = fuzz::text(data, size);
    if (!valid_utf8(text)) return 0;  // whoever reads expressions has read UTF-8
    check(rules::Expression::read(text, names), size, 2);
    check(rules::Expression::read_tests(text, names), size, 3);
    return 0;
}
