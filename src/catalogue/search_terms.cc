#include "catalogue/search_terms.h"

#include <charconv>

#include "base/text.h"
#include "catalogue/syllables.h"

namespace yimen::catalogue {

std::vector<std::string_view> characters_of(std::string_view utf8) {
    std::vector<std::string_view> all;
    for (size_t at = 0; at < utf8.size();) {
        const auto lead = static_cast<unsigned char>(utf8[at]);
        const size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        all.push_back(utf8.substr(at, length));
        at += length;
    }
    return all;
}

// U+3400–U+9FFF and, in four bytes, the supplementary ideographic planes: all that a name or a query may hold.
bool han(std::string_view c) {
    if (c.size() == 4) return static_cast<unsigned char>(c[0]) == 0xf0 && static_cast<unsigned char>(c[1]) >= 0xa0;
    return c.size() == 3 && c >= "\xe3\x90\x80" && c <= "\xe9\xbf\xbf";
}

bool latin(std::string_view c) { return c.size() == 1 && ((c[0] >= 'a' && c[0] <= 'z') || (c[0] >= '0' && c[0] <= '9')); }

std::vector<Run> runs(std::string_view folded) {
    std::vector<Run> all;
    bool open = false;
    size_t at = 0;
    for (auto c : characters_of(folded)) {
        const bool is_han = han(c), is_latin = latin(c);
        if (is_han || is_latin) {
            if (open && all.back().han == is_han)
                all.back().text = folded.substr(all.back().at, at + c.size() - all.back().at);
            else
                all.push_back({is_han, folded.substr(at, c.size()), at});
        }
        open = is_han || is_latin;
        at += c.size();
    }
    return all;
}

char32_t code_point(std::string_view c) {
    const auto byte = [&](size_t at) { return static_cast<char32_t>(static_cast<unsigned char>(c[at]) & 0x3f); };
    switch (c.size()) {
        case 1:
            return static_cast<unsigned char>(c[0]);
        case 2:
            return (byte(0) & 0x1f) << 6 | byte(1);
        case 3:
            return (byte(0) & 0x0f) << 12 | byte(1) << 6 | byte(2);
        default:
            return (byte(0) & 0x07) << 18 | byte(1) << 12 | byte(2) << 6 | byte(3);
    }
}

std::string fold_quickly(std::string_view text) {
    std::string folded;
    folded.reserve(text.size());
    for (auto c : characters_of(text)) {
        if (c.size() == 1) {
            folded += c[0] >= 'A' && c[0] <= 'Z' ? static_cast<char>(c[0] + 32) : c[0];
            continue;
        }
        const auto code = c.size() == 3 ? code_point(c) : 0;
        if (code >= 0xff01 && code <= 0xff5e) {
            const auto plain = static_cast<char>(code - 0xfee0);
            folded += plain >= 'A' && plain <= 'Z' ? static_cast<char>(plain + 32) : plain;
        } else if (code >= 0x3400 && code <= 0x9fff) {
            folded += c;
        } else if (code >= 0x2010 && code <= 0x201d) {
            folded += ' ';  // dashes and quotation marks: nothing that is searched for
        } else if (code >= 0x3001 && code <= 0x3011) {
            folded += ' ';  // 、。《》「」【】
        } else {
            return fold(text);
        }
    }
    return folded;
}

std::optional<uint64_t> code_number(std::string_view digits) {
    uint64_t number = 0;
    auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (digits.size() > 18 || error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return number;
}

std::string syllable(std::string_view character) {
    if (auto known = syllable_of(character); known != no_syllable) return std::string(spelling(known));
    auto read = pinyin(character);
    return read.empty() ? std::string(character) : std::move(read.front());
}

std::string stem(std::string_view word) {
    if (word.size() > 4 && word.ends_with("ies")) return std::string(word.substr(0, word.size() - 3)) + "y";
    if (word.size() > 3 && word.ends_with('s') && !word.ends_with("ss")) word.remove_suffix(1);
    return std::string(word);
}

bool idle(std::string_view word) {
    static const std::set<std::string_view> words{"a",  "an", "the", "to",   "for", "of",  "my",   "i",   "how", "do",
                                                  "in", "we", "is",  "need", "get", "can", "want", "and", "or",  "on"};
    return words.contains(word);
}

}  // namespace yimen::catalogue
