#pragma once
#include <string>
#include <string_view>

#include <boost/json/value.hpp>

#include "base/clock.h"
#include "base/codes.h"
#include "base/id.h"
#include "crypto/crypto.h"
#include "db/database.h"

// The append-only record of every act. Entries about one subject (case, person, item, session, …) form a chain: each holds
// the SM3 of the one before. About once a second a division's new entries are gathered into a Merkle tree after RFC 6962
// (SM3 in place of SHA-256; leaf prefix 00, node prefix 01); each checkpoint holds the previous one's hash and an SM2 signature.
namespace yimen::ledger {

struct ChainTag;
using ChainId = Id<ChainTag>;  // the subject's own id

struct Actor {
    std::string kind;      // "person", "staff", "system", "anonymous"
    int64_t id = 0;        // of that person or member of staff
    std::string role;      // in which capacity: "applicant", "window_clerk", …
    std::string session;   // public part of the session's id; may be empty
};

struct Entry {
    Division division;
    std::string kind;      // of the subject: "case", "licence", "session", …
    ChainId chain;
    Actor actor;
    std::string act;       // the policy's word: "accept_case"
    Instant at;
    boost::json::value before, after;  // what changed; never plain personal data (use sealed or masked values)
    // SM3 over the subject's rows after the act, as its feature computes it; verification computes it again from the rows
    // of today, so that a change behind the ledger's back shows. Empty where the subject has no rows of its own.
    std::string subject_digest;
};

struct Recorded {
    ChainId chain;
    int64_t seq = 0;       // from 1 in its chain
    crypto::Digest hash{};
};

// Appends within the caller's transaction, at the price of one read (sent at once, see `prepare`) and two writes that travel
// with the commit. The caller must hold the subject's row lock, or be its maker; a race ends in db::Duplicate and a retry.
Recorded record(db::Tx&, const Entry&);

// To save a round trip: ask for the chain's head together with the subject's row, then pass it to record.
class Head {
  public:
    static Head ask(db::Tx&, Division, ChainId);
    static Head fresh();  // a chain that begins now
  private:
    friend Recorded record(db::Tx&, const Entry&, Head);
    std::shared_ptr<db::Answer> answer_;
};
Recorded record(db::Tx&, const Entry&, Head);

// One entry as people read it.
struct Line {
    int64_t seq;
    Instant at;
    Actor actor;
    std::string act;
    boost::json::value before, after;
    std::string hash_hex;
};
std::vector<Line> history(db::Tx&, Division, ChainId);

// Gathers what is pending in every division into checkpoints. Any node may call it at any time: a lock in the database lets
// one at a time through. Returns how many entries were gathered.
int64_t checkpoint(db::Database&, const crypto::Sm2Key&, Instant now);

// Proof that an entry is in a signed checkpoint: what receipts print and /verify checks. Gathers first if it is pending.
struct Proof {
    int64_t checkpoint = 0;
    int64_t index = 0, size = 0;
    std::vector<crypto::Digest> path;
    crypto::Digest leaf{}, root{};
    std::string checkpoint_text;  // the bytes that were signed
    std::string signature;
    std::string to_text() const;  // compact, for a QR code or an address
};
std::optional<Proof> prove(db::Database&, const crypto::Sm2Key&, Division, const Recorded&, Instant now);
bool verify(const Proof&, const crypto::Sm2Key& public_key);

// Recomputes a subject's digest from its rows of today; registered by app for each kind. Gives nothing where the row is gone.
using SubjectDigest = std::function<std::optional<std::string>(db::Tx&, Division, ChainId)>;
struct Fault {
    std::string what;      // "entry", "chain", "checkpoint", "signature", "missing", "subject"
    std::string where;     // "ledger_entry 310120/0ABC…/3"
    std::string detail;
};
struct Report {
    int64_t entries = 0, chains = 0, checkpoints = 0, pending = 0, subjects = 0;
    std::vector<Fault> faults;
};
// Verifies everything there is: every entry's hash and chain, that each entry is in exactly one checkpoint and each leaf still
// has its entry, every root, the checkpoints' chain and signatures, and each subject's digest.
Report verify_all(db::Database&, const crypto::Sm2Key& public_key, const std::map<std::string, SubjectDigest>&);

// A text file (one JSON object a line) with all entries and checkpoints; verify_export needs only it and the public key.
void export_to(db::Database&, std::ostream&);
Report verify_export(std::istream&, const crypto::Sm2Key& public_key);

}  // namespace yimen::ledger
