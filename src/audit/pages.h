#pragma once
#include "cases/pages_staff.h"

// The auditor's desk: find a case, read its ledger, verify its chain now.
namespace yimen::audit {

// The parts must live as long as the routes.
struct Parts {
    cases::StaffParts staff;
    std::map<std::string, ledger::SubjectDigest> digests;
};
void add_pages(identity::Routes&, const Parts&);

}  // namespace yimen::audit
