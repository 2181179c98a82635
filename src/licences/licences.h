#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cases/cases.h"
#include "cases/store.h"

// Electronic licences (证照): types, issue, library, verification. A licence never changes; what happens to it is its status.
namespace yimen::licences {

using LicenceId = Id<struct LicenceTag>;

// A type of licence (证照类型): data/licences/<type>.yaml and .svg.
struct Type {
    struct Value {
        std::string name;   // as the template and the record call it
        catalogue::Text label;
        std::string from;   // "form.site_address", "applicant.name", "case.number", "licence.valid_from", "authority.name"
        bool on_paper_only = false;  // printed, and not told to whoever looks the licence up
    };
    std::string type;
    catalogue::Text name;
    std::string code_suffix;  // three digits behind the authority's credit code (GB/T 36904)
    std::string number_form;  // "沪奉水务排证字第{serial}号"
    std::string ends_with;    // field of the form whose date the licence does not outlive; may be empty
    std::vector<catalogue::Text> used_for;  // what it is good for, for its holder
    std::vector<Value> values;
    std::string svg;
};
class Types {
  public:
    // Throws std::runtime_error naming file and mend for a type that cannot be read.
    static Types embedded();
    const Type* find(std::string_view type) const;

  private:
    std::map<std::string, Type, std::less<>> types_;
};

enum class Status { valid, suspended, changed, expired, cancelled, revoked };
std::string_view name(Status);

struct Licence {
    Division division;
    LicenceId id;
    std::string identifier;   // GB/T 36904, printed with dots
    std::string type, number;
    identity::PersonId person;
    identity::OrganisationId organisation;
    std::string holder_name, holder_code_masked;
    identity::AuthorityId authority;
    std::string authority_name;
    cases::CaseId case_id;
    std::string token;        // in the QR code: cannot be guessed
    boost::json::object values;
    Date valid_from, valid_to;
    Instant issued_at{};
    std::string status;
    std::string signature;    // SM2 over canonical(licence)
    // "expired" from the day after valid_to, whatever the row says.
    Status status_on(Date today) const;
};

// The bytes that the SM2 signature covers: every fact printed on the licence.
std::string canonical(const Licence&);
bool signature_holds(const crypto::Keys&, const Licence&);

// What the template and the record call by name, in the words of the item: choices by their labels, numbers with their units.
boost::json::object values_of(const Type&, const Licence&, const cases::Case&, const catalogue::ItemVersion&);

// Makes the licence a granted case gives, in the caller's transaction: row, signature, ledger entry.
Licence issue(cases::Desk&, const Types&, const cases::Case&, const catalogue::ItemVersion&);

std::vector<Licence> of_holder(db::Tx&, Division, identity::PersonId, identity::OrganisationId);
std::optional<Licence> by_token(db::Tx&, Division, std::string_view token);
std::optional<Licence> by_identifier(db::Tx&, Division, std::string_view identifier);
// The newest with this number (许可证编号).
std::optional<Licence> by_number(db::Tx&, Division, std::string_view number);
std::optional<Licence> of_case(db::Tx&, Division, cases::CaseId);

// The PDF, made and signed when first asked for and kept: whoever asks later gets the same bytes.
std::string pdf(db::Database&, const crypto::Keys&, const Types&, const Licence&, const std::string& public_address, Instant now);

std::optional<std::string> licence_digest(db::Tx&, Division, ledger::ChainId);

}  // namespace yimen::licences
