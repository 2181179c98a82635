#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cases/cases.h"
#include "cases/store.h"
#include "catalogue/licence_types.h"

// Electronic licences (证照): types, issue, library, verification. A licence never changes; what happens to it is its status.
namespace yimen::licences {

using cases::LicenceId;
using cases::LicenceTag;

// A type of licence (证照类型) as the catalogue reads it from data/licences/<type>.yaml.
using Type = catalogue::LicenceType;
using Types = catalogue::LicenceTypes;

// The last day of what is valid for good (长期), as the national interchange tables write it.
inline constexpr Date no_end{std::chrono::year(9999), std::chrono::December, std::chrono::day(31)};

enum class Status { valid, suspended, changed, expired, cancelled, revoked };
std::string_view name(Status);

struct Licence {
    Division division;
    LicenceId id;
    std::string identifier;  // GB/T 36904, printed with dots
    std::string type, number;
    identity::PersonId person;
    identity::OrganisationId organisation;
    std::string holder_name, holder_code_masked;
    identity::AuthorityId authority;
    std::string authority_name;
    cases::CaseId case_id;
    LicenceId replaces;  // the version before this one; empty for the first of its number
    std::string token;   // in the QR code: cannot be guessed
    boost::json::object values;
    boost::json::object entries;  // what the form and the answers had for them, for filling in forms about this licence
    Date valid_from, valid_to;
    Instant issued_at{};
    std::string status;
    std::string signature;  // SM2 over canonical(licence)
    // "expired" from the day after valid_to, whatever the row says.
    Status status_on(Date today) const;
    bool for_good() const { return valid_to == no_end; }
};
// "2031年11月23日", "长期": the last day in words.
std::string last_day_words(const Licence&, Language);

// The bytes that the SM2 signature covers: every fact printed on the licence.
std::string canonical(const Licence&);
bool signature_holds(const crypto::Keys&, const Licence&);

// Why a granted case could not have its effect, to be asked before it is decided: the program does not know the type of licence any
// more, the applicant's organisation has ended, whoever is named as its representative is registered under another name, or the licence
// that the case is about is not the applicant's, not valid, or under another case of that kind.
std::optional<cases::Refusal> cannot_take_effect(cases::Desk&, const Types&, const cases::Case&, const catalogue::ItemVersion&);

// What the grant of a case does, in the caller's transaction, with signature and ledger entries: makes the first licence of a number,
// or of the licence that the case is about a next version (change, renewal, replacement), which takes its place; or ends it. Gives
// the licence made; none where one was cancelled, or the item is about no licence. A renewal's term begins on the day after the old
// one's last, so that no day is lost (Administrative License Law art. 50); a changed or replaced licence keeps its term. Of a type that
// is the registration of an organisation, the first puts the organisation on the register and is held by it, a change is entered
// there, and with the cancellation it ends.
std::optional<Licence> take_effect(cases::Desk&, const Types&, const cases::Case&, const catalogue::ItemVersion&);
// The first licence of a number. Throws for a type that there is none of: ask cannot_take_effect.
Licence issue(cases::Desk&, const Types&, const cases::Case&, const catalogue::ItemVersion&);

std::vector<Licence> of_holder(db::Tx&, Division, identity::PersonId, identity::OrganisationId);
std::optional<Licence> by_token(db::Tx&, Division, std::string_view token);
std::optional<Licence> by_identifier(db::Tx&, Division, std::string_view identifier);
// The newest with this number (许可证编号).
std::optional<Licence> by_number(db::Tx&, Division, std::string_view number);
std::optional<Licence> of_case(db::Tx&, Division, cases::CaseId);
// The version that took its place; none where nothing has.
std::optional<Licence> successor(db::Tx&, Division, LicenceId);

// What cases ask of the library. The types must live as long.
class Library final : public cases::Library {
  public:
    explicit Library(const Types& types) : types_(types) {}
    std::vector<cases::HeldLicence> held(db::Tx&, Division, identity::PersonId, identity::OrganisationId, std::string_view type,
                                         Date today) const override;
    catalogue::Held sources(db::Tx&, Division, identity::PersonId, identity::OrganisationId, const catalogue::ItemVersion&,
                            Date today) const override;
    bool registers(std::string_view type) const override;
    std::optional<cases::HeldLicence> find(db::Tx&, Division, LicenceId) const override;
    std::optional<cases::HeldLicence> made_by(db::Tx&, Division, cases::CaseId) const override;
    std::optional<cases::HeldLicence> current(db::Tx&, Division, LicenceId) const override;
    std::vector<LicenceId> versions(db::Tx&, Division, LicenceId) const override;
    catalogue::Facts says(db::Tx&, Division, LicenceId) const override;

  private:
    cases::HeldLicence as_held(const Licence&) const;
    const Types& types_;
};

// As it is printed, not signed yet.
std::string drawn(const Type&, const Licence&, const std::string& public_address);
// The PDF, made and signed when first asked for and kept: whoever asks later gets the same bytes.
std::string pdf(db::Database&, const crypto::Keys&, const Types&, const Licence&, const std::string& public_address, Instant now);

std::optional<std::string> licence_digest(db::Tx&, Division, ledger::ChainId);

}  // namespace yimen::licences
