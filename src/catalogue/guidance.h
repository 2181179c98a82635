#pragma once
#include "catalogue/item_rules.h"

namespace yimen::catalogue {

// As guide in catalogue.h, where it is known which questions were asked.
Result<Outcome, std::vector<std::string>> guide(const ItemVersion&, const std::vector<const Question*>& asked, const Answers&, const Held&);

// Why an outcome is what it is: the rules that counted, told by the answers that made them match.
class Explaining {
  public:
    Explaining(const ItemVersion&, const Decisions&, const std::vector<const Question*>& asked, const Answers&);
    // The rule that counted in a decision (of "materials": for one of them); nullptr where none did or none is known.
    const RuleTold* rule(std::string_view decision, const Material* material = nullptr) const;
    // "因为您选了“餐饮”，…（依据：…）": the answers that the rule tests, and what it is based on. Empty for a rule without either.
    Text because(const RuleTold&) const;
    Text answers(const RuleTold&) const;

  private:
    void follow();
    void evaluate();
    void tell(const std::string& decision, const rules::Outcome&);

    const ItemVersion& item_;
    const Decisions& decisions_;
    const Answers& answers_;
    std::vector<bool> asked_;  // of each question
    std::vector<const RuleTold*> counted_;
    std::vector<std::pair<const RuleTold*, uint32_t>> for_materials_;
};

}  // namespace yimen::catalogue
