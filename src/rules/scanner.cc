#include "rules/scanner.h"

#include <unicode/utf8.h>

#include "rules/parser.h"

namespace yimen::rules {

namespace {

bool within(char32_t c, std::initializer_list<std::pair<char32_t, char32_t>> ranges) {
    return std::ranges::any_of(ranges, [c](auto& r) { return c >= r.first && c <= r.second; });
}

// Rules 28 and 29 of the grammar.
bool starts_name(char32_t c) {
    if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '?';
    return within(c, {{0xC0, 0xD6},
                      {0xD8, 0xF6},
                      {0xF8, 0x2FF},
                      {0x370, 0x37D},
                      {0x37F, 0x1FFF},
                      {0x200C, 0x200D},
                      {0x2070, 0x218F},
                      {0x2C00, 0x2FEF},
                      {0x3001, 0xD7FF},
                      {0xF900, 0xFDCF},
                      {0xFDF0, 0xFEFE},
                      {0xFF00, 0xFFFD},
                      {0x10000, 0xEFFFF}}) &&
           c != 0x1680 && c != 0x180E;
}
bool continues_name(char32_t c) {
    return starts_name(c) || (c >= '0' && c <= '9') || c == 0xB7 || within(c, {{0x300, 0x36F}, {0x203F, 0x2040}});
}
// Rule 30, where the apostrophe is either of the two.
bool joins_name(char32_t c) { return c == 0x2019 || (c < 0x80 && std::string_view("./-'+*").find(char(c)) != std::string_view::npos); }
// Bytes above ASCII belong to words here; what does not was refused when the name was read.
bool in_word(char c) { return (c & 0x80) || continues_name(char32_t(static_cast<unsigned char>(c))); }
bool white(char32_t c) {
    return c == ' ' || (c >= 9 && c <= 13) ||
           within(c, {{0x85, 0x85},
                      {0xA0, 0xA0},
                      {0x1680, 0x1680},
                      {0x180E, 0x180E},
                      {0x2000, 0x200B},
                      {0x2028, 0x2029},
                      {0x202F, 0x202F},
                      {0x205F, 0x205F},
                      {0x3000, 0x3000},
                      {0xFEFF, 0xFEFF}});
}

void put(char32_t c, std::string& out) {
    char bytes[4];
    int32_t n = 0;
    bool wrong = false;
    U8_APPEND(bytes, n, 4, c, wrong);
    if (!wrong) out.append(bytes, size_t(n));
}

}  // namespace

char32_t Scanner::code_point(size_t& at) const {
    if (at >= text_.size()) return 0;
    auto i = int32_t(at);
    UChar32 c;
    U8_NEXT(text_.data(), i, int32_t(text_.size()), c);
    at = size_t(i);
    return c < 0 ? 0xFFFE : char32_t(c);
}

bool Scanner::name_part(size_t at, bool start) const {
    if (at >= text_.size()) return false;
    auto c = code_point(at);
    return start ? starts_name(c) : continues_name(c);
}

void Scanner::skip() {
    while (at_ < text_.size()) {
        size_t next = at_;
        if (white(code_point(next))) {
            at_ = next;
        } else if (text_.substr(at_, 2) == "//") {
            at_ = std::min(text_.find('\n', at_), text_.size());
        } else if (text_.substr(at_, 2) == "/*") {
            auto end = text_.find("*/", at_ + 2);
            if (end == text_.npos) return fail("a comment is not closed", "注释没有结束");
            at_ = end + 2;
        } else {
            return;
        }
    }
}

bool Scanner::see(std::string_view symbol) {
    skip();
    return text_.substr(at_, symbol.size()) == symbol;
}

bool Scanner::take(std::string_view symbol) {
    if (!see(symbol)) return false;
    at_ += symbol.size();
    return true;
}

bool Scanner::see_word(std::string_view word) { return see(word) && !name_part(at_ + word.size(), false); }

bool Scanner::word(std::string_view word) {
    if (!see_word(word)) return false;
    at_ += word.size();
    return true;
}

// A name is a sequence of tokens (10.3.1.4): between two of them there may be white space, and between two words there must be.
size_t Scanner::match(std::string_view name) {
    skip();
    size_t at = at_;
    char last_one = '\0';
    for (size_t i = 0; i < name.size(); ++i) {
        const bool gap = i > 0 && name[i] == ' ';
        if (gap && ++i == name.size()) break;
        const bool words = i > 0 && in_word(last_one) && in_word(name[i]);
        if (i > 0 && (gap || !words)) {
            const auto from = at;
            for (size_t next = at; at < text_.size() && white(code_point(next)); at = next) {
            }
            if (words && at == from) return 0;
        }
        if (at >= text_.size() || text_[at] != name[i]) return 0;
        last_one = name[i];
        ++at;
    }
    // A name that ends in a letter ends where no letter follows.
    size_t last = name.size();
    while (last > 0 && (name[--last] & 0xC0) == 0x80) {
    }
    size_t i = 0;
    Scanner own(name.substr(last));
    return own.name_part(i, false) && name_part(at, false) ? 0 : at;
}

std::string_view Scanner::identifier() {
    skip();
    size_t from = at_;
    if (!name_part(at_, true)) return {};
    while (name_part(at_, false)) code_point(at_);
    return text_.substr(from, at_ - from);
}

std::string Scanner::name_before(std::string_view ends) {
    skip();
    size_t at = at_;
    if (!name_part(at, true)) return {};
    while (at < text_.size() && ends.find(text_[at]) == ends.npos) {
        size_t next = at;
        auto c = code_point(next);
        if (!continues_name(c) && !white(c) && !joins_name(c)) return {};
        at = next;
    }
    if (at >= text_.size()) return {};
    auto out = tidy_name(text_.substr(at_, at - at_));
    at_ = at;
    return out;
}

std::string Scanner::name_before_in() {
    skip();
    size_t at = at_, from = at_;
    if (!name_part(at, true)) return {};
    while (at < text_.size()) {
        size_t next = at;
        auto c = code_point(next);
        if (white(c)) {
            auto here = std::exchange(at_, at);
            if (word("in")) return tidy_name(text_.substr(from, at - from));
            at_ = here;
        } else if (!continues_name(c) && !joins_name(c)) {
            return {};
        }
        at = next;
    }
    return {};
}

std::optional<Decimal> Scanner::number() {
    skip();
    size_t from = at_;
    auto digits = [&] {
        while (peek() >= '0' && peek() <= '9') ++at_;
    };
    digits();
    // "1..3" is a range: its points belong to no number.
    if (peek() == '.' && peek(1) >= '0' && peek(1) <= '9') ++at_, digits();
    if (at_ == from) return {};
    if (peek() == 'e' || peek() == 'E') {
        size_t sign = peek(1) == '+' || peek(1) == '-';
        if (peek(1 + sign) >= '0' && peek(1 + sign) <= '9') at_ += 1 + sign, digits();
    }
    return Decimal::parse(text_.substr(from, at_ - from));
}

bool Scanner::escape(std::string& out) {
    auto hex = [&](size_t count) -> std::optional<char32_t> {
        char32_t c = 0;
        for (size_t i = 0; i < count; ++i, ++at_) {
            char d = peek();
            if (d >= '0' && d <= '9')
                c = c * 16 + char32_t(d - '0');
            else if ((d | 32) >= 'a' && (d | 32) <= 'f')
                c = c * 16 + char32_t((d | 32) - 'a' + 10);
            else
                return {};
        }
        return c;
    };
    char c = peek();
    ++at_;
    switch (c) {
        case 'n':
            out += '\n';
            return true;
        case 'r':
            out += '\r';
            return true;
        case 't':
            out += '\t';
            return true;
        case '"':
        case '\'':
        case '\\':
            out += c;
            return true;
        case 'u':
        case 'U':
            break;
        default:
            // Anything else stands for itself, as in patterns.
            out += '\\', --at_;
            return true;
    }
    auto code = hex(c == 'u' ? 4 : 6);
    if (!code || *code > 0x10FFFF) return false;
    // Two halves of one character, as JSON writes it.
    if (*code >= 0xD800 && *code < 0xDC00 && peek() == '\\' && peek(1) == 'u') {
        at_ += 2;
        auto low = hex(4);
        if (!low || *low < 0xDC00 || *low > 0xDFFF) return false;
        code = 0x10000 + ((*code - 0xD800) << 10) + (*low - 0xDC00);
    }
    put(*code, out);
    return true;
}

std::optional<std::string> Scanner::string() {
    if (!take("\"")) return {};
    std::string out;
    while (at_ < text_.size()) {
        char c = text_[at_++];
        if (c == '"') return out;
        if (c != '\\')
            out += c;
        else if (!escape(out))
            break;
    }
    fail("a text in quotes is not closed", "文本缺少结束引号");
    return {};
}

void Scanner::fail(std::string en, std::string zh) {
    if (!failed_) mistake_ = {std::min(at_, text_.size()), std::move(en), std::move(zh)};
    failed_ = true;
    at_ = text_.size();
}

std::string tidy_name(std::string_view name) {
    std::string out;
    bool gap = false;
    for (size_t at = 0; at < name.size();) {
        auto i = int32_t(at);
        UChar32 c;
        U8_NEXT(name.data(), i, int32_t(name.size()), c);
        if (c >= 0 && white(char32_t(c)))
            gap = true;
        else {
            if (gap && !out.empty()) out += ' ';
            gap = false;
            out.append(name.substr(at, size_t(i) - at));
        }
        at = size_t(i);
    }
    return out;
}

}  // namespace yimen::rules
