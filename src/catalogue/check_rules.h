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

// One example application (golden/<name>.yaml): answers and what must come of them. Its form is left to check_golden's
// callers. `file` names it in faults.
std::vector<Fault> check_golden(const ItemVersion&, const boost::json::object& golden, const std::string& file);

}  // namespace yimen::catalogue
