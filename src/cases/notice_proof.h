#pragma once
#include "cases/cases.h"
#include "ledger/evidence.h"

// How a notice proves itself: the ledger entry of the act keeps the digest of what was said, and the entry is in a signed
// checkpoint.
namespace yimen::cases {

// What the code on a notice leads to: the notice's id and a keyed hash of it, so that nobody finds one by trying.
std::string notice_token(const crypto::Keys&, Division, NoticeId);
std::optional<NoticeId> notice_of_token(const crypto::Keys&, Division, std::string_view token);

struct ProvenNotice {
    ledger::Evidence evidence;
    ledger::Checked checked;
    bool text = false;  // what is kept today has the digest that the entry kept
    bool holds() const { return text && checked.all(); }
    // Just made, and not in a checkpoint yet: nothing is wrong with it.
    bool pending() const { return !evidence.proof && text; }
};
// Gathers first what is pending, then checks every step from the rows of today.
ProvenNotice prove_notice(db::Database&, const crypto::Keys&, Division, CaseId, const Notice&, Instant now);

// The proof as a file that `yimen ledger verify-proof` checks on another machine. `whole`: with everything that was said, for
// whoever has the notice; without, the file names nobody.
boost::json::object proof_file(const ProvenNotice&, const Notice&, bool whole);
// Checks a file with nothing but the public key. Nothing where it is no such file.
struct CheckedFile {
    std::string kind;    // of the notice
    std::string number;  // of the notice where the file is whole, otherwise of the case
    bool whole = false, text = false;
    ledger::Checked checked;
    bool holds() const { return text && checked.all(); }
};
std::optional<CheckedFile> check_proof_file(std::string_view json, const crypto::Sm2Key& public_key);

// "李*" for people, "上海力向****有限公司" for organisations: enough to compare with the paper, too little to learn from.
std::string masked_name(std::string_view name, bool organisation);

}  // namespace yimen::cases
