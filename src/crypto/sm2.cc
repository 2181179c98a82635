#include <openssl/core_names.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>

#include "crypto/crypto.h"
#include "crypto/openssl.h"

namespace yimen::crypto {
namespace {

using namespace openssl;
using Group = Owned<EC_GROUP, EC_GROUP_free>;
using Point = Owned<EC_POINT, EC_POINT_free>;
using ParamsBuilder = Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
using Params = Owned<OSSL_PARAM, OSSL_PARAM_free>;
using Signature = Owned<ECDSA_SIG, ECDSA_SIG_free>;

constexpr size_t half = 32;  // bytes of a coordinate, and of r and s

std::shared_ptr<void> shared(EVP_PKEY* key) {
    return {key, [](void* p) { EVP_PKEY_free(static_cast<EVP_PKEY*>(p)); }};
}
EVP_PKEY* raw(const std::shared_ptr<void>& key) { return static_cast<EVP_PKEY*>(key.get()); }

Group curve() { return Group(checked(EC_GROUP_new_by_curve_name(NID_sm2), "The SM2 curve")); }

std::string point_of(const BIGNUM* d) {
    const auto group = curve();
    const Point point(checked(EC_POINT_new(group.get()), "An SM2 point"));
    check(EC_POINT_mul(group.get(), point.get(), d, nullptr, nullptr, nullptr) == 1, "An SM2 public key");
    std::string out(1 + 2 * half, '\0');
    check(EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, bytes(out), out.size(), nullptr) == out.size(),
          "An SM2 public key");
    return out;
}

std::shared_ptr<void> key_from(std::string_view point, const BIGNUM* d) {
    const ParamsBuilder builder(checked(OSSL_PARAM_BLD_new(), "An SM2 key"));
    check(OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "SM2", 0) == 1 &&
              OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) == 1 &&
              (!d || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, d) == 1),
          "An SM2 key");
    const Params params(checked(OSSL_PARAM_BLD_to_param(builder.get()), "An SM2 key"));
    const KeyContext context(checked(EVP_PKEY_CTX_new_from_name(nullptr, "SM2", nullptr), "An SM2 key"));
    EVP_PKEY* key = nullptr;
    check(EVP_PKEY_fromdata_init(context.get()) == 1 &&
              EVP_PKEY_fromdata(context.get(), &key, d ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, params.get()) == 1,
          "An SM2 key");
    return shared(key);
}

// OpenSSL takes the distinguishing id as empty unless told; the default of GB/T 32918.5 is this one. It is told after the
// beginning: 3.0.19 refuses it as a parameter of the beginning itself.
bool told_id(EVP_PKEY_CTX* context) { return EVP_PKEY_CTX_set1_id(context, "1234567812345678", 16) == 1; }

std::string to_raw(std::string_view der) {
    const unsigned char* at = bytes(der);
    const Signature parts(checked(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())), "An SM2 signature"));
    std::string out(2 * half, '\0');
    check(BN_bn2binpad(ECDSA_SIG_get0_r(parts.get()), bytes(out), half) == half &&
              BN_bn2binpad(ECDSA_SIG_get0_s(parts.get()), bytes(out) + half, half) == half,
          "An SM2 signature");
    return out;
}

std::string to_der(std::string_view signature) {
    const Signature parts(checked(ECDSA_SIG_new(), "An SM2 signature"));
    ECDSA_SIG_set0(parts.get(), checked(BN_bin2bn(bytes(signature), half, nullptr), "An SM2 signature"),
                   checked(BN_bin2bn(bytes(signature) + half, half, nullptr), "An SM2 signature"));
    unsigned char* der = nullptr;
    const int size = i2d_ECDSA_SIG(parts.get(), &der);
    check(size > 0, "An SM2 signature");
    std::string out(reinterpret_cast<char*>(der), static_cast<size_t>(size));
    OPENSSL_free(der);
    return out;
}

}  // namespace

Sm2Key Sm2Key::generate() {
    Sm2Key made;
    made.key_ = shared(checked(EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2"), "Making an SM2 key"));
    return made;
}

Sm2Key Sm2Key::from_private(std::string_view d32) {
    if (d32.size() != half) throw std::runtime_error("An SM2 private key has 32 bytes");
    const Bignum d(checked(BN_bin2bn(bytes(d32), half, nullptr), "An SM2 key"));
    Sm2Key made;
    made.key_ = key_from(point_of(d.get()), d.get());
    return made;
}

Sm2Key Sm2Key::from_public(std::string_view point65) {
    Sm2Key made;
    made.key_ = key_from(point65, nullptr);
    return made;
}

Sm2Key Sm2Key::from_pem(std::string_view pem) {
    const bool secret = pem.find("PRIVATE KEY") != std::string_view::npos;
    const auto bio = reader(pem);
    EVP_PKEY* key =
        secret ? PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr) : PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr);
    Sm2Key made;
    made.key_ = shared(checked(key, "Reading an SM2 key"));
    if (!EVP_PKEY_is_a(key, "SM2")) throw std::runtime_error("The key is not an SM2 key");
    return made;
}

std::string Sm2Key::private_pem() const { return openssl::private_pem(raw(key_)); }

std::string Sm2Key::public_pem() const {
    const Bio bio(checked(BIO_new(BIO_s_mem()), "Writing to memory"));
    check(PEM_write_bio_PUBKEY(bio.get(), raw(key_)) == 1, "Writing a public key");
    return content(bio.get());
}

std::string Sm2Key::public_point() const {
    std::string out(1 + 2 * half, '\0');
    size_t size = 0;
    check(EVP_PKEY_get_octet_string_param(raw(key_), OSSL_PKEY_PARAM_ENCODED_PUBLIC_KEY, bytes(out), out.size(), &size) == 1 &&
              size == out.size(),
          "Reading an SM2 public key");
    return out;
}

std::string Sm2Key::sign(std::string_view message) const {
    const DigestContext context(checked(EVP_MD_CTX_new(), "Signing with SM2"));
    std::string der(80, '\0');
    size_t size = der.size();
    EVP_PKEY_CTX* of_key = nullptr;  // belongs to `context`
    check(EVP_DigestSignInit_ex(context.get(), &of_key, "SM3", nullptr, nullptr, raw(key_), nullptr) == 1 && told_id(of_key) &&
              EVP_DigestSign(context.get(), bytes(der), &size, bytes(message), message.size()) == 1,
          "Signing with SM2");
    return to_raw(std::string_view(der).substr(0, size));
}

bool Sm2Key::verify(std::string_view message, std::string_view signature) const {
    if (signature.size() != 2 * half) return false;
    const auto der = to_der(signature);
    const DigestContext context(checked(EVP_MD_CTX_new(), "Verifying with SM2"));
    EVP_PKEY_CTX* of_key = nullptr;  // belongs to `context`
    check(EVP_DigestVerifyInit_ex(context.get(), &of_key, "SM3", nullptr, nullptr, raw(key_), nullptr) == 1 && told_id(of_key),
          "Verifying with SM2");
    const bool valid = EVP_DigestVerify(context.get(), bytes(der), der.size(), bytes(message), message.size()) == 1;
    ERR_clear_error();  // a wrong signature leaves an error behind that would be read by a later, unrelated failure
    return valid;
}

}  // namespace yimen::crypto
