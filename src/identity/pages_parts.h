#pragma once
#include "identity/pages.h"

// What the pages of identity share.
namespace yimen::identity {

void add_account_pages(Routes&, const Parts&);
void add_staff_pages(Routes&, const Parts&);

inline By by(const Context& c) { return {c.site.division, c.actor(), c.now()}; }

// The path, where it stays on this site and is no way in or out; empty otherwise.
std::string local_path(std::string_view wish);
std::string escaped_query(std::string_view);

// {"id","device","began","seen","this"} of each live session of whoever asks.
boost::json::array own_sessions(const Context&);

}  // namespace yimen::identity
