#pragma once
// Only for the sources of this folder: owning pointers over OpenSSL's types, and one way to report a failing call.
#include <memory>
#include <stdexcept>
#include <string>

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

namespace yimen::crypto::openssl {

template <auto Release>
struct Releases {
    template <class T>
    void operator()(T* p) const {
        Release(p);
    }
};
template <class T, auto Release>
using Owned = std::unique_ptr<T, Releases<Release>>;

using Bignum = Owned<BIGNUM, BN_clear_free>;
using Bio = Owned<BIO, BIO_free_all>;
using CipherContext = Owned<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;
using DigestContext = Owned<EVP_MD_CTX, EVP_MD_CTX_free>;
using Key = Owned<EVP_PKEY, EVP_PKEY_free>;
using KeyContext = Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using MacContext = Owned<EVP_MAC_CTX, EVP_MAC_CTX_free>;
using Certificate = Owned<X509, X509_free>;

[[noreturn]] void fail(const char* what);

inline void check(bool ok, const char* what) {
    if (!ok) fail(what);
}
template <class P>
P checked(P p, const char* what) {
    if (!p) fail(what);
    return p;
}
inline const unsigned char* bytes(std::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); }
inline unsigned char* bytes(std::string& s) { return reinterpret_cast<unsigned char*>(s.data()); }

// The whole of a memory BIO.
std::string content(BIO*);
// A memory BIO that reads `text`, which must outlive it.
Bio reader(std::string_view text);
std::string private_pem(EVP_PKEY*);

}  // namespace yimen::crypto::openssl
