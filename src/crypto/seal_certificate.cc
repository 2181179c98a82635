#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "crypto/crypto.h"
#include "crypto/openssl.h"

namespace yimen::crypto {
namespace {

using namespace openssl;
using Extension = Owned<X509_EXTENSION, X509_EXTENSION_free>;

struct Wanted {
    std::string common_name;
    int days;
    std::vector<std::pair<int, const char*>> extensions;
};

Key p256() { return Key(checked(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"), "Making a P-256 key")); }

void set_serial(X509* certificate) {
    auto number = random_bytes(16);
    number[0] = static_cast<char>(number[0] & 0x7f);  // positive, as RFC 5280 asks (4.1.2.2)
    const Bignum serial(checked(BN_bin2bn(bytes(number), static_cast<int>(number.size()), nullptr), "A serial number"));
    checked(BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(certificate)), "A serial number");
}

void set_name(X509_NAME* name, const std::string& common_name) {
    const auto add = [&](const char* field, const std::string& text) {
        check(X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, bytes(text), static_cast<int>(text.size()), -1, 0) == 1,
              "A certificate's name");
    };
    add("C", "CN");
    add("CN", common_name);
}

void add_extension(X509* certificate, X509* issuer, int kind, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const Extension extension(checked(X509V3_EXT_conf_nid(nullptr, &context, kind, value), "A certificate's extension"));
    check(X509_add_ext(certificate, extension.get(), -1) == 1, "A certificate's extension");
}

// `issuer` null: signed by itself.
Certificate certify(const Wanted& wanted, EVP_PKEY* key, X509* issuer, EVP_PKEY* issuer_key) {
    Certificate made(checked(X509_new(), "A certificate"));
    check(X509_set_version(made.get(), X509_VERSION_3) == 1, "A certificate");
    set_serial(made.get());
    // An hour back, so that a document signed by a machine whose clock runs behind is not "signed too early".
    checked(X509_gmtime_adj(X509_getm_notBefore(made.get()), -3600), "A certificate");
    checked(X509_time_adj_ex(X509_getm_notAfter(made.get()), wanted.days, 0, nullptr), "A certificate");
    set_name(X509_get_subject_name(made.get()), wanted.common_name);
    X509* signer = issuer ? issuer : made.get();
    check(X509_set_issuer_name(made.get(), X509_get_subject_name(signer)) == 1 && X509_set_pubkey(made.get(), key) == 1, "A certificate");
    for (auto& [kind, value] : wanted.extensions) add_extension(made.get(), signer, kind, value);
    check(X509_sign(made.get(), issuer_key, EVP_sha256()) > 0, "Signing a certificate");
    return made;
}

std::string pem(X509* certificate) {
    const Bio bio(checked(BIO_new(BIO_s_mem()), "Writing to memory"));
    check(PEM_write_bio_X509(bio.get(), certificate) == 1, "Writing a certificate");
    return content(bio.get());
}

Key read_key(std::string_view text) {
    const auto bio = reader(text);
    return Key(checked(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr), "Reading the seal's key"));
}

}  // namespace

SealCertificate SealCertificate::make(const std::string& common_name, std::string_view key_pem) {
    const auto root_key = p256(), key = key_pem.empty() ? p256() : read_key(key_pem);
    const auto root = certify({common_name + " CA",
                               20 * 365,
                               {{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
                                {NID_key_usage, "critical,keyCertSign,cRLSign"},
                                {NID_subject_key_identifier, "hash"}}},
                              root_key.get(), nullptr, root_key.get());
    const auto leaf = certify({common_name,
                               10 * 365,
                               {{NID_basic_constraints, "critical,CA:FALSE"},
                                {NID_key_usage, "critical,digitalSignature,nonRepudiation"},
                                {NID_subject_key_identifier, "hash"},
                                {NID_authority_key_identifier, "keyid"}}},
                              key.get(), root.get(), root_key.get());
    return {pem(leaf.get()) + pem(root.get()), private_pem(key.get())};
}

}  // namespace yimen::crypto
