#pragma once
#include "cases/helping.h"
#include "cases/pages_staff.h"

// What the pages and the API of help at a window share.
namespace yimen::cases {

// What is wrong about a field, and how to mend it.
std::string fault_words(const Fault&, Language);
// begin_at_window in one transaction of the request; what was refused is told in `refused`, and the answer then is no page to show.
web::Response begin_helped(const identity::Context&, const StaffParts&, std::string_view item, const catalogue::Answers&, const Newcomer&,
                           HelpRefused& refused, const std::function<web::Response(const Case&)>& done);

}  // namespace yimen::cases
