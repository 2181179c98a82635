#pragma once
#include <boost/json/object.hpp>

#include "ledger/rows.h"

// An entry as exports and evidence write it. Ids are larger than what JavaScript's numbers hold exactly, so they are text.
namespace yimen::ledger {

boost::json::object to_json(const EntryRow&);
// Throws where a field is missing or of another kind.
EntryRow entry_from(const boost::json::object&);

}  // namespace yimen::ledger
