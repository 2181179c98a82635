#pragma once
#include "identity/register.h"

// Organisations come into being by their registration, change and end with it (市场主体登记管理条例). Each act is recorded on the chain of the
// organisation, and on the chain of whoever may act for it; all within the caller's transaction.
namespace yimen::identity {

// Somebody whom the application names with a number: found on the register by it, or put there.
struct Named {
    std::string name, number, phone;
};
struct Founding {
    std::string name, kind, address;  // kind: "company", "sole_trader"
    std::string representative;       // name of the legal representative, or of the operator
    std::optional<Named> identified;  // the same, with the number that the application gives; none: whoever applies is
    PersonId founder;                 // who applied
    std::string case_number;          // what it follows from
};

// Whether the person named is registered under another name: then nothing is founded, changed or given them.
bool named_otherwise(db::Tx&, const crypto::FieldCipher&, Division, const Named&);

// Registers the organisation under a new credit code (GB 32100): registering department 9, category 1, for the self-employed 2, the
// division, "MA" and six characters drawn at random from those of the standard, with both check characters. One that is taken is
// drawn anew; where two nodes draw the same in the same moment, one of them gets db::Duplicate. The legal representative may act for
// it from today without end; the founder, where they are somebody else, as an agent for as long as a letter of authorisation counts.
Organisation found_organisation(db::Tx&, const crypto::FieldCipher&, const By&, const Founding&);
// What the registration says from now on. Another representative may act for it instead of the one before.
void change_registration(db::Tx&, const crypto::FieldCipher&, const By&, const Organisation&, const std::optional<Named>& representative,
                         std::string_view case_number);
// From now on nobody acts for it, and no letter of authorisation helps.
void end_registration(db::Tx&, const By&, OrganisationId, std::string_view case_number);

}  // namespace yimen::identity
