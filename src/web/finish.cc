#include "web/finish.h"

#include <boost/beast/http/status.hpp>
#include <charconv>
#include <ctime>

#include "web/compress.h"

namespace yimen::web {

namespace {

constexpr std::string_view standard_policy =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src "
    "'self'; "
    "form-action 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'\r\n";
constexpr std::string_view standard_headers =
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: same-origin\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Permissions-Policy: camera=(self), geolocation=(), microphone=(), payment=(), usb=()\r\n";

// "Tue, 24 Nov 2026 01:30:00 GMT" (RFC 9110 5.6.7), made once a second.
std::string_view date_now() {
    thread_local std::time_t of = 0;
    thread_local char text[32] = "";
    if (auto now = std::time(nullptr); now != of) {
        std::tm utc{};
        gmtime_r(&(of = now), &utc);
        std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &utc);
    }
    return text;
}

// "bytes=a-b", "bytes=a-" or "bytes=-n" (RFC 9110 14.1.2): first byte and length; length 0 where it cannot be satisfied. Several
// ranges, or anything else, are answered with the whole.
std::optional<std::pair<uint64_t, uint64_t>> range_of(std::string_view text, uint64_t size) {
    if (!text.starts_with("bytes=")) return std::nullopt;
    text.remove_prefix(6);
    auto dash = text.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    auto number = [](std::string_view digits) -> std::optional<uint64_t> {
        uint64_t n = 0;
        auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), n);
        return error == std::errc() && end == digits.data() + digits.size() && !digits.empty() ? std::optional(n) : std::nullopt;
    };
    auto first = number(text.substr(0, dash)), last = number(text.substr(dash + 1));
    if (dash == 0) {
        if (!last) return std::nullopt;
        auto n = std::min(*last, size);
        return std::pair(size - n, n);
    }
    if (!first || (!last && dash + 1 != text.size()) || (last && *last < *first)) return std::nullopt;
    if (*first >= size) return std::pair(uint64_t{0}, uint64_t{0});
    return std::pair(*first, std::min(last.value_or(size - 1), size - 1) - *first + 1);
}

void take_range(const Request& request, Response& response) {
    auto* stream = std::get_if<Stream>(&response.body);
    auto asked = request.header("range");
    // We give no validator, so a part that is wanted only of the same file is not given (RFC 9110, 13.1.5).
    if (!request.header("if-range").empty()) return;
    if (!stream || response.status != 200 || asked.empty() || request.method != Method::get) return;
    auto range = range_of(asked, stream->size);
    if (!range) return;
    auto [first, length] = *range;
    if (length == 0) {
        response.status = 416;
        response.header("Content-Range", fmt::format("bytes */{}", stream->size));
        response.body = std::string();
        return;
    }
    response.status = 206;
    response.header("Content-Range", fmt::format("bytes {}-{}/{}", first, first + length - 1, stream->size));
    auto whole = stream->read;
    response.body = Stream{length, [whole, first = first](uint64_t offset, uint64_t n) { return whole(first + offset, n); }};
}

}  // namespace

void finish(const Request& request, Response& response) {
    take_range(request, response);
    compress(request, response);
}

std::string head_text(const Request& request, const Response& response, std::optional<uint64_t> length, bool keep_alive) {
    auto reason = boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(response.status));
    std::string out;
    out.reserve(1024);
    fmt::format_to(std::back_inserter(out), "HTTP/1.1 {} {}\r\nDate: {}\r\n", response.status,
                   std::string_view(reason.data(), reason.size()), date_now());
    bool policy = false, cached = false;
    for (auto& [name, value] : response.headers) {
        policy |= name == "Content-Security-Policy";
        cached |= name == "Cache-Control";
        out.append(name).append(": ");
        if (value.find_first_of("\r\n") == std::string::npos)
            out += value;
        else
            for (char c : value)
                if (c != '\r' && c != '\n') out += c;
        out += "\r\n";
    }
    if (!policy) out += standard_policy;
    out += standard_headers;
    if (request.secure) out += "Strict-Transport-Security: max-age=31536000; includeSubDomains\r\n";
    if (!cached) out += "Cache-Control: no-store\r\n";
    out.append("X-Request-Id: ").append(request.id).append("\r\n");
    if (length) fmt::format_to(std::back_inserter(out), "Content-Length: {}\r\n", *length);
    if (!keep_alive) out += "Connection: close\r\n";
    return out += "\r\n";
}

}  // namespace yimen::web
