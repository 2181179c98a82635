#pragma once
#include "catalogue/read_item.h"

// The forms of items that have none of their own, from data/catalogue/forms/: applicant, contact, what is asked for, delivery,
// declaration. Each is read once and shared by all its items.
namespace yimen::catalogue {

// For persons, for organisations, or for both: then sections that differ are shown to whom they are for.
const Form& standard_form(const std::vector<std::string>& applicants);
// The faults of those among `files`, which are read for them alone.
std::vector<Fault> check_standard_forms(const std::map<std::string, std::string_view>& files);

}  // namespace yimen::catalogue
