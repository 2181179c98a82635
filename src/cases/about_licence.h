#pragma once
#include "cases/cases.h"

// Cases about a licence that the applicant holds: nobody types or hands in what government has issued itself.
namespace yimen::cases {

// Those that a case of this item could be about; none for an item that is about no licence.
std::vector<HeldLicence> choices(Desk&, const catalogue::ItemVersion&, const Applicant&);
// The one asked for; where nothing is asked, the only one there is. Empty for an item that is about no licence. Refuses where the
// applicant holds none, or not this one, and where one of several has to be chosen.
Result<LicenceId, Refusal> licence_for(Desk&, const catalogue::ItemVersion&, const Applicant&, LicenceId asked);
// What the case's licence says, as sources of prefilling. Nothing for a case about none.
catalogue::Facts licence_facts(Desk&, LicenceId);

// What government holds of them today of all that the item asks for, so that nobody has to hand it in: licences in the library, with
// what each says, and records of the register. `about`: the licence of the case, which stands before others of its type.
catalogue::Held held_by(db::Tx&, const Library*, Division, identity::PersonId, identity::OrganisationId, const catalogue::ItemVersion&,
                        Date today, LicenceId about = {});
catalogue::Held held_by(Desk&, const Case&);
catalogue::Held held_by(Desk&, const Applicant&, const catalogue::ItemVersion&, LicenceId about = {});

enum class Moment { hand_in, correct, grant };
// Why the step cannot be taken: the licence is not the applicant's, not valid any more, or another case of the same kind about it is
// under way. A renewal that was asked for in time is not late by what its examination takes (Administrative License Law art. 50).
std::optional<Refusal> licence_refusal(Desk&, const Case&, const catalogue::ItemVersion&, Moment);

// A member of staff looks at a licence that exempts a material of the case, or that the case is about: recorded on the case, and nothing
// else changes. Refuses for other licences, and for cases they may not see, as if there were none.
Result<Case, Refusal> look_at_licence(Desk&, CaseId, LicenceId);

}  // namespace yimen::cases
