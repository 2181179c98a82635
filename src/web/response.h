#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <boost/json/value.hpp>

namespace yimen::web {

// A body read piece by piece on a worker: read(offset, length) gives exactly those bytes. Range requests ask only for theirs.
struct Stream {
    uint64_t size = 0;
    std::function<std::string(uint64_t offset, uint64_t length)> read;
};
// A stream of server-sent events: whoever publishes to one of `topics` (web/events.h) reaches this client. No worker is held.
struct EventStream {
    std::vector<std::string> topics;
};

struct Response {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    std::variant<std::string, Stream, EventStream> body;
    bool for_anybody = false;  // holds nothing of one person or browser: its packed form may be remembered

    Response& header(std::string name, std::string value) & {
        headers.emplace_back(std::move(name), std::move(value));
        return *this;
    }
    Response&& header(std::string name, std::string value) && {
        headers.emplace_back(std::move(name), std::move(value));
        return std::move(*this);
    }
};

Response html(int status, std::string page);
Response json(int status, const boost::json::value&);
Response text(int status, std::string);
// 303 after a POST. `path` must begin with a single "/" (no other host can be named).
Response see_other(std::string path);
// RFC 9457 problem: type is "/problems/<code>", `code` a stable word; members are added as they are.
Response problem(int status, std::string_view code, std::string_view title, boost::json::object members = {});
// Inline or as a download; the name may be Chinese (RFC 8187). Never cached by shared caches.
Response file(std::string type, std::string name, std::string bytes, bool download);
Response file(std::string type, std::string name, Stream, bool download);

// HttpOnly; SameSite=Lax; Secure and the __Host- prefix when the request came by TLS. An empty value deletes.
struct Cookie {
    std::string name, value;
    int64_t max_age_seconds = 0;  // 0: until the browser closes
    bool script_may_read = false;
};
void set_cookie(Response&, const Cookie&, bool secure);

// db::Database::write keeps what a handler did unless it answers with an error.
inline bool keeps(const Response& r) { return r.status < 400; }

}  // namespace yimen::web
