#include "crypto/cms.h"

#include <openssl/cms.h>
#include <openssl/pem.h>

#include <algorithm>
#include <vector>

#include "crypto/openssl.h"

namespace yimen::crypto {
namespace {

using namespace openssl;
using Message = Owned<CMS_ContentInfo, CMS_ContentInfo_free>;
using Attribute = Owned<X509_ATTRIBUTE, X509_ATTRIBUTE_free>;

std::vector<Certificate> certificates(std::string_view chain_pem) {
    const auto bio = reader(chain_pem);
    std::vector<Certificate> chain;
    while (auto* one = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)) chain.emplace_back(one);
    ERR_clear_error();  // the end of the text is reported as an error
    if (chain.empty()) throw std::runtime_error("The seal's certificate cannot be read");
    return chain;
}

std::string attribute_der(const X509_ATTRIBUTE* attribute) {
    const int size = i2d_X509_ATTRIBUTE(attribute, nullptr);
    check(size > 0, "Writing a signature's attribute");
    std::string der(static_cast<size_t>(size), '\0');
    auto* out = bytes(der);
    i2d_X509_ATTRIBUTE(attribute, &out);
    return der;
}

// A length of DER (X.690, 8.1.3).
std::string length_der(size_t length) {
    if (length < 0x80) return {static_cast<char>(length)};
    std::string big_endian;
    for (; length > 0; length >>= 8) big_endian.insert(big_endian.begin(), static_cast<char>(length & 0xff));
    return static_cast<char>(0x80 | big_endian.size()) + big_endian;
}

// What a signature covers: the signed attributes as an explicit SET OF, in DER's order (RFC 5652, 5.4; X.690, 11.6).
std::string signed_bytes(const CMS_SignerInfo* signer) {
    std::vector<std::string> attributes;
    for (int i = 0; i < CMS_signed_get_attr_count(signer); ++i) attributes.push_back(attribute_der(CMS_signed_get_attr(signer, i)));
    std::sort(attributes.begin(), attributes.end(), [](std::string_view a, std::string_view b) { return a < b; });
    std::string content;
    for (auto& one : attributes) content += one;
    return '\x31' + length_der(content.size()) + content;
}

// OpenSSL 3.0 always adds the attribute signingTime, which PAdES forbids: it is taken out, and the rest signed again.
void sign_without_time(CMS_SignerInfo* signer, EVP_PKEY* key) {
    const Attribute time(CMS_signed_delete_attr(signer, CMS_signed_get_attr_by_NID(signer, NID_pkcs9_signingTime, -1)));
    const auto covered = signed_bytes(signer);
    const DigestContext context(checked(EVP_MD_CTX_new(), "Signing a document"));
    size_t size = 0;
    check(EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
              EVP_DigestSign(context.get(), nullptr, &size, bytes(covered), covered.size()) == 1,
          "Signing a document");
    std::string signature(size, '\0');
    check(EVP_DigestSign(context.get(), bytes(signature), &size, bytes(covered), covered.size()) == 1, "Signing a document");
    check(ASN1_OCTET_STRING_set(CMS_SignerInfo_get0_signature(signer), bytes(signature), static_cast<int>(size)) == 1,
          "Signing a document");
}

std::string message_der(CMS_ContentInfo* message) {
    const Bio bio(checked(BIO_new(BIO_s_mem()), "Writing to memory"));
    check(i2d_CMS_bio(bio.get(), message) == 1, "Writing a signature");
    return content(bio.get());
}

}  // namespace

std::string sign_detached(std::string_view message, std::string_view chain_pem, std::string_view key_pem) {
    const auto chain = certificates(chain_pem);
    const auto key_text = reader(key_pem);
    const Key key(checked(PEM_read_bio_PrivateKey(key_text.get(), nullptr, nullptr, nullptr), "Reading the seal's key"));
    constexpr unsigned kind = CMS_DETACHED | CMS_BINARY | CMS_PARTIAL;
    const Message made(checked(CMS_sign(nullptr, nullptr, nullptr, nullptr, kind), "Signing a document"));
    // CMS_CADES adds signingCertificateV2; capabilities for encrypted mail mean nothing here.
    auto* signer = checked(CMS_add1_signer(made.get(), chain.front().get(), key.get(), EVP_sha256(), kind | CMS_CADES | CMS_NOSMIMECAP),
                           "Signing a document");
    for (size_t i = 1; i < chain.size(); ++i) check(CMS_add1_cert(made.get(), chain[i].get()) == 1, "Adding a certificate to a signature");
    const auto input = reader(message);
    check(CMS_final(made.get(), input.get(), nullptr, kind) == 1, "Signing a document");
    sign_without_time(signer, key.get());
    return message_der(made.get());
}

}  // namespace yimen::crypto
