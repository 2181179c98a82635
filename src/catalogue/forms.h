#pragma once
#include <set>

#include "catalogue/catalogue.h"

// Values of a form for whoever shows or reads them.
namespace yimen::catalogue {

// The parts of a kind of several parts, as fields of their own: a person's name, number and phone.
const std::vector<Field>& parts_of(Field::Kind);

// Nothing typed: null, an empty text or list, parts that all are nothing. A table's row counts although nothing is in it.
bool nothing(const boost::json::value*);

// In plain words, as documents show it; a table's rows one after the other. Empty for nothing. Numbers and telephones of people
// go through `masked` where it is given, with the kind of field that they are.
using Masked = std::function<std::string(Field::Kind, const std::string&)>;
std::string value_words(const Field&, const boost::json::value*, Language, const Masked& masked = {});

// The standard form of these applicants as form.yaml would write it: what an item's own form begins with.
boost::json::object standard_form_content(const std::vector<std::string>& applicants);
// What is wrong with a form's FEEL expression that may speak of these names; nothing where it can be read.
std::optional<Text> wrong_with_formula(std::string_view text, const std::set<std::string, std::less<>>& names);

}  // namespace yimen::catalogue
