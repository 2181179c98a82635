#include "web/read_request.h"

#include "base/text.h"

namespace yimen::web {

namespace http = boost::beast::http;

namespace {

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
    int left = 50;
    for (auto pair : split(header, ';')) {
        pair = trim(pair);
        auto equals = pair.find('=');
        if (equals == std::string_view::npos || equals == 0 || !valid_utf8(pair) || left-- == 0) continue;
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

}  // namespace

std::optional<Method> method_of(http::verb verb) {
    switch (verb) {
        case http::verb::get: return Method::get;
        case http::verb::head: return Method::head;
        case http::verb::post: return Method::post;
        case http::verb::put: return Method::put;
        case http::verb::patch: return Method::patch;
        case http::verb::delete_: return Method::del;
        default: return std::nullopt;
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
    if (!request.header("content-length").empty() && !request.header("transfer-encoding").empty()) return false;
    for (auto& [name, value] : request.headers)
        if (name == "cookie") read_cookies(value, request.cookies);
    return read_target(std::string_view(head.target().data(), head.target().size()), request);
}

void read_client(const std::string& peer, bool tls, const std::vector<std::string>& trusted, Request& request) {
    request.client = peer;
    request.secure = tls;
    auto believed = [&](std::string_view address) { return std::ranges::find(trusted, address) != trusted.end(); };
    if (!believed(peer)) return;
    if (auto proto = request.header("x-forwarded-proto"); !proto.empty()) request.secure = trim(proto) == "https";
    // From the nearest backwards: the first that is no proxy of ours.
    auto hops = split(request.header("x-forwarded-for"), ',');
    for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
        auto address = trim(*hop);
        if (address.empty() || address.size() > 45 || address.find_first_not_of("0123456789abcdefABCDEF.:") != std::string_view::npos) return;
        request.client = address;
        if (!believed(address)) return;
    }
}

}  // namespace yimen::web
