#include <unicode/regex.h>

#include "rules/builtins.h"
#include "rules/pattern.h"

// DMN 1.5, 10.3.4.3: matches, replace, split and extract, with the regular expressions of XPath 3.1.
namespace yimen::rules {

namespace {

using Compiled = std::shared_ptr<const icu::RegexPattern>;

struct Failure {
    std::string what;
};

Result<Compiled, Failure> compile(const std::string& pattern, const std::string& flags) {
    uint32_t icu = UREGEX_UNIX_LINES;
    bool spaced = false, literal = false;
    for (char c : flags) switch (c) {
            case 's':
                icu |= UREGEX_DOTALL;
                break;
            case 'm':
                icu |= UREGEX_MULTILINE;
                break;
            case 'i':
                icu |= UREGEX_CASE_INSENSITIVE;
                break;
            case 'x':
                spaced = true;
                break;
            case 'q':
                literal = true;
                break;
            default:
                return refuse(Failure{"a flag that there is not"});
        }
    std::string text = pattern;
    if (literal) {
        icu |= UREGEX_LITERAL;
    } else {
        auto translated = icu_pattern(pattern, icu & UREGEX_DOTALL, icu & UREGEX_MULTILINE, spaced);
        if (!translated) return refuse(Failure{translated.error()});
        text = *translated;
    }
    UErrorCode status = U_ZERO_ERROR;
    UParseError where;
    Compiled out(icu::RegexPattern::compile(icu::UnicodeString::fromUTF8(text), icu, where, status));
    if (U_FAILURE(status)) return refuse(Failure{u_errorName(status)});
    return out;
}

// The patterns of late, so that one in a loop is compiled once.
Result<Compiled, Failure> compiled(const std::string& pattern, const std::string& flags) {
    static thread_local std::unordered_map<std::string, Compiled> late;
    auto key = flags + '\0' + pattern;
    if (auto found = late.find(key); found != late.end()) return found->second;
    auto made = compile(pattern, flags);
    if (!made) return made;
    if (late.size() >= 64) late.clear();
    late.emplace(std::move(key), *made);
    return made;
}

// ICU asks after each so many states that it has tried.
constexpr uint64_t work_between_calls = 10'000;
UBool count_work(const void* run, int32_t) { return static_cast<Run*>(const_cast<void*>(run))->step(work_between_calls); }

struct Search {
    Search(Run& r, const Value& input, const Value& pattern, const Value& flags) : run(r) {
        if (input.string().size() > (1 << 20) || pattern.string().size() > 10000) {
            fail("a text too long for a pattern");
            return;
        }
        auto made = compiled(pattern.string(), flags.null() ? "" : flags.string());
        if (!made) {
            fail(made.error().what);
            return;
        }
        kept = *made;
        text = icu::UnicodeString::fromUTF8(input.string());
        matcher.reset(kept->matcher(text, status));
        if (!matcher || U_FAILURE(status)) return;
        // A pattern may need time that grows with every letter: its work is counted with all the rest.
        matcher->setMatchCallback(count_work, &run, status);
        matcher->setStackLimit(1 << 21, status);
        run.step(uint64_t(text.length()) + 1);
    }
    bool ready() const { return matcher && U_SUCCESS(status); }
    bool find() { return ready() && matcher->find(status) && U_SUCCESS(status); }
    Value fail(const std::string& what) { return run.null("a pattern is refused: " + what, "正则表达式无效：" + what); }
    Value broken() { return U_FAILURE(status) ? fail(u_errorName(status)) : Value(); }
    // XPath refuses to replace and to split by what also matches nothing.
    bool matches_nothing() {
        std::unique_ptr<icu::RegexMatcher> empty(kept->matcher(none, status));
        if (empty) empty->setMatchCallback(count_work, &run, status);
        return empty && empty->find();
    }
    std::string piece(int32_t from, int32_t to) const {
        std::string out;
        text.tempSubStringBetween(from, to).toUTF8String(out);
        return out;
    }

    Run& run;
    Compiled kept;
    icu::UnicodeString text, none;
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::RegexMatcher> matcher;
};

Value matches(Run& run, Arguments a) {
    Search search(run, a[0], a[1], a[2]);
    bool found = search.find();
    return search.ready() ? Value::boolean(found) : search.broken();
}

// "$1" in a replacement, with as many digits as there are groups for; nothing when it is none of XPath's.
bool put_group(Search& s, std::string_view with, size_t& i, std::string& out) {
    if (i + 1 >= with.size() || with[i + 1] < '0' || with[i + 1] > '9') return false;
    int group = with[++i] - '0';
    while (i + 1 < with.size() && with[i + 1] >= '0' && with[i + 1] <= '9' && group * 10 + (with[i + 1] - '0') <= s.matcher->groupCount())
        group = group * 10 + (with[++i] - '0');
    if (group > s.matcher->groupCount()) return true;
    auto from = s.matcher->start(group, s.status), to = s.matcher->end(group, s.status);
    if (from >= 0) out += s.piece(from, to);
    return true;
}

bool put(Search& s, std::string_view with, bool literal, std::string& out) {
    for (size_t i = 0; i < with.size(); ++i) {
        if (literal || (with[i] != '$' && with[i] != '\\')) {
            out += with[i];
        } else if (with[i] == '$') {
            if (!put_group(s, with, i, out)) return false;
        } else {
            if (i + 1 >= with.size() || (with[i + 1] != '$' && with[i + 1] != '\\')) return false;
            out += with[++i];
        }
    }
    return true;
}

Value replace(Run& run, Arguments a) {
    Search search(run, a[0], a[1], a[3]);
    if (!search.ready()) return search.broken();
    if (search.matches_nothing()) return search.fail("it also matches nothing");
    bool literal = !a[3].null() && a[3].string().find('q') != std::string::npos;
    std::string out, checked;
    int32_t last = 0;
    while (search.find()) {
        if (!run.step() || out.size() > run.limits.text) break;
        out += search.piece(last, search.matcher->start(search.status));
        if (!put(search, a[2].string(), literal, out)) return search.fail("its replacement");
        last = search.matcher->end(search.status);
    }
    if (!search.ready()) return search.broken();
    return run.string(out + search.piece(last, search.text.length()));
}

Value split(Run& run, Arguments a) {
    Search search(run, a[0], a[1], Value());
    if (!search.ready()) return search.broken();
    if (search.matches_nothing()) return search.fail("it also matches nothing");
    std::vector<Value> out;
    int32_t last = 0;
    while (search.find() && run.step()) {
        out.push_back(run.string(search.piece(last, search.matcher->start(search.status))));
        last = search.matcher->end(search.status);
    }
    if (!search.ready()) return search.broken();
    out.push_back(run.string(search.piece(last, search.text.length())));
    return run.list(std::move(out));
}

Value extract(Run& run, Arguments a) {
    Search search(run, a[0], a[1], a[2]);
    if (!search.ready()) return search.broken();
    std::vector<Value> out;
    while (search.find() && run.step())
        out.push_back(run.string(search.piece(search.matcher->start(search.status), search.matcher->end(search.status))));
    return search.ready() ? run.list(std::move(out)) : search.broken();
}

}  // namespace

std::span<const Definition> pattern_builtins() {
    static constexpr Definition all[] = {
        {"matches", "input:s, pattern:s, flags:s?", matches},
        {"replace", "input:s, pattern:s, replacement:s, flags:s?", replace},
        {"split", "string:s, delimiter:s", split},
        {"extract", "input:s, pattern:s, flags:s?", extract},
    };
    return all;
}

}  // namespace yimen::rules
