#pragma once
#include "cases/pages_staff.h"

// What applicants do: begin, fill in, hand in, follow, correct, withdraw.
namespace yimen::cases {

// /cases, /cases/new, /cases/{id} with everything below it, and /notifications; the bytes of documents for staff too
// (/window/cases/{id}/documents/{document}).
void add_applicant_pages(identity::Routes&, const StaffParts&);
void add_case_pages(identity::Routes&, const StaffParts&);  // called by add_applicant_pages
// The same for programs: /api/cases.
void add_applicant_api(identity::Routes&, const StaffParts&);

// The answers to the item's questions among the fields of an address or form.
catalogue::Answers answers_from(const catalogue::ItemVersion&, const web::Fields&);
// To the guidance, which says what answer is missing or cannot be.
std::string way_back(const catalogue::ItemVersion&, const catalogue::Answers&);
// For whom whoever asks applies now.
Applicant applicant_of(const identity::Context&);
// A draft for them, filled in from what registers, answers and the licence that it is about say.
Result<Case, Refusal> begin_for(const identity::Context&, db::Tx&, const StaffParts&, const catalogue::ItemVersion&,
                                const catalogue::Answers&, LicenceId asked);

}  // namespace yimen::cases
