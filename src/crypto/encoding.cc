#include "crypto/crypto.h"

namespace yimen::crypto {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view base64url_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

std::string hex(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (unsigned char c : bytes) {
        text += hex_digits[c >> 4];
        text += hex_digits[c & 15];
    }
    return text;
}

std::optional<std::string> from_hex(std::string_view text) {
    if (text.size() % 2) return std::nullopt;
    std::string bytes;
    bytes.reserve(text.size() / 2);
    for (size_t i = 0; i < text.size(); i += 2) {
        const int high = hex_value(text[i]), low = hex_value(text[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        bytes += static_cast<char>(high << 4 | low);
    }
    return bytes;
}

std::string base64url(std::string_view bytes) {
    std::string text;
    text.reserve((bytes.size() * 4 + 2) / 3);
    uint32_t held = 0;
    int bits = 0;
    for (unsigned char c : bytes) {
        held = held << 8 | c;
        for (bits += 8; bits >= 6;) text += base64url_digits[held >> (bits -= 6) & 63];
    }
    if (bits) text += base64url_digits[held << (6 - bits) & 63];
    return text;
}

// One text for one value: left-over bits must be zero (RFC 4648, 3.5), so a token cannot be respelled.
std::optional<std::string> from_base64url(std::string_view text) {
    std::string bytes;
    bytes.reserve(text.size() * 3 / 4);
    uint32_t held = 0;
    int bits = 0;
    for (char c : text) {
        const auto value = base64url_digits.find(c);
        if (value == std::string_view::npos) return std::nullopt;
        held = held << 6 | static_cast<uint32_t>(value);
        if ((bits += 6) >= 8) bytes += static_cast<char>(held >> (bits -= 8) & 255);
    }
    if (bits >= 6 || (held & ((1u << bits) - 1))) return std::nullopt;
    return bytes;
}

}  // namespace yimen::crypto
