#include "web/response.h"

#include <boost/json.hpp>

namespace yimen::web {

namespace {

Response of(int status, std::string type, std::string body) {
    Response response;
    response.status = status;
    response.header("Content-Type", std::move(type));
    response.body = std::move(body);
    return response;
}

// RFC 8187: everything but letters, digits and a few marks as percent escapes of its UTF-8.
std::string escaped_name(std::string_view name) {
    std::string out;
    for (unsigned char c : name)
        if (std::isalnum(c) || c == '.' || c == '-' || c == '_')
            out += static_cast<char>(c);
        else
            out += fmt::format("%{:02X}", c);
    return out;
}

Response described(std::string type, const std::string& name, bool download) {
    Response response;
    response.header("Content-Type", std::move(type));
    response.header("Content-Disposition", fmt::format("{}; filename*=UTF-8''{}", download ? "attachment" : "inline", escaped_name(name)));
    response.header("Cache-Control", "private, no-store");
    // Shown inside our own pages, and nothing in it may run or load.
    response.header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'self'; style-src 'unsafe-inline'");
    return response;
}

}  // namespace

Response html(int status, std::string page) { return of(status, "text/html; charset=utf-8", std::move(page)); }
Response json(int status, const boost::json::value& value) { return of(status, "application/json", boost::json::serialize(value)); }
Response text(int status, std::string body) { return of(status, "text/plain; charset=utf-8", std::move(body)); }

Response see_other(std::string path) {
    if (path.empty() || path[0] != '/' || path.starts_with("//") || path.find_first_of("\\\r\n") != std::string::npos) path = "/";
    auto response = of(303, "text/plain; charset=utf-8", "");
    response.header("Location", std::move(path));
    return response;
}

Response problem(int status, std::string_view code, std::string_view title, boost::json::object members) {
    members["type"] = fmt::format("/problems/{}", code);
    members["status"] = status;
    members["code"] = code;
    members["title"] = title;
    return of(status, "application/problem+json", boost::json::serialize(members));
}

Response file(std::string type, std::string name, std::string bytes, bool download) {
    auto response = described(std::move(type), name, download);
    response.body = std::move(bytes);
    return response;
}

Response file(std::string type, std::string name, Stream stream, bool download) {
    auto response = described(std::move(type), name, download);
    response.header("Accept-Ranges", "bytes");
    response.body = std::move(stream);
    return response;
}

void set_cookie(Response& response, const Cookie& cookie, bool secure) {
    auto text = fmt::format("{}{}={}; Path=/; SameSite=Lax", secure ? "__Host-" : "", cookie.name, cookie.value);
    if (!cookie.script_may_read) text += "; HttpOnly";
    if (secure) text += "; Secure";
    if (cookie.value.empty())
        text += "; Max-Age=0";
    else if (cookie.max_age_seconds)
        text += fmt::format("; Max-Age={}", cookie.max_age_seconds);
    response.header("Set-Cookie", std::move(text));
}

}  // namespace yimen::web
