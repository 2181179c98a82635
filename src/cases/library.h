#pragma once
#include "catalogue/catalogue.h"
#include "identity/identity.h"

// What cases ask of the library of licences (证照库). licences stands above cases and implements it; app hands it over.
namespace yimen::db {
class Tx;
}

namespace yimen::cases {

using LicenceId = Id<struct LicenceTag>;
using CaseId = Id<struct CaseTag>;

// A licence as far as a case about it needs it.
struct HeldLicence {
    LicenceId id;
    std::string type, number, identifier;
    catalogue::Text name;  // of its type
    std::string holder_name;
    identity::PersonId person;
    identity::OrganisationId organisation;
    Date valid_from, valid_to;
    bool for_good = false;  // valid without an end
    bool stands = false;    // neither suspended, replaced, cancelled nor revoked; it may have expired all the same
    std::string status;     // as the library keeps it: "valid", "changed" …
    bool valid_on(Date day) const { return stands && day <= valid_to; }
    // "expired" from the day after its last one.
    std::string_view status_on(Date day) const { return stands && day > valid_to ? "expired" : std::string_view(status); }
};

class Library {
  public:
    virtual ~Library() = default;
    // Of that type and in force on the day, the newest first.
    virtual std::vector<HeldLicence> held(db::Tx&, Division, identity::PersonId, identity::OrganisationId, std::string_view type,
                                          Date today) const = 0;
    // What nobody has to hand in for the item, since licences in force on the day say it: of the person as "person:<type>", of the
    // organisation as "organisation:<type>", each with its number in words; of who applies for themselves under both. A type stands
    // for those that it counts as, too.
    virtual catalogue::Held sources(db::Tx&, Division, identity::PersonId, identity::OrganisationId, const catalogue::ItemVersion&,
                                    Date today) const = 0;
    // Whether licences of the type are the registration of organisations. Who was registered before there was a library changes and
    // ends their registration all the same.
    virtual bool registers(std::string_view type) const = 0;
    virtual std::optional<HeldLicence> find(db::Tx&, Division, LicenceId) const = 0;
    // What the grant of the case made; none where it made none.
    virtual std::optional<HeldLicence> made_by(db::Tx&, Division, CaseId) const = 0;
    // Its newest version, locked until the transaction ends; none where there is no such licence.
    virtual std::optional<HeldLicence> current(db::Tx&, Division, LicenceId) const = 0;
    // All that have its number, it among them.
    virtual std::vector<LicenceId> versions(db::Tx&, Division, LicenceId) const = 0;
    // What it says, for prefilling: "licence.site_address" as the form had it, "licence.number", "licence.valid_to" …
    virtual catalogue::Facts says(db::Tx&, Division, LicenceId) const = 0;
};

}  // namespace yimen::cases
