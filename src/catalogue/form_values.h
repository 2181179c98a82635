#pragma once
#include "catalogue/forms.h"

// Inside check_form: what is wrong with one value of a form.
namespace yimen::catalogue {

using Wrong = std::optional<Text>;  // nothing wrong: none

// That it must be filled in, in the words of its kind.
Text missing(const Field&);
// A kind whose value is one text that is not empty.
Wrong check_text_value(const Field&, std::string_view text, Date today);
// Everything about one field's value except the rules that look at other fields: several faults of a table or a person.
// `signer`: whose name a signature must be; empty: any.
std::vector<FormError> check_value(const Field&, bool required, const boost::json::value*, Date today, std::string_view signer);

}  // namespace yimen::catalogue
