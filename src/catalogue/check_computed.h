#pragma once
#include "catalogue/read_rules.h"

namespace yimen::catalogue {

// Tries what is computed (a fee by area) with numbers of every class that its answers fall into: what is below nought, no
// number or too large is a fault with the answers that it came from. Tries that much and no more: a number in between may
// still go wrong, which guidance then refuses.
void check_computed(const ItemVersion&, const ReadRules&, const Decisions&, const std::string& file, std::vector<Fault>&);

}  // namespace yimen::catalogue
