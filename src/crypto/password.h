#pragma once
#include "crypto/crypto.h"

namespace yimen::crypto {

// What a PHC string of Argon2id version 1.3 asks for ("$argon2id$v=19$m=65536,t=3,p=1$salt$hash"). Nothing for any other text, and
// for a cost that nobody means (over 1 GiB, 64 passes or 16 lanes): the row it stands in would stop the program.
std::optional<PasswordCost> password_cost(std::string_view phc);

}  // namespace yimen::crypto
