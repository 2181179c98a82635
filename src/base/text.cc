#include "base/text.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace yimen {
namespace {

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

// Whether these bytes are one white-space character.
bool white_space(std::string_view bytes) {
    const auto length = static_cast<int64_t>(bytes.size());
    int64_t i = 0;
    UChar32 c;
    U8_NEXT(bytes.data(), i, length, c);
    return i == length && c > 0 && u_isUWhiteSpace(c);
}

}  // namespace

bool valid_utf8(std::string_view text) {
    const auto length = static_cast<int64_t>(text.size());
    for (int64_t i = 0; i < length;) {
        UChar32 c;
        U8_NEXT(text.data(), i, length, c);
        if (c <= 0) return false;
    }
    return true;
}

size_t characters(std::string_view utf8) {
    return static_cast<size_t>(std::count_if(utf8.begin(), utf8.end(), [](char byte) { return !continues(byte); }));
}

std::string_view first_characters(std::string_view utf8, size_t count) {
    size_t end = 0;
    for (; end < utf8.size(); ++end)
        if (!continues(utf8[end]) && count-- == 0) break;
    return utf8.substr(0, end);
}

std::string_view trim(std::string_view text) {
    while (!text.empty()) {
        const size_t length = first_characters(text, 1).size();
        if (!white_space(text.substr(0, length))) break;
        text.remove_prefix(length);
    }
    while (!text.empty()) {
        size_t last = text.size() - 1;
        while (last > 0 && continues(text[last])) --last;
        if (!white_space(text.substr(last))) break;
        text = text.substr(0, last);
    }
    return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (size_t begin = 0;;) {
        const size_t end = text.find(separator, begin);
        parts.push_back(text.substr(begin, end - begin));
        if (end == std::string_view::npos) return parts;
        begin = end + 1;
    }
}

std::string lower_ascii(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

}  // namespace yimen
