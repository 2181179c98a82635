#include <unicode/locid.h>
#include <unicode/unistr.h>

#include "rules/builtins.h"

// DMN 1.5, 10.3.4.3: string functions. Positions count code points.
namespace yimen::rules {

namespace {

bool continues(char c) { return (c & 0xC0) == 0x80; }

int64_t length(std::string_view text) {
    return std::ranges::count_if(text, [](char c) { return !continues(c); });
}

// Where the code point of that number begins, from 0.
size_t place(std::string_view text, int64_t n) {
    size_t i = 0;
    for (; i < text.size() && n > 0; --n) do
            ++i;
        while (i < text.size() && continues(text[i]));
    return i;
}

Value substring(Run& run, Arguments a) {
    auto& text = a[0].string();
    auto from = a[1].number().truncated();
    std::optional<__int128> count;
    if (!a[2].null() && !(count = a[2].number().truncated())) return run.null("a length is too great", "长度过大");
    auto all = length(text);
    if (!from || *from == 0 || *from > all || *from < -all)
        return run.null("substring() begins outside of the text", "substring() 的位置超出文本");
    auto start = int64_t(*from > 0 ? *from - 1 : all + *from);
    if (count && (*count < 1 || *count > all - start))
        return run.null("substring() ends outside of the text", "substring() 的长度超出文本");
    auto first = place(text, start);
    auto rest = std::string_view(text).substr(first);
    return run.string(std::string(count && *count < all ? rest.substr(0, place(rest, int64_t(*count))) : rest));
}

Value string_length(Run&, Arguments a) { return Value::number(length(a[0].string())); }

Value cased(Run& run, const Value& v, bool upper) {
    auto text = icu::UnicodeString::fromUTF8(v.string());
    std::string out;
    (upper ? text.toUpper(icu::Locale::getRoot()) : text.toLower(icu::Locale::getRoot())).toUTF8String(out);
    return run.string(std::move(out));
}
Value upper_case(Run& run, Arguments a) { return cased(run, a[0], true); }
Value lower_case(Run& run, Arguments a) { return cased(run, a[0], false); }

Value substring_before(Run& run, Arguments a) {
    auto at = a[0].string().find(a[1].string());
    return run.string(at == std::string::npos ? "" : a[0].string().substr(0, at));
}
Value substring_after(Run& run, Arguments a) {
    auto at = a[0].string().find(a[1].string());
    return run.string(at == std::string::npos ? "" : a[0].string().substr(at + a[1].string().size()));
}
Value contains(Run&, Arguments a) { return Value::boolean(a[0].string().find(a[1].string()) != std::string::npos); }
Value starts_with(Run&, Arguments a) { return Value::boolean(a[0].string().starts_with(a[1].string())); }
Value ends_with(Run&, Arguments a) { return Value::boolean(a[0].string().ends_with(a[1].string())); }

// Joins what is not null; anything else but strings gives null.
Value string_join(Run& run, Arguments a) {
    std::string out;
    bool first = true;
    for (auto& item : a[0].list()) {
        if (item.null()) continue;
        if (!item.is(Kind::string)) return run.null("string join() takes strings only", "string join() 只接受文本");
        if (!std::exchange(first, false) && !a[1].null()) out += a[1].string();
        out += item.string();
        if (out.size() > run.limits.text || !run.step()) break;
    }
    return run.string(std::move(out));
}

}  // namespace

std::span<const Definition> string_builtins() {
    static constexpr Definition all[] = {
        {"substring", "string:s, start position:n, length:n?", substring},
        {"string length", "string:s", string_length},
        {"upper case", "string:s", upper_case},
        {"lower case", "string:s", lower_case},
        {"substring before", "string:s, match:s", substring_before},
        {"substring after", "string:s, match:s", substring_after},
        {"contains", "string:s, match:s", contains},
        {"starts with", "string:s, match:s", starts_with},
        {"ends with", "string:s, match:s", ends_with},
        {"string join", "list:l, delimiter:s?", string_join},
    };
    return all;
}

}  // namespace yimen::rules
