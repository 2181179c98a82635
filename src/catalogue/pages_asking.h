#pragma once
#include "catalogue/browse.h"
#include "catalogue/guide_step.h"
#include "catalogue/pages.h"
#include "identity/context.h"

// What pages and API read from a request.
namespace yimen::catalogue {

Filter filter_of(const web::Request&);
size_t page_of(const web::Request&);  // "page", from 1; 1 for anything else
// Everything in the address that may be an answer.
Answers answers_of(const web::Request&);
// What government holds of the applicant who is signed in, or of whom they act for; while nobody is, everything that
// it may hold.
Held held_by(const Parts&, const identity::Context&, const ItemVersion&);
// Why the step's question is asked once more, where no fee or no time limit can be computed from the answers.
std::string not_computed_words(const GuideStep&, Language);
// Whether held_by looked it up for somebody.
bool known_applicant(const identity::Context&);

}  // namespace yimen::catalogue
