#pragma once
#include "base/codes.h"

// Making unified social credit codes (GB 32100), for who registers organisations.
namespace yimen {

// Registering department ('9': market regulation), category ('1': enterprise, '2': self-employed), division, the eight characters of the
// organisation's own code, its check character (GB 11714) and that of the whole. std::invalid_argument for what cannot be in one.
CreditCode new_credit_code(char department, char category, Division, std::string_view serial);

}  // namespace yimen
