#include <sstream>

#include "fuzz.h"
#include "ledger/ledger.h"

// Any bytes as a proof, as witnesses or as an export: what is read writes itself the same, nothing that our key did not sign is
// proven, and an export that is not as it was written has faults that are listed and bounded.
namespace {

using namespace yimen;
using fuzz::must;

// A key nobody signs with: every signature in the bytes is wrong for it.
const crypto::Sm2Key& key() {
    static const auto made = crypto::Sm2Key::from_private(std::string(31, '\0') + '\7');
    return made;
}

void check_proof(std::string_view text) {
    auto proof = ledger::Proof::from_text(text);
    if (!proof) return;
    must(text.size() <= 8192 && proof->index >= 0 && proof->index < proof->size);
    auto again = ledger::Proof::from_text(proof->to_text());
    must(again && again->checkpoint_text == proof->checkpoint_text && again->leaf == proof->leaf && again->path == proof->path);
    must(!ledger::verify(*proof, key()));
}

void check_witnesses(std::string_view text) {
    auto witnesses = ledger::witnesses_from_text(text);
    if (!witnesses) return;
    auto again = ledger::witnesses_from_text(ledger::to_text(*witnesses));
    must(again && again->size() == witnesses->size());
}

void check_export(std::string_view text) {
    std::istringstream in{std::string(text)};
    auto report = ledger::verify_export(in, key());
    must(report.faults.size() <= 1001 && report.entries <= static_cast<int64_t>(text.size()));
    // Whoever has no signature of ours has nothing that holds.
    must(report.checkpoints == 0 || !report.faults.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    auto text = fuzz::text(data, size);
    check_proof(text);
    check_witnesses(text);
    check_export(text);
    return 0;
}
