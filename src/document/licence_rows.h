#pragma once
// Only for the sources of this folder: what a licence says, in rows that flow down a box, two beside each other where both are
// short.
#include "document/document.h"
#include "document/licence_template.h"

namespace yimen::document {

// In letters of `size` or, where they do not fit, smaller ones; values are cut with an ellipsis where even the smallest do not.
void draw_rows(cairo_t*, PangoContext*, const RowsPlace&, const std::vector<LicenceRow>&);

}  // namespace yimen::document
