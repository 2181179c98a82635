#pragma once
#include "catalogue/catalogue.h"

// What the catalogue and its rules say is wrong, for people who edit in the browser: in both languages, without names of files.
namespace yimen::editing {

// Sentences that were made in both languages where they were found, by their English.
using Said = std::map<std::string, std::string, std::less<>>;
// `message`: as the catalogue says it. What stands within a sentence (an expression's mistake, a gap) is looked for in `said`.
catalogue::Text fault_words(const std::string& message, const Said& said);

}  // namespace yimen::editing
