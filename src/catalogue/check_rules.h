#pragma once
#include <boost/json/array.hpp>

#include "catalogue/catalogue.h"
#include "catalogue/yaml.h"
#include "rules/rules.h"

// What stands between a draft and publishing as far as its rules go.
namespace yimen::catalogue {

// Everything wrong with the rules of an item, each with its line in `file` (rules.dmn): what names nothing, types, gaps
// and overlaps, rules that never count, situations never reached, questions that change nothing, materials that can
// never be needed. None: guidance can follow them. Bounded for any bytes.
std::vector<Fault> check_rules(const ItemVersion&, const std::string& file);

// What each question can be answered with, for a model's own check.
std::vector<rules::Domain> domains_of(const ItemVersion&);

// What the form's rules say of the values of an example's `form`, on its `day` or else the item's first day in force, for the applicant whose
// documents it holds; nothing where the example has no form. A name that the form does not have is an error too.
std::optional<std::vector<FormError>> golden_form(const ItemVersion&, const boost::json::object& golden);
// The fields an example says are in error (`form_errors`), and those of `golden_form`: sorted, each once.
std::vector<std::string> golden_form_errors(const boost::json::object& golden);
std::vector<std::string> fields_of(const std::vector<FormError>&);

// One example application (golden/<name>.yaml): answers, perhaps the form, and what must come of them. `file` names it in faults.
std::vector<Fault> check_golden(const ItemVersion&, const boost::json::object& golden, const std::string& file);

}  // namespace yimen::catalogue
