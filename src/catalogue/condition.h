#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace yimen::catalogue {

struct ConditionError {
  std::string message;  // in English, for whoever writes items: what is wrong and what was expected
  size_t position = 0;  // in bytes
};

// What a name stands for when a condition is tried. Several choices of one field are joined by '\x1f': any of them may
// match.
struct Looked {
  enum class State { value, absent, unknown } state = State::absent;
  std::string_view text;
};
enum class Truth { no, yes, unknown };

// A yes-or-no expression over answers and form values:
//   premises = food and (discharge > 50 or network in (park, combined)) and not agent = yes
// Names and words are letters, digits, "_", "-" and "."; numbers are plain decimals (at most 12 digits before the point
// and 6 after) and compared exactly. A name that does not apply equals nothing (so != holds). Unknown names give
// Truth::unknown unless the rest decides (Kleene). Bounded: 1,000 bytes, 64 parts, 16 levels.
class Condition {
 public:
  struct Comparison {
    enum class Op { equal, different, less, at_most, more, at_least, in };
    std::string name;
    Op op;
    std::vector<std::string> values;  // one, or several of `in`
  };
  using Lookup = std::function<Looked(std::string_view name)>;

  static Result<Condition, ConditionError> parse(std::string_view text);

  Truth holds(const Lookup&) const;
  // Names whose values could still decide it; empty when it is decided.
  std::vector<std::string_view> undecided(const Lookup&) const;
  // The names that made it hold, in the order written.
  std::vector<std::string_view> because(const Lookup&) const;
  // Every comparison, to check names and values against what exists.
  std::vector<Comparison> comparisons() const;
  const std::string& text() const { return text_; }

 private:
  friend class ConditionParser;
  struct Node {
    enum class Kind { all, any, negated, comparison } kind;
    std::vector<size_t> parts;
    Comparison comparison;
  };
  Truth holds(size_t node, const Lookup&) const;
  void undecided(size_t node, const Lookup&, std::vector<std::string_view>&) const;
  void because(size_t node, bool wanted, const Lookup&, std::vector<std::string_view>&) const;

  std::string text_;
  std::vector<Node> nodes_;  // parents after their parts, so the last is the root
};

// A plain decimal as millionths: "12.5" → 12500000. Refuses anything else, and what does not fit.
std::optional<int64_t> parse_decimal(std::string_view);

}  // namespace yimen::catalogue
