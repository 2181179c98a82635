#pragma once
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

// Thin over OpenSSL 3 and libargon2. Bytes travel in std::string. A failing library call throws std::runtime_error.
namespace yimen::crypto {

using Digest = std::array<uint8_t, 32>;

std::string hex(std::string_view bytes);
std::optional<std::string> from_hex(std::string_view);
std::string base64url(std::string_view bytes);  // without padding
std::optional<std::string> from_base64url(std::string_view);
inline std::string_view view(const Digest& d) { return {reinterpret_cast<const char*>(d.data()), d.size()}; }

Digest sm3(std::string_view);  // GB/T 32905
Digest sha256(std::string_view);
Digest hmac_sm3(std::string_view key, std::string_view message);

// For digests over what is too large to hold.
class Sm3Stream {
  public:
    Sm3Stream();
    Sm3Stream(const Sm3Stream&) = delete;
    Sm3Stream& operator=(const Sm3Stream&) = delete;
    ~Sm3Stream();
    void update(std::string_view);
    Digest finish();

  private:
    void* context_;
};

bool equal_in_constant_time(std::string_view, std::string_view);
std::string random_bytes(size_t);
// base64url of that many random bytes: 16 bytes and more cannot be guessed.
std::string random_token(size_t bytes = 24);

// One SM4 block (GB/T 32907), for the published vector.
std::string sm4_block(std::string_view key16, std::string_view block16);

// Personal data at rest: SM4-CTR, then HMAC-SM3 over nonce, context and ciphertext (OpenSSL 3.0 has no SM4-GCM).
// `context` ("person.phone") binds a sealed value to its column; opening with another context, key or a changed byte
// gives nothing. `lookup` is the keyed hash (HMAC-SM3) stored beside it, by which an exact value is found.
class FieldCipher {
  public:
    explicit FieldCipher(std::string_view master_key32);
    std::string seal(std::string_view plain, std::string_view context) const;
    std::optional<std::string> open(std::string_view sealed, std::string_view context) const;
    std::string lookup(std::string_view plain, std::string_view context) const;

  private:
    std::string encryption_key_, authentication_key_, lookup_key_;
};

// Argon2id, PHC string form. Unless told otherwise memory and passes are those of RFC 9106's second recommended option
// (4), in one lane, so that a sign-in takes one core and not four.
struct PasswordCost {
    uint32_t memory_kib = 64 << 10, passes = 3, lanes = 1;
};
std::string hash_password(std::string_view password, PasswordCost = {});
bool verify_password(std::string_view password, std::string_view phc);

// SM2 (GB/T 32918) with SM3 and the default distinguishing id 1234567812345678; signatures are 64 bytes r‖s.
class Sm2Key {
  public:
    static Sm2Key generate();
    static Sm2Key from_private(std::string_view d32);
    static Sm2Key from_public(std::string_view point65);  // 04‖x‖y; can only verify
    static Sm2Key from_pem(std::string_view);             // private or public
    std::string private_pem() const;                      // PKCS #8
    std::string public_pem() const;
    std::string public_point() const;
    std::string sign(std::string_view message) const;
    bool verify(std::string_view message, std::string_view signature64) const;

  private:
    std::shared_ptr<void> key_;
};

// A P-256 key and the certificate chain (leaf first) by which documents are signed: a root made for this one use, whose
// key is forgotten at once, and a leaf with keyUsage digitalSignature and nonRepudiation. For demonstrations; an
// installation puts its own certificate in place. `key_pem` may name a key to certify; empty makes one.
struct SealCertificate {
    std::string chain_pem, key_pem;
    static SealCertificate make(const std::string& common_name, std::string_view key_pem = {});
};

// The secrets of an installation: one folder with mode 0700, files with mode 0600, shared by its nodes, never in the
// database.
struct Keys {
    FieldCipher fields;                              // fields.key: 64 hexadecimal digits
    Sm2Key ledger;                                   // ledger.pem: signs checkpoints
    std::string session_key;                         // session.key, 32 bytes: CSRF tokens
    std::string seal_certificate_pem, seal_key_pem;  // seal_certificate.pem (leaf first), seal_key.pem: signs documents
    // Reads the folder; makes what is missing only where `make` (the demonstration, `yimen keys make`). Throws
    // std::runtime_error naming the file that is missing or readable by others.
    static Keys load(const std::string& folder, bool make);
};

}  // namespace yimen::crypto
