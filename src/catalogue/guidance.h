#pragma once
#include "catalogue/catalogue.h"
#include "catalogue/condition.h"

// Inside guidance: how conditions see the answers given so far.
namespace yimen::catalogue {

// Answers by question: unknown while a question may still be asked, absent where it does not apply.
class Given {
 public:
  // `complete`: nothing more will be asked; what has no answer is absent.
  Given(const ItemVersion&, const Answers&, bool complete = false);
  Truth holds(const std::shared_ptr<const Condition>&) const;
  Looked look(std::string_view name) const;
  // Whether the question applies: its condition holds, fails, or depends on what is not answered.
  Truth asked(const Question&) const;

 private:
  struct Known {
    Truth asked = Truth::no;
    Looked looked;
  };
  Known know(const Question&, const Answers&, bool complete) const;

  const ItemVersion& item_;
  std::vector<Known>
      known_;  // of each question, in their order; found out once, since conditions ask for them again and again
};

// As guide in catalogue.h, where it is known which questions were asked: finding out is the costly part.
Result<Outcome, std::vector<std::string>> guide(const ItemVersion&, const std::vector<const Question*>& asked, const Answers&, const Held&);

// "您选择了“餐饮”" and the like, one for each name that made the condition hold.
Text because(const ItemVersion&, const Answers&, const Condition&);

}  // namespace yimen::catalogue
