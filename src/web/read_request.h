#pragma once
#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/message.hpp>

#include "web/request.h"

namespace yimen::web {

std::optional<Method> method_of(boost::beast::http::verb);
// Everything but the body. False (400) for a malformed escape, bad UTF-8, NUL, a target that is no path, a missing or double Host, or a
// body whose end two readers could see in different places (two lengths, a length beside chunks, an encoding other than chunks).
bool read_head(const boost::beast::http::request_header<>&, Request&);
// A path or a segment of one with its escapes decoded; nothing for a malformed escape, bad UTF-8 or NUL.
std::optional<std::string> decode_path(std::string_view);
// Adds name=value pairs of a query or an application/x-www-form-urlencoded body. False as above, or beyond 2,000 pairs.
bool read_pairs(std::string_view text, Fields&);
// True for a body in UTF-8 without NUL, neither as it stands nor as JSON may write it (\u0000): PostgreSQL keeps no such text.
bool plain_body(std::string_view);
// The client's address and whether it came by TLS, believing a proxy's word only where it is trusted.
void read_client(const std::string& peer, bool tls, const std::vector<std::string>& trusted_proxies, Request&);

}  // namespace yimen::web
