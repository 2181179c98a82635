#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "calendar/calendar.h"
#include "cases/library.h"
#include "cases/life_cycle.h"
#include "catalogue/catalogue.h"
#include "crypto/crypto.h"
#include "identity/identity.h"
#include "ledger/ledger.h"

// Cases (办件): one application, pinned to an item version, from draft to closed. Every function here is one act: it checks the
// policy and the life cycle, changes the rows and writes the ledger entry within the caller's transaction.
namespace yimen::cases {

using CaseId = Id<struct CaseTag>;
using DocumentId = Id<struct DocumentTag>;
using NoticeId = Id<struct NoticeTag>;

struct Case {
    Division division;
    CaseId id;
    std::string number;  // empty until submitted
    std::string item;
    catalogue::ItemVersionId item_version;
    std::string situation;
    LicenceId licence;  // that it is about, as it stood when the case began; empty: none
    catalogue::Answers answers;
    catalogue::Values form;
    State state = State::draft;
    identity::PersonId person;              // who applies, or acts for the organisation
    identity::OrganisationId organisation;  // 0: for themselves
    std::string applicant_name;             // of the organisation, or the person
    identity::AuthorityId authority;        // who decides
    std::string channel;                    // "online", "window"
    identity::StaffId helped_by;            // the clerk who filled it in with the applicant; 0: nobody
    Instant made_at{}, changed_at{};
    std::optional<Instant> submitted_at;
    std::optional<Date> accepted_on;
    std::optional<Date> acceptance_due, promised_due, statutory_due;
    int extension_days = 0;
    std::optional<Instant> decided_at, delivered_at;
    crypto::Digest documents_digest{}, notices_digest{}, suspensions_digest{};

    identity::Subject subject() const;  // for the policy
};
// The same as it stands today: what an organisation that has ended left behind is its applicant's to see and to take.
identity::Subject subject_now(db::Tx&, const Case&);

struct Document {
    DocumentId id;
    std::string material, name, media_type;
    int64_t size = 0;
    std::string content;  // keyed hash
    Instant added_at{};
    std::string added_by;
    bool removed = false;
};

struct Notice {
    NoticeId id;
    std::string kind;  // "receipt", "correction", "acceptance", "no_acceptance", "extension", "suspension", "grant", "refusal"
    std::string number;
    boost::json::object content;
    Instant made_at{};
    int64_t ledger_seq = 0;
};

enum class Refusal {
    not_found,  // or not to be seen by this person: the two are not told apart
    not_permitted,
    not_possible_now,  // the life cycle does not allow it from this state
    answers_incomplete,
    form_incomplete,
    materials_missing,
    reasons_missing,
    correction_too_late,  // art. 32(1)(4): after five days the case counts as accepted on the day of receipt
    nothing_to_correct,
    too_many_documents,
    already_extended,
    item_not_offered,
    stage_missing,              // the review plan has a stage before this one that nobody has done
    same_person,                // the plan wants another person for this stage
    unknown_field,              // the form has none of that name
    locked_field,               // what a register says is not changed here
    unknown_material,           // the item asks for none of that code
    computed_field,             // its value follows from others, or from what is handed in
    only_persons,               // the item is not for organisations
    only_organisations,         // the item is not for private persons
    licence_missing,            // the item is about a licence, and the applicant holds none of that type
    licence_not_chosen,         // they hold several: which one?
    licence_not_valid,          // expired, changed or cancelled meanwhile, or not theirs
    licence_pending,            // another case of that kind about it is under way
    licence_unknown,            // the program has no such type of licence any more
    organisation_ended,         // the organisation applied for has been taken off the register
    representative_other_name,  // whoever the form names is registered under another name
};
std::string_view code(Refusal);  // "form_incomplete": texts "cases.error_<code>"

// What every act needs around it.
struct Desk {
    db::Tx& tx;
    const identity::Who& who;
    ledger::Actor actor;
    Instant now;
    const catalogue::Catalogue& catalogue;
    const calendar::WorkingDays& days;
    const crypto::Keys& keys;
    const Library* library = nullptr;  // of licences; none: nobody holds any
    Date today() const { return shanghai_date(now); }
};

// --- the applicant, or a clerk beside them ---
struct Applicant {
    identity::PersonId person;
    identity::OrganisationId organisation;
    std::string name;
};
std::string_view kind_of(const Applicant&);  // "person", "organisation"
// Why they cannot apply for the item; none where they can.
std::optional<Refusal> not_for(const catalogue::ItemVersion&, const Applicant&);
// Answers to questions that were not asked are left out; who applies is kept with the others (catalogue::who_applies). `about`: the
// licence, where the item is about one and the applicant holds several.
Result<Case, Refusal> begin(Desk&, std::string_view item, const catalogue::Answers&, const catalogue::Held&, const Applicant&,
                            catalogue::Values prefilled, LicenceId about = {});
// Keeps what was typed, complete or not; `values` replaces the fields it names, and what is computed follows. Refuses names that
// the form does not have, another value for a locked field than the register has, and any for a computed one.
Result<Case, Refusal> save(Desk&, CaseId, const catalogue::Values& values);
struct Locked;
Result<Case, Refusal> save(Desk&, Locked, const catalogue::Values& values);  // of a case locked by the caller (store.h)
// Documents of a form's field of kind files have this and its name as their material.
inline constexpr std::string_view of_field = "field:";
// Adds a document whose bytes were put by put_content (store.h): the caller says material, name, media type, size and content,
// the rest is filled in here. At most 100 at a time.
Result<Document, Refusal> attach(Desk&, CaseId, Document);
Result<Case, Refusal> detach(Desk&, CaseId, DocumentId);
// All that stands in the way of submitting.
struct Missing {
    std::vector<catalogue::FormError> fields;
    std::vector<std::string> materials;  // codes
    bool empty() const { return fields.empty() && materials.empty(); }
};
// `signer`: who signs where the form wants a signature; empty: not looked at.
Missing missing(const Case&, const catalogue::ItemVersion&, const std::vector<Document>&, const catalogue::Held&, Date today,
                std::string_view signer = {});
// Gives the case its number, starts the clock of acceptance and makes the receipt. `number` comes from Numbers::next.
Result<Case, Refusal> submit(Desk&, CaseId, const catalogue::Held&, const CaseNumber& number);
Result<Case, Refusal> submit(Desk&, Locked, const catalogue::Held&, const CaseNumber& number);
Result<Case, Refusal> resubmit(Desk&, CaseId, const catalogue::Held&);
Result<Case, Refusal> resubmit(Desk&, Locked, const catalogue::Held&);
// Of a draft without a reason too.
Result<Case, Refusal> withdraw(Desk&, CaseId, std::string_view reason);

// --- the window ---
// Throws away a draft that was begun at a window and never handed in, by any clerk who may help; for every other case: not_found.
Result<Case, Refusal> discard(Desk&, CaseId);
struct Correction {
    std::vector<std::string> materials, fields;  // what to supply or mend
    std::map<std::string, std::string> remarks;  // by material or field
    std::string remark;
};
Result<Case, Refusal> request_correction(Desk&, CaseId, const Correction&);
Result<Case, Refusal> accept(Desk&, CaseId);
Result<Case, Refusal> refuse_acceptance(Desk&, CaseId, std::string_view reason, std::string_view right_authority);

// Somebody inside has looked at the applicant's numbers in the clear: recorded, and nothing else changes.
Result<Case, Refusal> reveal(Desk&, CaseId);

// --- review calls these; see review/review.h for who may ---
// `opinion` of the examiner; `favourable` says what they advise. Kept in the ledger entry, where review reads it. As with decide,
// the caller has locked the case (store.h), so that nobody comes between looking at its place in the plan and the act.
Result<Case, Refusal> begin_review(Desk&, Locked, std::string_view opinion, bool favourable);
Result<Case, Refusal> extend(Desk&, CaseId, int days, std::string_view reason);  // art. 42: once, at most 10 days
constexpr int longest_suspension = 365;                                          // working days that may be announced at once
// Art. 45. `expected_days`: working days that the inspection, test or hearing is expected to take; 0: not known yet.
Result<Case, Refusal> suspend(Desk&, CaseId, std::string_view reason, int expected_days = 0);
Result<Case, Refusal> resume(Desk&, CaseId);
// Grants or refuses a case locked by the caller (store.h); `content` becomes part of the notice. review issues the licence in
// the same transaction.
Result<Case, Refusal> decide(Desk&, Locked, bool grant, std::string_view reasons, boost::json::object content);
Result<Case, Refusal> make_result(Desk&, CaseId);
// Handed over ("window"), downloaded ("download") or posted ("courier"); closes the case. Who received it is kept sealed.
Result<Case, Refusal> deliver(Desk&, CaseId, std::string_view how, std::string_view received_by = {});

// The due date of each limit and why; empty before acceptance.
struct Limits {
    std::optional<calendar::DueDate> acceptance, promised, statutory;
    calendar::Light light = calendar::Light::green;
};
Limits limits(const Case&, const catalogue::ItemVersion&, const std::vector<calendar::Suspension>&, const calendar::WorkingDays&,
              Date today);

// Case numbers from blocks leased by this node: one short transaction a block of 64. Ask for one before the transaction that uses
// it begins, never inside: on SQLite the writer would wait for itself.
class Numbers {
  public:
    explicit Numbers(db::Database& database) : database_(database) {}
    CaseNumber next(Division, Date today);

  private:
    db::Database& database_;
    std::mutex guard_;
    std::optional<Date> day_;
    int division_ = 0;
    int64_t next_ = 0, end_ = 0;
};

// For ledger verification: the digest over the case's rows of today.
std::optional<std::string> case_digest(db::Tx&, const crypto::FieldCipher&, Division, ledger::ChainId);

}  // namespace yimen::cases
