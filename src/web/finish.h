#pragma once
#include "web/request.h"
#include "web/response.h"

namespace yimen::web {

// The part of a range asked for, and compression where it helps.
void finish(const Request&, Response&);
// The status line and headers as sent, with the security headers that every answer has, ended by an empty line. `length`: of the body;
// none for an event stream.
std::string head_text(const Request&, const Response&, std::optional<uint64_t> length, bool keep_alive);

}  // namespace yimen::web
