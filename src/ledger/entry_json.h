#pragma once
#include <boost/json/object.hpp>

#include "ledger/rows.h"

// An entry as exports and evidence write it. Ids are larger than what JavaScript's numbers hold exactly, so they are text.
namespace yimen::ledger {

// Fields as they are written there. Each throws where the field is missing or of another kind.
namespace from_json {
std::string text(const boost::json::object&, std::string_view key);
std::string bytes(const boost::json::object&, std::string_view key);  // hexadecimal
int64_t id(const boost::json::object&, std::string_view key);         // digits as a text
}  // namespace from_json

boost::json::object to_json(const EntryRow&);
// Throws where a field is missing or of another kind.
EntryRow entry_from(const boost::json::object&);

}  // namespace yimen::ledger
