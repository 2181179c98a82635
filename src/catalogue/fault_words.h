#pragma once
#include <string>

namespace yimen::catalogue {

// What the reader of items says in English only, in Chinese where it is one of its usual sentences.
std::string in_chinese(const std::string& message);

}  // namespace yimen::catalogue
