#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>

#include "crypto/crypto.h"
#include "crypto/openssl.h"

namespace yimen::crypto {
namespace {

using namespace openssl;

// Fetching an algorithm costs more than hashing a short text, so each is fetched once and kept.
const EVP_MD* fetched(const char* name) { return checked(EVP_MD_fetch(nullptr, name, nullptr), name); }
const EVP_MD* sm3_algorithm() {
    static const EVP_MD* const algorithm = fetched("SM3");
    return algorithm;
}

Digest digest(const EVP_MD* algorithm, std::string_view message) {
    thread_local const DigestContext context(checked(EVP_MD_CTX_new(), "A digest"));
    Digest out;
    check(EVP_DigestInit_ex2(context.get(), algorithm, nullptr) == 1 &&
              EVP_DigestUpdate(context.get(), message.data(), message.size()) == 1 &&
              EVP_DigestFinal_ex(context.get(), out.data(), nullptr) == 1,
          "A digest");
    return out;
}

// A context that knows its digest; copying it spares the look-up of SM3 for every code.
EVP_MAC_CTX* hmac_sm3_template() {
    static EVP_MAC_CTX* const context = [] {
        EVP_MAC* mac = checked(EVP_MAC_fetch(nullptr, "HMAC", nullptr), "HMAC");
        EVP_MAC_CTX* made = checked(EVP_MAC_CTX_new(mac), "HMAC");
        EVP_MAC_free(mac);
        char name[] = "SM3";
        const OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0), OSSL_PARAM_construct_end()};
        check(EVP_MAC_CTX_set_params(made, params) == 1, "HMAC with SM3");
        return made;
    }();
    return context;
}

}  // namespace

Digest sm3(std::string_view message) { return digest(sm3_algorithm(), message); }

Digest sha256(std::string_view message) {
    static const EVP_MD* const algorithm = fetched("SHA256");
    return digest(algorithm, message);
}

Digest hmac_sm3(std::string_view key, std::string_view message) {
    const MacContext context(checked(EVP_MAC_CTX_dup(hmac_sm3_template()), "HMAC"));
    // A null key would mean "the key set before" to OpenSSL; an empty view may be null.
    const unsigned char none = 0;
    Digest out;
    size_t size = 0;
    check(EVP_MAC_init(context.get(), key.empty() ? &none : bytes(key), key.size(), nullptr) == 1 &&
              EVP_MAC_update(context.get(), bytes(message), message.size()) == 1 &&
              EVP_MAC_final(context.get(), out.data(), &size, out.size()) == 1 && size == out.size(),
          "HMAC");
    return out;
}

Sm3Stream::Sm3Stream() : context_(checked(EVP_MD_CTX_new(), "A digest")) {
    check(EVP_DigestInit_ex2(static_cast<EVP_MD_CTX*>(context_), sm3_algorithm(), nullptr) == 1, "A digest");
}
Sm3Stream::~Sm3Stream() { EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context_)); }
void Sm3Stream::update(std::string_view part) {
    check(EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(context_), part.data(), part.size()) == 1, "A digest");
}
Digest Sm3Stream::finish() {
    Digest out;
    check(EVP_DigestFinal_ex(static_cast<EVP_MD_CTX*>(context_), out.data(), nullptr) == 1, "A digest");
    return out;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string random_bytes(size_t count) {
    std::string out(count, '\0');
    check(RAND_bytes(bytes(out), static_cast<int>(count)) == 1, "Drawing random bytes");
    return out;
}

std::string random_token(size_t count) { return base64url(random_bytes(count)); }

}  // namespace yimen::crypto
