#pragma once
#include "identity/context.h"

#include "cases/cases.h"

// What was said to an applicant in writing: the PDF for the applicant and for staff, and the public page that verifies it.
namespace yimen::cases {

// The catalogue must live as long as the routes.
void add_notice_pages(identity::Routes&, const catalogue::Catalogue&);

}  // namespace yimen::cases
