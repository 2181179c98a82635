#include "web/read_request.h"

#include "base/text.h"

namespace yimen::web {

namespace http = boost::beast::http;

namespace {

constexpr std::ptrdiff_t most_cookies = 50;

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c = static_cast<char>(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

std::optional<std::string> decode(std::string_view text, bool plus_is_space) {
    std::string out;
    out.reserve(text.size());
    for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus_is_space) {
            out += ' ';
        } else if (text[i] == '%') {
            if (i + 2 >= text.size()) return std::nullopt;
            int high = hex_digit(text[i + 1]), low = hex_digit(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            out += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            out += text[i];
        }
    }
    if (!valid_utf8(out)) return std::nullopt;  // NUL is refused there too
    return out;
}

void read_cookies(std::string_view header, Fields& cookies) {
    auto left = most_cookies - std::distance(cookies.begin(), cookies.end());
    for (auto pair : split(header, ';')) {
        pair = trim(pair);
        auto equals = pair.find('=');
        if (equals == std::string_view::npos || equals == 0 || !valid_utf8(pair)) continue;
        if (left-- <= 0) return;
        cookies.add(std::string(pair.substr(0, equals)), std::string(pair.substr(equals + 1)));
    }
}

bool read_target(std::string_view target, Request& request) {
    if (target.empty() || target[0] != '/' || target.find_first_of("\r\n #") != std::string_view::npos) return false;
    request.target = target;
    auto mark = target.find('?');
    auto path = decode(target.substr(0, mark), false);
    if (!path) return false;
    request.path = std::move(*path);
    return mark == std::string_view::npos || read_pairs(target.substr(mark + 1), request.query);
}

// Whoever stands in front of us must see the same end of the body as we do (RFC 9112, 6.1): one Content-Length, or chunks and nothing
// but chunks.
bool body_is_clear(const Request& request) {
    int lengths = 0, encodings = 0;
    for (auto& [name, value] : request.headers) {
        lengths += name == "content-length";
        encodings += name == "transfer-encoding";
        if (name == "content-length" && value.find_first_not_of("0123456789") != std::string::npos) return false;
        if (name == "transfer-encoding" && lower_ascii(trim(value)) != "chunked") return false;
    }
    return lengths + encodings <= 1;
}

// All lines of a header that may stand more than once, as the one list they are (RFC 9110, 5.3). A proxy may add a line of its own
// under the one that the client made up.
std::vector<std::string_view> list_of(const Request& request, std::string_view name) {
    std::vector<std::string_view> all;
    for (auto& [key, value] : request.headers)
        if (key == name)
            for (auto part : split(value, ',')) all.push_back(trim(part));
    return all;
}

}  // namespace

std::optional<Method> method_of(http::verb verb) {
    switch (verb) {
        case http::verb::get:
            return Method::get;
        case http::verb::head:
            return Method::head;
        case http::verb::post:
            return Method::post;
        case http::verb::put:
            return Method::put;
        case http::verb::patch:
            return Method::patch;
        case http::verb::delete_:
            return Method::del;
        default:
            return std::nullopt;
    }
}

std::optional<std::string> decode_path(std::string_view text) { return decode(text, false); }

bool read_pairs(std::string_view text, Fields& fields) {
    int left = 2000;
    for (auto pair : split(text, '&')) {
        if (pair.empty()) continue;
        if (left-- == 0) return false;
        auto equals = std::min(pair.find('='), pair.size());
        auto name = decode(pair.substr(0, equals), true), value = decode(pair.substr(std::min(equals + 1, pair.size())), true);
        if (!name || !value) return false;
        fields.add(std::move(*name), std::move(*value));
    }
    return true;
}

bool plain_body(std::string_view body) {
    constexpr std::string_view nul = "\\u0000";
    for (auto at = body.find(nul); at != std::string_view::npos; at = body.find(nul, at + 1)) {
        // Behind a backslash that is itself escaped these are six letters and digits.
        size_t before = 0;
        while (before < at && body[at - before - 1] == '\\') ++before;
        if (before % 2 == 0) return false;
    }
    return valid_utf8(body);
}

bool read_head(const http::request_header<>& head, Request& request) {
    int hosts = 0;
    for (auto& field : head) {
        std::string value(field.value());
        if (!valid_utf8(value)) return false;
        auto name = lower_ascii(std::string_view(field.name_string().data(), field.name_string().size()));
        hosts += name == "host";
        request.headers.emplace_back(std::move(name), std::move(value));
    }
    if (hosts != 1) return false;
    if (!body_is_clear(request)) return false;
    for (auto& [name, value] : request.headers)
        if (name == "cookie") read_cookies(value, request.cookies);
    return read_target(std::string_view(head.target().data(), head.target().size()), request);
}

void read_client(const std::string& peer, bool tls, const std::vector<std::string>& trusted, Request& request) {
    request.client = peer;
    request.secure = tls;
    auto believed = [&](std::string_view address) { return std::ranges::find(trusted, address) != trusted.end(); };
    if (!believed(peer)) return;
    // The last word is that of the proxy next to us.
    if (auto proto = list_of(request, "x-forwarded-proto"); !proto.empty()) request.secure = proto.back() == "https";
    // From the nearest backwards: the first that is no proxy of ours.
    auto hops = list_of(request, "x-forwarded-for");
    for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
        auto address = *hop;
        if (address.empty() || address.size() > 45 || address.find_first_not_of("0123456789abcdefABCDEF.:") != std::string_view::npos)
            return;
        request.client = address;
        if (!believed(address)) return;
    }
}

}  // namespace yimen::web
