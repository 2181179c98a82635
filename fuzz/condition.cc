#include "catalogue/condition.h"

// Any bytes either parse into a condition that can be tried and read again from its own text, or are refused within
// them.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace yimen::catalogue;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  auto parsed = Condition::parse(text);
  if (!parsed) return parsed.error().position <= size && !parsed.error().message.empty() ? 0 : (__builtin_trap(), 0);
  for (auto state : {Looked::State::unknown, Looked::State::absent, Looked::State::value}) {
    auto lookup = [&](std::string_view) { return Looked{state, "12.5"}; };
    auto truth = parsed->holds(lookup);
    if ((truth == Truth::unknown) == parsed->undecided(lookup).empty()) __builtin_trap();
    if (state != Looked::State::unknown && truth == Truth::unknown) __builtin_trap();
    parsed->because(lookup);
  }
  if (!Condition::parse(parsed->text())) __builtin_trap();
  return 0;
}
