#pragma once
#include <deque>
#include <mutex>

#include "catalogue/answer_classes.h"
#include "catalogue/diagram.h"
#include "catalogue/yaml.h"

// The rules of an item (rules.dmn): situation, materials and what may replace the situation's fee, limit and plan.
namespace yimen::catalogue {

// A rule of one of the item's tables, as far as an explanation needs it.
struct RuleTold {
    std::string decision;             // "situation", "materials", …
    size_t number = 1;                // in its table; 0: the decision is no table but an expression
    int line = 0;                     // of rules.dmn
    std::vector<uint32_t> questions;  // those its cells test, in the order of the columns, and those its outputs are computed from
    Text because;                     // the law or rule, empty where none is named
};

// Places of rules that can still match, one bit each.
using RuleSet = std::vector<uint64_t>;

// Questions of an item, one bit for each by place: rules are followed for 60 at most.
using QuestionSet = uint64_t;

// A decision that is computed from answers themselves: `fee` from an area. What has equal formulas gives the same for the same
// answers to `questions`.
struct Computation {
    uint32_t formula = 0;  // 0: it is not computed
    QuestionSet questions = 0;
    auto operator<=>(const Computation&) const = default;
};

// What comes out for answers that no rule tells apart.
struct Decided {
    enum : uint32_t { open = UINT32_MAX };
    uint32_t situation = open;       // in Decisions::situations, where what is computed stands as the item has it; open: no rule gives one
    std::vector<uint8_t> needs;      // of each material: 0 not needed, 1 needed, 2 later
    Computation fee, promised_days;  // for each application anew: see settling.h
    auto operator<=>(const Decided&) const = default;
    bool computed() const { return fee.formula || promised_days.formula; }
    QuestionSet asks() const { return fee.questions | promised_days.questions; }
};

// The rules, compiled for guidance.
struct Decisions {
    Diagram diagram;
    std::vector<AnswerClasses> classes;  // of each question
    std::vector<Decided> outcomes;       // what the diagram's leaves name
    std::deque<Situation> situations;    // the item's, with what the rules replace in them

    std::vector<RuleTold> rules;
    std::vector<std::vector<RuleSet>> fitting;  // of each question and class: the rules that its answers leave open
    std::vector<RuleSet> any;                   // of each question: those that some answer leaves open
    struct Group {                              // rules of which the first that matches counts
        std::string decision;
        uint32_t material = 0;  // of "materials": its place among the item's
        std::vector<uint32_t> rules;
    };
    std::vector<Group> groups;
    std::vector<bool> used;  // of each rule, whether it ever counts; empty where that is not known
    // Where inputs are more than questions by themselves: asked for the rules that counted.
    std::shared_ptr<const rules::Model> model;
};

// What an item's rules are made from. Nothing more is done with `faults` but to add to them; without decisions there is
// at least one. `file` names the rules in faults.
std::shared_ptr<const Decisions> compile_rules(const ItemVersion&, std::string_view text, const std::string& file,
                                               std::vector<Fault>& faults);

// The rules of one version, compiled when they are first asked for. Safe from any thread.
class ItemRules {
  public:
    explicit ItemRules(std::string text) : text_(std::move(text)) {}
    const std::string& text() const { return text_; }
    // Throws std::logic_error for rules with faults that leave no outcome: what is published was checked.
    const Decisions& decisions(const ItemVersion&) const;

  private:
    std::string text_;
    mutable std::once_flag once_;
    mutable std::shared_ptr<const Decisions> decisions_;
};

// Of the version; those of an item without rules give its only situation and all its materials.
const Decisions& decisions_of(const ItemVersion&);

// The way that answers take through the diagram: the questions asked, by place, and where it ends.
struct Way {
    std::vector<uint32_t> asked;
    Diagram::Ref end;
};
Way way_of(const ItemVersion&, const Decisions&, const Answers&);

// What working out one decision for one application may take.
rules::Limits limits_of_a_leaf();

// What a rule's annotation names, in English too where the item's own texts have it so.
Text because_of(const ItemVersion&, const std::string& annotation);

}  // namespace yimen::catalogue
