#pragma once
#include <chrono>
#include <functional>
#include <iosfwd>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/value.hpp>

#include "base/clock.h"
#include "base/codes.h"
#include "base/id.h"
#include "crypto/crypto.h"
#include "db/database.h"

// The append-only record of every act. Entries about one subject (case, person, item, session, …) form a chain: each
// holds the SM3 of the one before. About once a second a division's new entries are gathered into a Merkle tree after
// RFC 6962 (SM3 in place of SHA-256; leaf prefix 00, node prefix 01); each checkpoint holds the previous one's hash and
// an SM2 signature.
namespace yimen::ledger {

struct ChainTag;
using ChainId = Id<ChainTag>;  // the subject's own id

struct Actor {
    std::string kind;     // "person", "staff", "system", "anonymous"
    int64_t id = 0;       // of that person or member of staff
    std::string role;     // in which capacity: "applicant", "window_clerk", …
    std::string session;  // public part of the session's id; may be empty
};

struct Entry {
    Division division;
    std::string kind;  // of the subject: "case", "licence", "session", …
    ChainId chain;
    Actor actor;
    std::string act;  // the policy's word: "accept_case"
    Instant at;
    boost::json::value before, after;  // what changed; never plain personal data (use sealed or masked values)
    // SM3 over the subject's rows after the act, as its feature computes it; verification computes it again from the rows
    // of today, so that a change behind the ledger's back shows. The last one of a chain counts: empty where the act
    // changed no rows or the subject has none, `no_rows` where the act took them away.
    std::string subject_digest;
};
inline constexpr std::string_view no_rows = "gone";

struct Recorded {
    ChainId chain;
    int64_t seq = 0;  // from 1 in its chain
    crypto::Digest hash{};
};

// Appends within the caller's transaction, at the price of one read (see Head) and two writes that travel with the
// commit. The caller must hold the subject's row lock, or be its maker; a race ends in db::Duplicate.
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

// Gathers what is pending in every division into checkpoints. Any node may call it at any time: a lock in the database
// lets one at a time through. Returns how many entries were gathered. A division that some node gathered less than
// `spacing` ago is left alone, so that many nodes make no more checkpoints than one.
int64_t checkpoint(db::Database&, const crypto::Sm2Key&, Instant now, std::chrono::milliseconds spacing = {});

// Proof that an entry is in a signed checkpoint: what receipts print and /verify checks. prove gathers first if the
// entry is pending; it gives nothing for an entry that is not in the ledger, or not with that hash.
struct Proof {
    int64_t checkpoint = 0;
    int64_t index = 0, size = 0;
    std::vector<crypto::Digest> path;
    crypto::Digest leaf{}, root{};  // leaf: the entry's hash
    std::string checkpoint_text;    // the bytes that were signed
    std::string signature;
    // Compact, base64url, for a QR code or an address: about 850 characters from a checkpoint of 4,096 entries.
    std::string to_text() const;
    static std::optional<Proof> from_text(std::string_view);
};
std::optional<Proof> prove(db::Database&, const crypto::Sm2Key&, Division, const Recorded&, Instant now);
bool verify(const Proof&, const crypto::Sm2Key& public_key);

// Recomputes a subject's digest from its rows of today; registered by app for each kind. Gives nothing where the row
// is gone. It must read by the Tx it is given, which sees the same moment as the rest of the verification.
using SubjectDigest = std::function<std::optional<std::string>(db::Tx&, Division, ChainId)>;
struct Fault {
    // "entry", "chain", "pending", "checkpoint", "signature", "missing", "subject", "witness", "line", "more"
    std::string what;
    std::string where;  // the row: "ledger_entry 310120/0ABC…/3"
    std::string detail;
};
struct Report {
    int64_t entries = 0, chains = 0, checkpoints = 0, pending = 0, subjects = 0;
    std::vector<Fault> faults;  // each row once for each `what`; after 1,000 one fault "more" ends the list
};

// A signed checkpoint kept outside the database (printed, mailed, deposited with a notary). Whoever can write to the
// database could remove the newest checkpoints together with all that they hold; only a witness shows it.
struct Witness {
    std::string checkpoint_text, signature;
};
// The newest checkpoint of each division.
std::vector<Witness> newest_checkpoints(db::Database&);
// Readable text, checkpoint after checkpoint; reading gives nothing where a line is not as it was written.
std::string to_text(const std::vector<Witness>&);
std::optional<std::vector<Witness>> witnesses_from_text(std::string_view);

// Verifies everything there is: every entry's hash and chain, that each entry is in exactly one checkpoint or pending
// and each leaf still has its entry, every root, the checkpoints' chain and signatures, that every witness is still
// there, and each subject's digest. Reads one moment of the database while it serves, in bounded memory.
Report verify_all(db::Database&, const crypto::Sm2Key& public_key, const std::map<std::string, SubjectDigest>&,
                  const std::vector<Witness>& = {});

// The same for one chain, quickly: each entry's hash and place in the chain, that it is pending or in a checkpoint whose
// signature and root are right, and the subject's digest. What was cut off at a chain's end together with a change of its
// subject's rows shows only to verify_all, which reads every checkpoint.
Report verify_chain(db::Database&, const crypto::Sm2Key& public_key, Division, ChainId, const std::map<std::string, SubjectDigest>&);
// The checkpoint that holds each entry of a chain, in order; 0 while it is pending or where none holds it.
std::vector<int64_t> checkpoints_of(db::Tx&, Division, ChainId);

// A text file (one JSON object a line) with all entries and checkpoints; verify_export needs only it and the public
// key. It reads more than once, so the stream must be able to go back to its beginning.
void export_to(db::Database&, std::ostream&);
Report verify_export(std::istream&, const crypto::Sm2Key& public_key, const std::vector<Witness>& = {});

}  // namespace yimen::ledger
