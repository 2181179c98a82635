#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/codes.h"
#include "base/id.h"
#include "identity/policy.h"

// Who people, organisations and staff are, and who may act for whom.
namespace yimen::identity {

using PersonId = Id<struct PersonTag>;
using OrganisationId = Id<struct OrganisationTag>;
using StaffId = Id<struct StaffTag>;
using AuthorityId = Id<struct AuthorityTag>;  // a department (部门) with a credit code of its own
using SessionId = Id<struct SessionTag>;

// What an officer may do, with which items, until when (授权). "*" stands for every item or situation.
struct Authorisation {
    Act act;
    std::string item, situation;
    std::optional<Date> from, to;  // inclusive
    bool operator==(const Authorisation&) const = default;
};

// Who is asking: made once a request from the session. Nobody signed in: everything empty, no roles.
struct Who {
    Division division;
    PersonId person;            // an applicant
    OrganisationId acting_for;  // chosen at sign-in or later; empty: for oneself
    std::string acting_for_name;
    StaffId staff;          // or a member of staff
    AuthorityId authority;  // staff of which department; empty: of the centre itself
    Roles roles;
    std::string name;
    std::vector<Authorisation> authorisations;
    SessionId session;
    bool signed_in() const { return bool(person) || bool(staff); }
    bool operator==(const Who&) const = default;
};

// What is known of a person; numbers only masked here, in the clear through `reveal` (recorded).
struct Person {
    PersonId id;
    std::string name, id_masked, phone_masked, address;
};
struct Organisation {
    OrganisationId id;
    std::string name, credit_code, legal_representative, address, kind;  // kind: company, institution, …
    std::string phone_masked;
};
struct Authority {
    AuthorityId id;
    std::string name_zh, name_en, credit_code, address, phone;
};

}  // namespace yimen::identity
