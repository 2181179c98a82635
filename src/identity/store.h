#pragma once
#include <optional>

#include "crypto/crypto.h"
#include "db/database.h"
#include "identity/identity.h"
#include "ledger/ledger.h"

// The rows of identity.
namespace yimen::identity {

// --- sessions ---
struct Session {
    Who who;
    std::string notice;  // text key of a notice to show once
    Instant seen_at{}, ends_at{};
    int64_t rights = 0;  // raised with every change of `who`
};
// Asks whether a session found before still stands for the same person with the same rights: holds() waits for the answer.
class AskedStanding {
  public:
    AskedStanding(db::Tx&, const Session&, std::string_view token, Instant now, std::chrono::minutes idle);
    bool holds();

  private:
    int64_t rights_;
    std::unique_ptr<db::Answer> found_;
};
// In one round trip: the session of the token with whom it belongs to and their authorisations. Nothing for a session that has
// ended, expired, was idle longer than `idle`, or whose member of staff is not active.
std::optional<Session> find_session(db::Tx&, Division, std::string_view token, Instant now, std::chrono::minutes idle);
// An authorisation from columns act, item, situation, valid_from, valid_to; nothing for an act no longer known.
std::optional<Authorisation> read_authorisation(const db::Row&);
struct NewSession {
    SessionId id;
    std::string token;
};
NewSession begin_session(db::Tx&, Division, PersonId, StaffId, OrganisationId acting_for, std::string_view device, Instant now,
                         std::chrono::hours lasts);
void end_session(db::Tx&, Division, SessionId, Instant now);
void touch_session(db::Tx&, Division, SessionId, Instant now);
void set_notice(db::Tx&, Division, SessionId, std::string_view notice);
void act_for(db::Tx&, Division, SessionId, OrganisationId);
// Live ones, newest first: of the member of staff, or where `staff` is empty of the person.
struct SessionLine {
    SessionId id;
    std::string device;
    Instant made_at{}, seen_at{}, ends_at{};
};
std::vector<SessionLine> live_sessions(db::Tx&, Division, PersonId, StaffId, Instant now, std::chrono::minutes idle);
// Each ends what is live and says which sessions ended: of a member of staff, or of a person; `except` may be empty.
std::vector<SessionId> end_sessions_of_staff(db::Tx&, Division, StaffId, Instant now, SessionId except = {});
std::vector<SessionId> end_sessions_of_person(db::Tx&, Division, PersonId, Instant now, SessionId except = {});
// Whether it was live and theirs.
bool end_own_session(db::Tx&, Division, PersonId, StaffId, SessionId, Instant now);

// --- people; what is sealed is opened only by `reveal` ---
std::optional<Person> find_person(db::Tx&, Division, PersonId);
std::optional<Organisation> find_organisation(db::Tx&, Division, OrganisationId);
std::optional<Authority> find_authority(db::Tx&, Division, AuthorityId);
std::optional<Authority> find_authority_by_code(db::Tx&, Division, std::string_view credit_code);
// Organisations the person may act for on `today`.
std::vector<Organisation> may_act_for(db::Tx&, Division, PersonId, Date today);
// Sources of documents that government holds of them today: "person:identity-card", "organisation:business-licence".
std::vector<std::string> held_documents(db::Tx&, Division, PersonId, OrganisationId, Date today);
// What a form is filled from: "person.name", "person.number", "person.phone", "person.address", "organisation.name",
// "organisation.credit_code", "organisation.legal_representative", "organisation.address", "organisation.phone". For forms of
// the person themselves, or a clerk beside them.
std::map<std::string, std::string> known(db::Tx&, const crypto::FieldCipher&, Division, PersonId, OrganisationId);

// --- SM3 over a subject's rows of today, for ledger::verify_all; nothing where the row is gone ---
std::optional<std::string> person_digest(db::Tx&, Division, ledger::ChainId);  // with mandates and held documents
std::optional<std::string> organisation_digest(db::Tx&, Division, ledger::ChainId);
std::optional<std::string> staff_digest(db::Tx&, Division, ledger::ChainId);  // with authorisations
std::optional<std::string> account_digest(db::Tx&, Division, ledger::ChainId);
std::optional<std::string> session_digest(db::Tx&, Division, ledger::ChainId);
// All of them by the kind under which identity records: "person", "organisation", "staff", "account", "session".
const std::map<std::string, ledger::SubjectDigest>& subject_digests();

}  // namespace yimen::identity
