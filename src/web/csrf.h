#pragma once
#include <string>
#include <string_view>

#include "web/request.h"

// Tokens that only our own pages can know. A token is bound to a secret of the browser (its session, or before sign-in a random
// cookie) and masked anew for each page, so that compression tells nothing about it.
namespace yimen::web {

std::string csrf_token(std::string_view key, std::string_view secret);
bool csrf_valid(std::string_view key, std::string_view secret, std::string_view token);
// What the browser itself says: a request begun by another site (Sec-Fetch-Site, else Origin against Host) is refused.
bool from_another_site(const Request&);
// A cookie by its name, with or without the __Host- prefix as the connection requires.
std::string_view cookie(const Request&, std::string_view name);

}  // namespace yimen::web
