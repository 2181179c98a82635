#include <stdexcept>

#include "base/codes_reading.h"

namespace yimen {
namespace {

using codes::is_digit_or_capital;

constexpr std::string_view root = "1.2.156.3005.2.";

// One part of the identifier between two dots: its least and greatest length, and how many digits end it.
struct Part {
    size_t least, most, digits_at_end;
};
// Issuers of older identifiers are not always credit codes, so any letters and digits are read there.
constexpr Part parts[] = {{21, 21, 3}, {1, 18, 0}, {1, 64, 0}, {3, 3, 3}, {1, 1, 0}};
constexpr size_t version_part = 3, check_part = 4;

bool fits(const Part& part, std::string_view text, size_t i) {
    const bool must_be_digit = i + part.digits_at_end >= part.most;
    return must_be_digit ? codes::is_digit(text[i]) : is_digit_or_capital(text[i]);
}

// Reads one part at `at`, moves `at` behind it.
std::optional<CodeError> read(const Part& part, std::string_view text, size_t& at) {
    using enum CodeError::Kind;
    const std::string_view rest = text.substr(at);
    size_t i = 0;
    for (; i < rest.size() && rest[i] != '.'; ++i) {
        if (i == part.most) return CodeError{length, at + i};
        if (!fits(part, rest, i)) return CodeError{character, at + i};
    }
    if (i < part.least) return CodeError{i == rest.size() ? length : structure, at + i};
    at += i;
    return std::nullopt;
}

std::optional<CodeError> read_root(std::string_view text) {
    for (size_t i = 0; i < root.size(); ++i) {
        if (i == text.size()) return CodeError{CodeError::Kind::length, i};
        if (text[i] != root[i]) return CodeError{CodeError::Kind::structure, i};
    }
    return std::nullopt;
}

}  // namespace

Result<LicenceIdentifier, CodeError> LicenceIdentifier::parse(std::string_view typed) {
    using enum CodeError::Kind;
    const std::string text = codes::capitals(typed);
    if (auto error = read_root(text)) return refuse(*error);
    std::string body;
    size_t at = root.size();
    for (size_t i = 0; i <= check_part; ++i) {
        const size_t begin = at;
        if (auto error = read(parts[i], text, at)) return refuse(*error);
        const std::string_view part = std::string_view(text).substr(begin, at - begin);
        if (i == version_part && part == "000") return codes::wrong(structure, begin);
        if (i == check_part) break;
        body += part;
        if (at == text.size()) return codes::wrong(length, at);
        ++at;  // the dot
    }
    if (at != text.size()) return codes::wrong(length, at);
    if (text.back() != mod37_36(body)) return codes::wrong(check, at - 1);
    LicenceIdentifier identifier;
    identifier.text_ = text;
    return identifier;
}

LicenceIdentifier LicenceIdentifier::make(std::string_view type_code, const CreditCode& issuer, std::string_view serial, int version) {
    const std::string body = fmt::format("{}{}{}{:03}", type_code, issuer.text(), serial, version);
    const bool sound = type_code.size() == 21 && CreditCode::parse(type_code.substr(0, 18)) && version > 0 &&
                       std::all_of(body.begin(), body.end(), is_digit_or_capital);
    if (!sound) throw std::invalid_argument("no licence identifier can be made of this type, serial and version");
    auto made = parse(fmt::format("{}{}.{}.{}.{:03}.{}", root, type_code, issuer.text(), serial, version, mod37_36(body)));
    if (!made) throw std::invalid_argument("no licence identifier can be made of this type, serial and version");
    return *made;
}

}  // namespace yimen
