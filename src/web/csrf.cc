#include "web/csrf.h"

#include "crypto/crypto.h"

namespace yimen::web {

namespace {

std::string mixed(std::string_view a, std::string_view b) {
    std::string out(a);
    for (size_t i = 0; i < out.size(); ++i) out[i] = static_cast<char>(out[i] ^ b[i]);
    return out;
}

std::string expected(std::string_view key, std::string_view secret) {
    return std::string(crypto::view(crypto::hmac_sm3(key, fmt::format("csrf:{}", secret))));
}

}  // namespace

std::string csrf_token(std::string_view key, std::string_view secret) {
    auto mask = crypto::random_bytes(32);
    return crypto::base64url(mask + mixed(expected(key, secret), mask));
}

bool csrf_valid(std::string_view key, std::string_view secret, std::string_view token) {
    auto bytes = crypto::from_base64url(token);
    if (!bytes || bytes->size() != 64) return false;
    return crypto::equal_in_constant_time(mixed(bytes->substr(32), bytes->substr(0, 32)), expected(key, secret));
}

bool from_another_site(const Request& request) {
    if (auto site = request.header("sec-fetch-site"); !site.empty()) return site != "same-origin" && site != "none";
    auto origin = request.header("origin");
    if (origin.empty()) return false;
    std::string_view host = origin;
    // A page that came by plain HTTP may have been made by whoever sits on the line.
    if (host.starts_with("https://"))
        host.remove_prefix(8);
    else if (host.starts_with("http://") && !request.secure)
        host.remove_prefix(7);
    else
        return true;
    return host != request.header("host");
}

std::string_view cookie(const Request& request, std::string_view name) {
    return request.secure ? request.cookies.get(fmt::format("__Host-{}", name)) : request.cookies.get(name);
}

}  // namespace yimen::web
