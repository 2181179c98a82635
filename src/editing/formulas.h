#pragma once
#include "editing/parts.h"

// What formulas of a form and cells of decision tables may speak of, and what is wrong with them.
namespace yimen::editing {

struct Named {
    std::string name;
    catalogue::Text label;
    std::string kind;  // of the question or field: "choice", "number", …
    std::vector<Option> choices = {};
    bool question = false;
};
// The guidance questions; with `fields` also the fields of the form and who applies.
std::vector<Named> names_in(const json::object& content, bool fields);
// What the tables may give: the draft's situations and materials, and whether a material is needed.
std::vector<Named> outcomes_in(const json::object& content);
// An expression that may be written with it: `premises = "food"`; in a cell of a table only the test: `"food"`.
std::string sample(const Named&, bool cell);
// Of the expressions that were typed into the part, those that cannot be read, each beside its box.
std::vector<Wrong> wrong_formulas(const Part&, const Typed&, const json::object& content);
// The expression with names of the left put as those of the right; texts within quotes stay.
std::string renamed(std::string_view expression, const std::map<std::string, std::string>& names);

}  // namespace yimen::editing
