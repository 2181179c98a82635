#include "rules/pattern.h"

namespace yimen::rules {

namespace {

using namespace std::string_view_literals;

// White space is dropped before anything is read, also behind a backslash, but not in a class.
std::string without_spaces(std::string_view in) {
    std::string out;
    int depth = 0;
    for (size_t i = 0; i < in.size(); ++i) {
        char c = in[i];
        if (depth == 0 && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) continue;
        if (c == '[' && !(i && in[i - 1] == '\\')) ++depth;
        if (c == ']' && !(i && in[i - 1] == '\\') && depth) --depth;
        out += c;
    }
    return out;
}

constexpr auto name_start =
    ":A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C-\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF"
    "\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\U00010000-\\U000EFFFF"sv;
constexpr auto name_more = "\\-.0-9\\u00B7\\u0300-\\u036F\\u203F-\\u2040"sv;

struct Translation {
    std::string_view in;
    bool dot_all, multiline;
    size_t at = 0;
    int groups = 0, closed = 0, open = 0;
    std::string out, wrong;

    bool more() const { return at < in.size() && wrong.empty(); }
    char peek(size_t ahead = 0) const { return at + ahead < in.size() ? in[at + ahead] : '\0'; }

    void property() {
        auto end = in.find('}', at);
        if (peek() != '{' || end == in.npos) return void(wrong = "a property without braces");
        auto name = std::string(in.substr(at + 1, end - at - 1));
        at = end + 1;
        out += name.starts_with("Is") ? "{Block=" + name.substr(2) + "}" : "{" + name + "}";
    }

    void escape(bool in_class) {
        char c = peek(1);
        at += 2;
        switch (c) {
            case 'n':
            case 'r':
            case 't':
            case '\\':
            case '|':
            case '.':
            case '?':
            case '*':
            case '+':
            case '(':
            case ')':
            case '{':
            case '}':
            case '-':
            case '[':
            case ']':
            case '^':
            case '$':
            case 'd':
            case 'D':
                out += '\\', out += c;
                return;
            case 'p':
            case 'P':
                out += '\\', out += c;
                return property();
            case 's':
                out += "[ \\t\\n\\r]";
                return;
            case 'S':
                out += "[^ \\t\\n\\r]";
                return;
            case 'w':
                out += "[^\\p{P}\\p{Z}\\p{C}]";
                return;
            case 'W':
                out += "[\\p{P}\\p{Z}\\p{C}]";
                return;
            case 'i':
            case 'I':
                out += (c == 'i' ? "[" : "[^"), out += name_start, out += ']';
                return;
            case 'c':
            case 'C':
                out += (c == 'c' ? "[" : "[^"), out += name_start, out += name_more, out += ']';
                return;
            default:
                break;
        }
        if (in_class || c < '1' || c > '9') return void(wrong = "an escape that there is not");
        int number = c - '0';
        if (number > closed) return void(wrong = "a reference to a group that is not closed before it");
        // A digit behind it must not become part of the number.
        out += fmt::format("(?:\\{})", number);
    }

    // A class in brackets, with subtraction: [a-z-[aeiou]].
    void character_class(int depth) {
        if (depth > 20) return void(wrong = "classes too deep");
        out += '[', ++at;
        if (peek() == '^') out += '^', ++at;
        bool empty = true;
        while (more() && (peek() != ']')) {
            char c = peek();
            if (c == '-' && peek(1) == '[') {
                out += "--", ++at;
                character_class(depth + 1);
                if (peek() != ']') wrong = "something behind a subtraction";
                break;
            }
            if (c == '[') return void(wrong = "a bracket inside of a class");
            if (c == '\\')
                escape(true);
            else if (c == '&' || c == '#' || c == ' ')
                out += '\\', out += c, ++at;
            else if (c == '-' && (empty || peek(1) == ']'))
                out += "\\-", ++at;
            else
                out += c, ++at;
            empty = false;
        }
        if (peek() != ']' || empty) return void(wrong = wrong.empty() ? "a class that is empty or not closed" : wrong);
        out += ']', ++at;
    }

    void group() {
        ++at, ++open;
        if (peek() == '?') {
            if (peek(1) != ':') return void(wrong = "a group of a kind that there is not");
            at += 2;
            out += "(?:";
            kinds.push_back(false);
        } else {
            out += '(';
            ++groups;
            kinds.push_back(true);
        }
    }

    void close() {
        if (kinds.empty()) return void(wrong = "a bracket closed that was not opened");
        if (kinds.back()) ++closed;
        kinds.pop_back();
        out += ')', ++at;
    }

    void quantifier() {
        if (peek() == '{') {
            auto end = in.find('}', at);
            if (end == in.npos || end == at + 1) return void(wrong = "a count that is not closed");
            auto inside = in.substr(at + 1, end - at - 1);
            if (inside.find_first_not_of("0123456789,") != in.npos || inside[0] == ',') return void(wrong = "a count that is no number");
            out += in.substr(at, end - at + 1);
            at = end + 1;
        } else {
            out += in[at++];
        }
        if (peek() == '?') out += '?', ++at;
        if (peek() == '+' || peek() == '*' || peek() == '?' || peek() == '{') wrong = "a quantifier behind a quantifier";
    }

    void run() {
        while (more()) {
            char c = peek();
            switch (c) {
                case '\\':
                    escape(false);
                    break;
                case '[':
                    character_class(0);
                    break;
                case '(':
                    group();
                    break;
                case ')':
                    close();
                    break;
                case '.':
                    out += dot_all ? "." : "[^\\n\\r]", ++at;
                    break;
                case '$':
                    out += multiline ? "$" : "\\z", ++at;
                    break;
                case '*':
                case '+':
                case '?':
                case '{':
                    quantifier();
                    break;
                case '}':
                case ']':
                    wrong = "a bracket closed that was not opened";
                    break;
                default:
                    out += c, ++at;
            }
        }
        if (wrong.empty() && !kinds.empty()) wrong = "a group that is not closed";
    }

    std::vector<bool> kinds;
};

}  // namespace

Result<std::string, std::string> icu_pattern(std::string_view xpath, bool dot_all, bool multiline, bool spaced) {
    auto bare = spaced ? without_spaces(xpath) : std::string(xpath);
    Translation t{bare, dot_all, multiline, 0, 0, 0, 0, {}, {}, {}};
    t.run();
    if (!t.wrong.empty()) return refuse(t.wrong);
    return std::move(t.out);
}

}  // namespace yimen::rules
