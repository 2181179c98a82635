#pragma once
#include "crypto/crypto.h"
#include "ledger/ledger.h"

namespace yimen::app {

// How each kind of subject's rows are digested anew when the ledger is verified. `keys` must outlive the result.
std::map<std::string, ledger::SubjectDigest> subject_digests(const crypto::Keys& keys);

}  // namespace yimen::app
