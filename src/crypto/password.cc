#include <argon2.h>

#include <stdexcept>

#include "crypto/crypto.h"

namespace yimen::crypto {
namespace {

constexpr uint32_t salt_size = 16, hash_size = 32;  // RFC 9106, 4

}  // namespace

std::string hash_password(std::string_view password, PasswordCost cost) {
  const auto salt = random_bytes(salt_size);
  std::string phc(argon2_encodedlen(cost.passes, cost.memory_kib, cost.lanes, salt_size, hash_size, Argon2_id), '\0');
  const int outcome = argon2id_hash_encoded(cost.passes, cost.memory_kib, cost.lanes, password.data(), password.size(),
                                            salt.data(), salt_size, hash_size, phc.data(), phc.size());
  if (outcome != ARGON2_OK) throw std::runtime_error(fmt::format("Argon2id failed: {}", argon2_error_message(outcome)));
  phc.resize(phc.find('\0'));
  return phc;
}

bool verify_password(std::string_view password, std::string_view phc) {
  const int outcome = argon2id_verify(std::string(phc).c_str(), password.data(), password.size());
  // Without memory every password would look wrong, and people would be locked out for it.
  if (outcome == ARGON2_MEMORY_ALLOCATION_ERROR) throw std::runtime_error("Argon2id found no memory");
  return outcome == ARGON2_OK;
}

}  // namespace yimen::crypto
