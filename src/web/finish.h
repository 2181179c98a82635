#pragma once
#include "web/request.h"
#include "web/response.h"

namespace yimen::web {

// What every answer gets: the part of a range asked for, compression where it helps, security headers. On a worker.
void finish(const Request&, Response&);
// The status line and headers as sent, ended by an empty line. `length`: of the body; none for an event stream.
std::string head_text(const Response&, std::optional<uint64_t> length, bool keep_alive);

}  // namespace yimen::web
