#pragma once
#include "catalogue/shelf.h"

namespace yimen::catalogue {

// 事项总览: the counts, and for each chart its bars, longest first, with where they are drawn.
boost::json::object figures_view(const Shelf&, Language);
// The counts alone, for programs; departments, types and themes by name.
boost::json::object figures_answer(const Shelf&, Language);

}  // namespace yimen::catalogue
