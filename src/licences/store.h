#pragma once
#include "licences/licences.h"

// The rows of licences.
namespace yimen::licences {

void insert(db::Tx&, const Licence&);
std::optional<Licence> find(db::Tx&, Division, LicenceId);
// The row locked until the transaction ends.
std::optional<Licence> lock(db::Tx&, Division, LicenceId);
void set_status(db::Tx&, const Licence&);
// Those of one number, the first one first.
std::vector<LicenceId> with_number(db::Tx&, Division, std::string_view type, std::string_view number);
// In force on the day, of one type and holder (the person themselves where `organisation` is empty), the newest first, at most 50.
struct InForce {
    LicenceId id;
    std::string number;
    Date valid_to;
};
std::vector<InForce> in_force(db::Tx&, Division, identity::PersonId, identity::OrganisationId, std::string_view type, Date today);
// SM3 over every column.
std::string digest(const Licence&);

// The masked code of the holder: credit code, or identity number as identity keeps it.
std::string holder_code(db::Tx&, const cases::Case&);

std::optional<std::string> kept_pdf(db::Tx&, const crypto::FieldCipher&, Division, LicenceId);
// Keeps the bytes unless somebody was quicker.
void keep_pdf(db::Tx&, const crypto::FieldCipher&, const Licence&, std::string_view pdf, Instant now);

}  // namespace yimen::licences
