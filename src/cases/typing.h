#pragma once
#include <array>
#include <string>
#include <string_view>

#include "catalogue/forms.h"

// From what people type to the canonical form that values are kept in. What cannot be read stays as it was typed, for
// check_form to name and for people to mend.
namespace yimen::cases {

// "１，２００" in a number is "1200"; letters of credit codes and identity numbers are capitals; white space around a text goes.
std::string canonical(const catalogue::Field&, std::string_view typed);

// A whole value: parts and rows of a kind of several parts each in their own form. `now` is when a signature is given.
boost::json::value canonical(const catalogue::Field&, const boost::json::value& value, Instant now);

// A date is typed in three boxes: "2026", "3", "7" is "2026-03-07"; three empty ones are "".
std::string date_typed(std::string_view year, std::string_view month, std::string_view day);
// Year, month and day as they go back into the boxes; without leading zeros.
std::array<std::string, 3> date_boxes(std::string_view value);

using catalogue::nothing;
bool same(const boost::json::value*, const boost::json::value*);

// A section that only asks for declarations and signatures: read after everything else, right before handing in.
bool only_declares(const catalogue::Section&);

enum class Progress { done, not_yet, wrong };
// How a section of a form stands: wrong where something typed is not right, not_yet where something is missing.
Progress progress(const catalogue::ItemVersion&, size_t section, const catalogue::Values&, const catalogue::Answers&, Date today);

}  // namespace yimen::cases
