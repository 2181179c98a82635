#include <argon2.h>

#include <charconv>
#include <stdexcept>

#include "crypto/password.h"

namespace yimen::crypto {
namespace {

constexpr uint32_t salt_size = 16, hash_size = 32;  // RFC 9106, 4
constexpr PasswordCost most{1 << 20, 64, 16};

// Takes `before` and a number from 1 to `limit` from the beginning of `rest`; 0 where they do not stand there.
uint32_t take(std::string_view& rest, std::string_view before, uint32_t limit) {
    if (!rest.starts_with(before)) return 0;
    uint32_t value = 0;
    const auto [end, error] = std::from_chars(rest.data() + before.size(), rest.data() + rest.size(), value);
    if (error != std::errc() || value > limit) return 0;
    rest.remove_prefix(static_cast<size_t>(end - rest.data()));
    return value;
}

}  // namespace

std::optional<PasswordCost> password_cost(std::string_view phc) {
    constexpr std::string_view kind = "$argon2id$v=19$";
    if (!phc.starts_with(kind) || phc.size() > 512 || phc.find('\0') != std::string_view::npos) return std::nullopt;
    phc.remove_prefix(kind.size());
    PasswordCost cost;
    cost.memory_kib = take(phc, "m=", most.memory_kib);
    cost.passes = take(phc, ",t=", most.passes);
    cost.lanes = take(phc, ",p=", most.lanes);
    if (!cost.memory_kib || !cost.passes || !cost.lanes || !phc.starts_with('$')) return std::nullopt;
    return cost;
}

std::string hash_password(std::string_view password, PasswordCost cost) {
    const auto salt = random_bytes(salt_size);
    std::string phc(argon2_encodedlen(cost.passes, cost.memory_kib, cost.lanes, salt_size, hash_size, Argon2_id), '\0');
    const int outcome = argon2id_hash_encoded(cost.passes, cost.memory_kib, cost.lanes, password.data(), password.size(), salt.data(),
                                              salt_size, hash_size, phc.data(), phc.size());
    if (outcome != ARGON2_OK) throw std::runtime_error(fmt::format("Argon2id failed: {}", argon2_error_message(outcome)));
    phc.resize(phc.find('\0'));
    return phc;
}

bool verify_password(std::string_view password, std::string_view phc) {
    if (!password_cost(phc)) return false;
    const int outcome = argon2id_verify(std::string(phc).c_str(), password.data(), password.size());
    // Without memory every password would look wrong, and people would be locked out for it.
    if (outcome == ARGON2_MEMORY_ALLOCATION_ERROR) throw std::runtime_error("Argon2id found no memory");
    return outcome == ARGON2_OK;
}

}  // namespace yimen::crypto
