#include "web/finish.h"

#include <brotli/encode.h>
#include <zlib.h>

#include <boost/beast/http/status.hpp>
#include <charconv>

namespace yimen::web {

namespace {

constexpr size_t worth_compressing = 1024;

bool has(const Response& response, std::string_view name) {
    return std::ranges::any_of(response.headers, [&](auto& h) { return h.first == name; });
}

std::string gzip(std::string_view text) {
    z_stream z{};
    deflateInit2(&z, 5, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&z, text.size()), '\0');
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    z.avail_in = static_cast<uInt>(text.size());
    z.next_out = reinterpret_cast<Bytef*>(out.data());
    z.avail_out = static_cast<uInt>(out.size());
    deflate(&z, Z_FINISH);
    out.resize(z.total_out);
    deflateEnd(&z);
    return out;
}

std::string brotli(std::string_view text) {
    std::string out(BrotliEncoderMaxCompressedSize(text.size()), '\0');
    size_t size = out.size();
    if (!BrotliEncoderCompress(4, 20, BROTLI_MODE_TEXT, text.size(), reinterpret_cast<const uint8_t*>(text.data()), &size,
                               reinterpret_cast<uint8_t*>(out.data())))
        return "";
    out.resize(size);
    return out;
}

// The tokens in a page are masked anew each time, so that its compressed length tells nothing about them.
void compress(const Request& request, Response& response) {
    auto* body = std::get_if<std::string>(&response.body);
    if (!body || body->size() < worth_compressing || has(response, "Content-Encoding")) return;
    auto text = std::ranges::any_of(response.headers, [](auto& h) {
        return h.first == "Content-Type" && (h.second.starts_with("text/html") || h.second.find("json") != std::string::npos);
    });
    if (!text) return;
    response.header("Vary", "Accept-Encoding");
    auto accepted = request.header("accept-encoding");
    if (accepted.find("br") != std::string_view::npos) {
        if (auto packed = brotli(*body); !packed.empty()) *body = std::move(packed), response.header("Content-Encoding", "br");
    } else if (accepted.find("gzip") != std::string_view::npos) {
        *body = gzip(*body), response.header("Content-Encoding", "gzip");
    }
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
    if (!has(response, "Content-Security-Policy"))
        response.header("Content-Security-Policy",
                        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
                        "form-action 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'");
    response.header("X-Content-Type-Options", "nosniff");
    response.header("Referrer-Policy", "same-origin");
    response.header("Cross-Origin-Opener-Policy", "same-origin");
    response.header("Permissions-Policy", "camera=(self), geolocation=(), microphone=(), payment=(), usb=()");
    if (request.secure) response.header("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    if (!has(response, "Cache-Control")) response.header("Cache-Control", "no-store");
    response.header("X-Request-Id", request.id);
}

std::string head_text(const Response& response, std::optional<uint64_t> length, bool keep_alive) {
    auto reason = boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(response.status));
    std::string out;
    out.reserve(1024);
    fmt::format_to(std::back_inserter(out), "HTTP/1.1 {} {}\r\n", response.status, std::string_view(reason.data(), reason.size()));
    for (auto& [name, value] : response.headers) {
        out.append(name).append(": ");
        for (char c : value)
            if (c != '\r' && c != '\n') out += c;
        out += "\r\n";
    }
    if (length) fmt::format_to(std::back_inserter(out), "Content-Length: {}\r\n", *length);
    if (!keep_alive) out += "Connection: close\r\n";
    return out += "\r\n";
}

}  // namespace yimen::web
