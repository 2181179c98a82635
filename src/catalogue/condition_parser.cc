#include "catalogue/condition.h"

namespace yimen::catalogue {

namespace {

bool word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

constexpr size_t most_bytes = 1000, most_nodes = 64, most_levels = 16;

struct Refused {
  ConditionError error;
};

}  // namespace

// Recursive descent; a fault is thrown within this file and handed out as a value by parse.
class ConditionParser {
 public:
  explicit ConditionParser(std::string_view text) : text_(text) { advance(); }

  std::vector<Condition::Node> whole() {
    either(0);
    if (!token_.empty()) fail("expected \"and\", \"or\" or the end");
    return std::move(nodes_);
  }

 private:
  using Node = Condition::Node;
  using Op = Condition::Comparison::Op;

  [[noreturn]] void fail(std::string_view expected) const {
    auto found = token_.empty() ? std::string("the end") : fmt::format("\"{}\"", token_);
    throw Refused{{fmt::format("{}, but found {}", expected, found), start_}};
  }

  void advance() {
    while (next_ < text_.size() && text_[next_] == ' ') ++next_;
    start_ = next_;
    if (next_ == text_.size()) {
      token_ = {};
      return;
    }
    const size_t from = next_++;
    if (word_character(text_[from])) {
      while (next_ < text_.size() && word_character(text_[next_])) ++next_;
    } else if (std::string_view("!<>").find(text_[from]) != std::string_view::npos) {
      if (next_ < text_.size() && text_[next_] == '=') ++next_;
    } else if (std::string_view("=(),").find(text_[from]) == std::string_view::npos) {
      throw Refused{{"only words, numbers, = != < <= > >=, in (…), and, or, not may stand here", from}};
    }
    token_ = text_.substr(from, next_ - from);
  }

  bool take(std::string_view word) {
    if (token_ != word) return false;
    advance();
    return true;
  }

  size_t add(Node node) {
    if (nodes_.size() >= most_nodes) throw Refused{{"too long: at most 64 parts", start_}};
    nodes_.push_back(std::move(node));
    return nodes_.size() - 1;
  }

  template <class Part>
  size_t joined(std::string_view by, Node::Kind kind, const Part& part) {
    std::vector<size_t> parts{part()};
    while (take(by)) parts.push_back(part());
    return parts.size() == 1 ? parts[0] : add({kind, std::move(parts), {}});
  }

  size_t either(size_t level) {
    return joined("or", Node::Kind::any, [&] { return joined("and", Node::Kind::all, [&] { return one(level); }); });
  }

  size_t one(size_t level) {
    if (level > most_levels) throw Refused{{"nested too deeply: at most 16 levels", start_}};
    if (take("not")) return add({Node::Kind::negated, {one(level + 1)}, {}});
    if (!take("(")) return comparison();
    auto inner = either(level + 1);
    if (!take(")")) fail("expected \")\"");
    return inner;
  }

  std::string word(std::string_view expected) {
    static constexpr std::string_view reserved[] = {"and", "or", "not", "in"};
    if (token_.empty() || !word_character(token_[0]) || std::ranges::count(reserved, token_)) fail(expected);
    std::string word(token_);
    advance();
    return word;
  }

  size_t comparison() {
    Condition::Comparison c;
    c.name = word("expected the name of a question or field");
    c.op = op();
    if (c.op != Op::in) {
      c.values = {word("expected a value")};
      if (c.op != Op::equal && c.op != Op::different && !parse_decimal(c.values[0]))
        throw Refused{{fmt::format("\"{}\" is not a number, but < <= > >= compare numbers", c.values[0]), start_}};
      return add({Node::Kind::comparison, {}, std::move(c)});
    }
    if (!take("(")) fail("expected \"(\" after \"in\"");
    do c.values.push_back(word("expected a value"));
    while (take(","));
    if (!take(")")) fail("expected \",\" or \")\"");
    return add({Node::Kind::comparison, {}, std::move(c)});
  }

  Op op() {
    static constexpr std::pair<std::string_view, Op> ops[] = {
        {"=", Op::equal}, {"!=", Op::different}, {"<", Op::less}, {"<=", Op::at_most},
        {">", Op::more},  {">=", Op::at_least},  {"in", Op::in}};
    for (auto& [sign, op] : ops)
      if (take(sign)) return op;
    fail("expected one of = != < <= > >= in");
  }

  std::string_view text_, token_;
  size_t next_ = 0, start_ = 0;
  std::vector<Node> nodes_;
};

Result<Condition, ConditionError> Condition::parse(std::string_view text) {
  if (text.size() > most_bytes) return refuse(ConditionError{"too long: at most 1,000 bytes", most_bytes});
  try {
    Condition condition;
    condition.nodes_ = ConditionParser(text).whole();
    condition.text_ = text;
    return condition;
  } catch (Refused& refused) {
    return refuse(std::move(refused.error));
  }
}

}  // namespace yimen::catalogue
