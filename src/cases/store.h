#pragma once
#include <functional>
#include <optional>
#include <vector>

#include "cases/cases.h"
#include "db/database.h"

// The rows of cases. Only acts change them; pages may read.
namespace yimen::cases {

// A case's row locked until the transaction ends, with its chain's head, in one round trip.
struct Locked {
    Case file;
    ledger::Head head;
};
std::optional<Locked> lock(db::Tx&, const crypto::FieldCipher&, Division, CaseId);

std::optional<Case> find(db::Tx&, const crypto::FieldCipher&, Division, CaseId);
std::optional<Case> find_by_number(db::Tx&, const crypto::FieldCipher&, Division, std::string_view number);
// Newest first. `organisation` empty: what the person applied for themselves. `before`: only those older than this one; 0: from the
// newest on.
std::vector<Case> cases_of(db::Tx&, const crypto::FieldCipher&, Division, identity::PersonId, identity::OrganisationId, int most,
                           CaseId before = {});
// Drafts begun at windows, of one department's items or (empty) of all, the last changed first.
std::vector<Case> drafts_at_windows(db::Tx&, const crypto::FieldCipher&, Division, identity::AuthorityId, int most);

// Handed in, not decided yet, and about this licence.
struct CaseAbout {
    CaseId id;
    catalogue::ItemVersionId item_version;
};
std::vector<CaseAbout> cases_about(db::Tx&, Division, LicenceId);

void insert(db::Tx&, const crypto::FieldCipher&, const Case&);
void update(db::Tx&, const crypto::FieldCipher&, const Case&, bool form_too);
// SM3 over every column, in order of the table.
std::string digest(const Case&);

std::vector<Document> documents(db::Tx&, Division, CaseId);
// With the case it belongs to, for the policy.
struct DocumentOfCase {
    CaseId case_id;
    Document document;
};
std::optional<DocumentOfCase> find_document(db::Tx&, Division, DocumentId);
void insert_document(db::Tx&, Division, CaseId, const Document&);
void remove_document(db::Tx&, Division, DocumentId, Instant);
crypto::Digest documents_digest(const std::vector<Document>&);

// The bytes, sealed piece by piece; putting the same content twice keeps it once.
constexpr size_t part_size = 256 << 10;
struct SealedContent {
    std::string hash;
    std::vector<std::string> parts;
};
// Sealing takes a while for a large file: before the transaction that puts it.
SealedContent seal_content(const crypto::FieldCipher&, std::string_view bytes);
void put_content(db::Tx&, Division, const SealedContent&);
std::string put_content(db::Tx&, const crypto::FieldCipher&, Division, std::string_view bytes);
std::string read_content(db::Tx&, const crypto::FieldCipher&, Division, std::string_view content, uint64_t offset, uint64_t length);

std::vector<Notice> notices(db::Tx&, Division, CaseId);
// With the case it belongs to.
struct NoticeOfCase {
    CaseId case_id;
    Notice notice;
};
std::optional<NoticeOfCase> find_notice(db::Tx&, Division, NoticeId);
void insert_notice(db::Tx&, Division, CaseId, const Notice&);
// SM3 over everything that was said: what the ledger entry of the act keeps, in hexadecimal, as "notice_digest".
crypto::Digest notice_digest(const Notice&);
crypto::Digest notices_digest(const crypto::Digest& before, const Notice&);

std::vector<calendar::Suspension> suspensions(db::Tx&, Division, CaseId);
crypto::Digest suspensions_digest(const std::vector<calendar::Suspension>&);
void insert_suspension(db::Tx&, Division, CaseId, Date begins, std::string_view reason);
void end_suspension(db::Tx&, Division, CaseId, Date ends);

// The end (not included) of a block of `size` case numbers leased to the caller.
int64_t lease_numbers(db::Tx&, Division, Date, int64_t size);

struct Notification {
    int64_t id;
    CaseId case_id;
    std::string kind, number, item;
    Instant made_at;
    bool read;
};
void notify(db::Tx&, const Case&, std::string_view kind, Instant);
std::vector<Notification> notifications(db::Tx&, Division, identity::PersonId, int most);
int64_t unread(db::Tx&, Division, identity::PersonId);
void mark_read(db::Tx&, Division, identity::PersonId, Instant);

}  // namespace yimen::cases
