#pragma once
#include "catalogue/catalogue.h"

// What the catalogue and its rules say is wrong, for people who edit in the browser: in both languages, without names of files.
namespace yimen::catalogue {

// Sentences that were made in both languages where they were found, by their English.
using Said = std::map<std::string, std::string, std::less<>>;
// `message`: as the catalogue says it. What stands within a sentence (an expression's mistake, a gap) is looked for in `said`.
Text fault_words(const std::string& message, const Said& said);
// "questions/0/label/zh: missing: write it": where it is, which is known by its shape and may be empty, and what is wrong there.
std::pair<std::string, std::string> place_and_message(const std::string& told);
// Both together, the place before the words.
Text placed_fault_words(const std::string& told);

}  // namespace yimen::catalogue
