#include "crypto/password.h"
#include "fuzz.h"

// Any bytes as a stored password are refused, or are an Argon2id string of a cost that somebody means; no other password opens it.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    using namespace yimen;
    using fuzz::must;
    auto phc = fuzz::text(data, size);
    auto cost = crypto::password_cost(phc);
    if (!cost) return must(!crypto::verify_password("yimen", phc)), 0;
    must(cost->memory_kib <= 1 << 20 && cost->passes <= 64 && cost->lanes <= 16);
    if (cost->memory_kib > 64 || cost->passes > 2 || cost->lanes > 2) return 0;  // right, but too slow to try millions of times
    crypto::verify_password("another", phc);
    static const auto known = crypto::hash_password("yimen", {8, 1, 1});
    must(crypto::verify_password("yimen", known));
    must(!crypto::verify_password(phc, known) || phc == "yimen");
    return 0;
}
