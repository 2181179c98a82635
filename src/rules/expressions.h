#pragma once
#include "rules/builtins.h"
#include "rules/parser.h"
#include "rules/scanner.h"

namespace yimen::rules {

// Reads an expression by recursive descent, from the loosest operator to the tightest, and compiles it on the way.
class Expressions {
  public:
    Expressions(std::string_view text, Scope& scope, Compiling& all) : in(text), scope(scope), all(all) {}

    NodeP whole_expression();
    NodeP whole_tests(size_t tested);
    const Type* whole_type();
    Value literal_range();
    const Scanner::Mistake* mistake() const { return in.failed() ? &in.mistake() : nullptr; }

  private:
    NodeP expression();
    NodeP disjunction();
    NodeP conjunction();
    NodeP comparison_();
    NodeP compared(NodeP left);
    NodeP sum();
    NodeP product();
    NodeP power();
    NodeP signed_();
    NodeP postfix();
    NodeP followed(NodeP);
    NodeP primary();
    NodeP number_or_string();
    NodeP in_brackets();
    NodeP list_or_range();
    NodeP range_from(NodeP low, bool low_included);
    NodeP context();
    std::string key();
    NodeP if_();
    NodeP for_();
    NodeP quantified_(bool some);
    std::vector<Iterator> iterators(std::string_view until);
    NodeP function();
    std::optional<std::vector<Parameter>> parameters();
    NodeP name();
    NodeP name_from(std::string_view found, size_t end);
    NodeP in_space(const Space&);
    NodeP member(NodeP);
    std::string member_name();
    NodeP called(NodeP callee, const Builtin*);

    NodeP in_test(NodeP value);
    std::vector<NodeP> positive_tests(size_t tested, std::string_view close);
    NodeP positive_test(size_t tested, bool loosely);
    NodeP comparing_test();

    const Type* type();
    const Type* type_of_members();
    const Type* type_of_function();
    const Type* new_type(Type);

    NodeP wrong(std::string en, std::string zh);
    NodeP expected(std::string_view what);
    bool too_deep();

    struct Depth {
        explicit Depth(int& d) : depth(d) { ++depth; }
        ~Depth() { --depth; }
        int& depth;
    };

    Scanner in;
    Scope& scope;
    Compiling& all;
    int depth_ = 0, links_ = 0;
    bool open_range_ = false;    // reading the end of a range, which "[" may close
    size_t spoken_ = 0;          // how often `?` was used
    bool partial_used_ = false;  // in the loop being read
    bool literals_ = false;      // only literals and constructors of literals
    std::string own_name_;       // the context entry a function is about to be the value of
};

}  // namespace yimen::rules
