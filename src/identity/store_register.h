#pragma once
#include "identity/store.h"

// Puts people, organisations and staff into the register, and changes them. Whoever calls records it (register.h).
namespace yimen::identity {

struct NewPerson {
    PersonId id;
    std::string name, number, phone, address;  // in the clear; sealed before they reach the database
};
struct NewOrganisation {
    OrganisationId id;
    std::string name, credit_code, kind, legal_representative, address, phone;
};
struct Mandate {
    PersonId person;
    OrganisationId organisation;
    std::string kind;  // "legal_representative", "agent", "owner"
    Date from;
    std::optional<Date> to;
};
struct HeldDocument {
    PersonId person;  // one of both
    OrganisationId organisation;
    std::string source, number, issued_by;
    std::optional<Date> valid_to;
};
struct StaffMember {
    StaffId id;
    std::string name;
    Roles posts;
    AuthorityId authority;
    bool active = true;
};
struct StoredAuthorisation {
    int64_t id = 0;
    StaffId staff;
    Authorisation given;
};

// Each replaces what stands under the same id (a mandate: the same person and organisation).
void put_person(db::Tx&, const crypto::FieldCipher&, Division, const NewPerson&);
void put_organisation(db::Tx&, const crypto::FieldCipher&, Division, const NewOrganisation&);
void put_authority(db::Tx&, Division, const Authority&);
void put_mandate(db::Tx&, Division, const Mandate&);
// Whoever may, or once could, act for the organisation.
std::vector<Mandate> mandates_for(db::Tx&, Division, OrganisationId);
void put_staff(db::Tx&, Division, const StaffMember&);
void insert_held_document(db::Tx&, Division, const HeldDocument&);
void insert_authorisation(db::Tx&, Division, const StoredAuthorisation&);
// Once only: whether it stood there.
bool remove_authorisation(db::Tx&, Division, StaffId, int64_t authorisation);

// What its registration says now; code, kind and phone stay.
void enter_change(db::Tx&, Division, const Organisation&);
// From that day on nobody acts for it: sessions that do are for their person again.
void end_organisation(db::Tx&, Division, OrganisationId, Date on);
// Locks the row until the transaction ends; whether it is there.
bool lock_organisation(db::Tx&, Division, OrganisationId);
std::optional<Date> ended_on(db::Tx&, Division, OrganisationId);

std::optional<PersonId> find_person_by_number(db::Tx&, const crypto::FieldCipher&, Division, std::string_view number);
std::optional<OrganisationId> find_organisation_by_code(db::Tx&, Division, std::string_view credit_code);
// Locks the row until the transaction ends; whether it is there.
bool lock_person(db::Tx&, Division, PersonId);
// Locks the row until the transaction ends where `lock`.
std::optional<StaffMember> find_staff(db::Tx&, Division, StaffId, bool lock = false);
std::vector<StaffMember> all_staff(db::Tx&, Division);
std::vector<StoredAuthorisation> authorisations_of(db::Tx&, Division, StaffId);

// "310120********1234" and "138****5678"; of what is too short for it only stars.
std::string masked_number(std::string_view);
std::string masked_phone(std::string_view);

}  // namespace yimen::identity
