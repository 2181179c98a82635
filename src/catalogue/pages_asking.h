#pragma once
#include "catalogue/browse.h"
#include "catalogue/guide_step.h"
#include "web/request.h"

// What pages and API read from a request.
namespace yimen::catalogue {

Filter filter_of(const web::Request&);
size_t page_of(const web::Request&);  // "page", from 1; 1 for anything else
// Everything in the address that may be an answer.
Answers answers_of(const web::Request&);

}  // namespace yimen::catalogue
