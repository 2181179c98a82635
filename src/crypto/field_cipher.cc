#include "crypto/crypto.h"
#include "crypto/openssl.h"

namespace yimen::crypto {
namespace {

using namespace openssl;

constexpr char format = 1;  // first byte of a sealed value, so that another cipher can follow one day
constexpr size_t nonce_size = 16, tag_size = 32;

std::string sm4(const EVP_CIPHER* cipher, std::string_view key, const unsigned char* nonce, std::string_view input) {
    if (key.size() != 16) throw std::runtime_error("An SM4 key has 16 bytes");
    const CipherContext context(checked(EVP_CIPHER_CTX_new(), "SM4"));
    std::string output(input.size(), '\0');
    int size = 0;
    check(EVP_EncryptInit_ex2(context.get(), cipher, bytes(key), nonce, nullptr) == 1 &&
              EVP_CIPHER_CTX_set_padding(context.get(), 0) == 1 &&
              EVP_EncryptUpdate(context.get(), bytes(output), &size, bytes(input), static_cast<int>(input.size())) == 1,
          "SM4");
    return output;
}

// Counter mode is its own inverse.
std::string sm4_ctr(std::string_view key, std::string_view nonce, std::string_view input) {
    static const EVP_CIPHER* const cipher = checked(EVP_CIPHER_fetch(nullptr, "SM4-CTR", nullptr), "SM4-CTR");
    return sm4(cipher, key, bytes(nonce), input);
}

// The context's length stands before it, so that no other context and ciphertext give the same message.
std::string tag(std::string_view key, std::string_view nonce, std::string_view context, std::string_view ciphertext) {
    const auto message = fmt::format("{}{}{}:{}{}", format, nonce, context.size(), context, ciphertext);
    return std::string(view(hmac_sm3(key, message)));
}

std::string derive(std::string_view master, std::string_view use) { return std::string(view(hmac_sm3(master, use))); }

}  // namespace

std::string sm4_block(std::string_view key, std::string_view block) {
    if (block.size() != 16) throw std::runtime_error("An SM4 block has 16 bytes");
    static const EVP_CIPHER* const cipher = checked(EVP_CIPHER_fetch(nullptr, "SM4-ECB", nullptr), "SM4-ECB");
    return sm4(cipher, key, nullptr, block);
}

FieldCipher::FieldCipher(std::string_view master) {
    if (master.size() != 32) throw std::runtime_error("The key of personal data has 32 bytes");
    encryption_key_ = derive(master, "yimen.field.encryption").substr(0, 16);
    authentication_key_ = derive(master, "yimen.field.authentication");
    lookup_key_ = derive(master, "yimen.field.lookup");
}

std::string FieldCipher::seal(std::string_view plain, std::string_view context) const {
    const auto nonce = random_bytes(nonce_size);
    const auto ciphertext = sm4_ctr(encryption_key_, nonce, plain);
    return format + nonce + ciphertext + tag(authentication_key_, nonce, context, ciphertext);
}

std::optional<std::string> FieldCipher::open(std::string_view sealed, std::string_view context) const {
    if (sealed.size() < 1 + nonce_size + tag_size || sealed[0] != format) return std::nullopt;
    const auto nonce = sealed.substr(1, nonce_size);
    const auto ciphertext = sealed.substr(1 + nonce_size, sealed.size() - 1 - nonce_size - tag_size);
    const auto expected = tag(authentication_key_, nonce, context, ciphertext);
    if (!equal_in_constant_time(sealed.substr(sealed.size() - tag_size), expected)) return std::nullopt;
    return sm4_ctr(encryption_key_, nonce, ciphertext);
}

std::string FieldCipher::lookup(std::string_view plain, std::string_view context) const {
    const auto message = fmt::format("{}:{}{}", context.size(), context, plain);
    return std::string(view(hmac_sm3(lookup_key_, message)));
}

}  // namespace yimen::crypto
