#include "catalogue/condition.h"

namespace yimen::catalogue {

namespace {

using Comparison = Condition::Comparison;

// Most answers are words: their first character tells that without parsing.
bool may_be_number(std::string_view text) {
  return !text.empty() && ((text[0] >= '0' && text[0] <= '9') || text[0] == '-');
}

bool compares(const Comparison& c, std::string_view left, std::string_view right) {
  std::optional<int64_t> a, b;
  if (may_be_number(left) && may_be_number(right)) a = parse_decimal(left), b = parse_decimal(right);
  const bool numbers = a && b;
  switch (c.op) {
    case Comparison::Op::equal:
    case Comparison::Op::in:
      return numbers ? *a == *b : left == right;
    case Comparison::Op::different:
      return numbers ? *a != *b : left != right;
    case Comparison::Op::less:
      return numbers && *a < *b;
    case Comparison::Op::at_most:
      return numbers && *a <= *b;
    case Comparison::Op::more:
      return numbers && *a > *b;
    case Comparison::Op::at_least:
      return numbers && *a >= *b;
  }
  return false;
}

// "Different" means that none of several choices is the value; every other operator asks whether one of them fits.
bool compares_any(const Comparison& c, std::string_view joined) {
  const bool negative = c.op == Comparison::Op::different;
  for (size_t at = 0; at <= joined.size();) {
    auto end = std::min(joined.find('\x1f', at), joined.size());
    for (auto& value : c.values)
      if (compares(c, joined.substr(at, end - at), value) != negative) return !negative;
    at = end + 1;
  }
  return negative;
}

Truth compare(const Comparison& c, const Looked& looked) {
  if (looked.state == Looked::State::unknown) return Truth::unknown;
  if (looked.state == Looked::State::absent) return c.op == Comparison::Op::different ? Truth::yes : Truth::no;
  return compares_any(c, looked.text) ? Truth::yes : Truth::no;
}

void add_once(std::vector<std::string_view>& names, std::string_view name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

}  // namespace

std::optional<int64_t> parse_decimal(std::string_view text) {
  bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  auto point = text.find('.');
  auto whole = text.substr(0, point), fraction = point == text.npos ? "" : text.substr(point + 1);
  if (whole.empty() || whole.size() > 12 || fraction.size() > 6 || (point != text.npos && fraction.empty())) return {};
  int64_t value = 0;
  for (char c : whole) {
    if (c < '0' || c > '9') return {};
    value = value * 10 + (c - '0');
  }
  for (size_t i = 0; i < 6; ++i) {
    char c = i < fraction.size() ? fraction[i] : '0';
    if (c < '0' || c > '9') return {};
    value = value * 10 + (c - '0');
  }
  return negative ? -value : value;
}

Truth Condition::holds(const Lookup& lookup) const { return holds(nodes_.size() - 1, lookup); }

Truth Condition::holds(size_t at, const Lookup& lookup) const {
  const Node& node = nodes_[at];
  if (node.kind == Node::Kind::comparison) return compare(node.comparison, lookup(node.comparison.name));
  if (node.kind == Node::Kind::negated) {
    auto inner = holds(node.parts[0], lookup);
    return inner == Truth::unknown ? inner : inner == Truth::yes ? Truth::no : Truth::yes;
  }
  const Truth deciding = node.kind == Node::Kind::all ? Truth::no : Truth::yes;
  Truth result = node.kind == Node::Kind::all ? Truth::yes : Truth::no;
  for (auto part : node.parts) {
    auto truth = holds(part, lookup);
    if (truth == deciding) return deciding;
    if (truth == Truth::unknown) result = Truth::unknown;
  }
  return result;
}

std::vector<std::string_view> Condition::undecided(const Lookup& lookup) const {
  std::vector<std::string_view> names;
  undecided(nodes_.size() - 1, lookup, names);
  return names;
}

void Condition::undecided(size_t at, const Lookup& lookup, std::vector<std::string_view>& names) const {
  if (holds(at, lookup) != Truth::unknown) return;
  const Node& node = nodes_[at];
  if (node.kind == Node::Kind::comparison) return add_once(names, node.comparison.name);
  for (auto part : node.parts) undecided(part, lookup, names);
}

std::vector<std::string_view> Condition::because(const Lookup& lookup) const {
  std::vector<std::string_view> names;
  because(nodes_.size() - 1, true, lookup, names);
  return names;
}

void Condition::because(size_t at, bool wanted, const Lookup& lookup, std::vector<std::string_view>& names) const {
  if (holds(at, lookup) != (wanted ? Truth::yes : Truth::no)) return;
  const Node& node = nodes_[at];
  if (node.kind == Node::Kind::comparison) return add_once(names, node.comparison.name);
  if (node.kind == Node::Kind::negated) return because(node.parts[0], !wanted, lookup, names);
  for (auto part : node.parts) because(part, wanted, lookup, names);
}

std::vector<Condition::Comparison> Condition::comparisons() const {
  std::vector<Comparison> all;
  for (auto& node : nodes_)
    if (node.kind == Node::Kind::comparison) all.push_back(node.comparison);
  return all;
}

}  // namespace yimen::catalogue
