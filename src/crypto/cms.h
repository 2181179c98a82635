#pragma once
#include <string>
#include <string_view>

// Signatures by certificate over documents, in the Cryptographic Message Syntax (RFC 5652).
namespace yimen::crypto {

// A detached SignedData in DER over `message`, as CAdES and PAdES baseline B ask (ETSI EN 319 122-1, 6.3; EN 319 142-1, 6.3):
// SHA-256, the signed attributes contentType, messageDigest and signingCertificateV2, and no signingTime, since the document
// itself says when. `chain_pem` begins with the signer's certificate; all of it goes into the signature. Throws
// std::runtime_error where the key does not belong to that certificate.
std::string sign_detached(std::string_view message, std::string_view chain_pem, std::string_view key_pem);

}  // namespace yimen::crypto
