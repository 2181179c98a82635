#include "crypto/openssl.h"

#include <openssl/pem.h>

namespace yimen::crypto::openssl {

void fail(const char* what) {
    char reason[256] = "no reason given";
    if (auto code = ERR_get_error()) ERR_error_string_n(code, reason, sizeof reason);
    ERR_clear_error();
    throw std::runtime_error(fmt::format("{} failed: {}", what, reason));
}

std::string content(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<size_t>(size)};
}

Bio reader(std::string_view text) {
    return Bio(checked(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), "Reading from memory"));
}

std::string private_pem(EVP_PKEY* key) {
    Bio bio(checked(BIO_new(BIO_s_secmem()), "Writing to memory"));
    check(PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1, "Writing a private key");
    return content(bio.get());
}

}  // namespace yimen::crypto::openssl
