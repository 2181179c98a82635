#pragma once
#include "catalogue/published.h"

namespace yimen::app {

// Registers the departments whose items are in force and that are not registered yet: cases belong to one. Safe to repeat, and from
// several nodes at once.
void register_departments(db::Database&, Division, const catalogue::PublishedCatalogue&, Instant now);

}  // namespace yimen::app
