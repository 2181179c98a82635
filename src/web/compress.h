#pragma once
#include "web/request.h"
#include "web/response.h"

namespace yimen::web {

// Packs pages and JSON of more than 1 KB as the client accepts, brotli before gzip. What everybody is shown alike
// (Response::for_anybody) is packed once and remembered, within 16 MB: the page is still made for each request, and only where its
// bytes are the same is the packed form the same. Pages of one person are packed each time and not kept.
void compress(const Request&, Response&);

}  // namespace yimen::web
