#pragma once
#include "licences/licences.h"

// Making results and handing them over (出件, 送达).
namespace yimen::issuing {

// The applicant takes the result electronically: made if it was not yet, delivered, closed, in one transaction. Refuses while
// nothing is decided; a case that is closed stays as it is.
Result<cases::Case, cases::Refusal> take_by_download(cases::Desk&, const cases::Case&);

}  // namespace yimen::issuing
