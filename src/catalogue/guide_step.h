#pragma once
#include "catalogue/catalogue.h"

// Where somebody is in the guidance: all of it is in the address, so that it can be shared, bookmarked and gone back
// to. ?premises=food&…             answers given
//  &ask=premises                   this question once more
//  &answering=premises             the form for this question was sent
namespace yimen::catalogue {

struct GuideStep {
    Answers answers;                     // what was sent and can be an answer, of questions that do not apply now too
    std::vector<const Question*> asked;  // on the way taken, as asked_questions(item, answers) tells
    const Question* question = nullptr;  // to ask now; none: the outcome stands
    bool refused = false;                // what was sent for it cannot be an answer (`sent`, which may be empty)
    std::string not_computed;            // refused, since from these answers no "fee" or no "promised_days" can be computed
    std::vector<const Question*> from;   // those answers, in order, the question's last
    std::string sent;
    int number = 1;    // of the question, on the way taken
    int left = 0;      // at most so many, this one included
    std::string back;  // address of the question before, of the item before the first
};

// `sent` holds everything in the address; what names no question is left out. Numbers are read as people write them
// (full-width digits, spaces, commas between thousands).
GuideStep guide_step(const ItemVersion&, const Answers& sent, std::string_view ask, std::string_view answering);

// The address of the guidance with all answers, of questions that do not apply now too; with `ask`, at that question.
std::string guide_path(const ItemVersion&, const Answers&, std::string_view ask = {});

}  // namespace yimen::catalogue
