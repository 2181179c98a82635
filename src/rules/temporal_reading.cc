#include "rules/temporal.h"

// The lexical forms of XML Schema, with FEEL's "@zone" besides.
namespace yimen::rules {

namespace {

struct Reader {
    std::string_view text;
    size_t at = 0;

    bool done() const { return at == text.size(); }
    bool take(char c) {
        if (at >= text.size() || text[at] != c) return false;
        ++at;
        return true;
    }
    bool digit() const { return at < text.size() && text[at] >= '0' && text[at] <= '9'; }
    // Between `least` and `most` digits.
    std::optional<int64_t> number(size_t least, size_t most) {
        size_t from = at;
        int64_t out = 0;
        while (digit() && at - from < most) out = out * 10 + (text[at++] - '0');
        return at - from < least ? std::nullopt : std::optional(out);
    }
    std::optional<int64_t> two() { return number(2, 2); }
    // What stands behind the point, in nanoseconds; further digits are dropped.
    std::optional<int64_t> fraction() {
        if (!digit()) return {};
        int64_t out = 0, places = 0;
        for (; digit(); ++at)
            if (places < 9) out = out * 10 + (text[at] - '0'), ++places;
        for (; places < 9; ++places) out *= 10;
        return out;
    }
};

std::optional<CivilDate> date(Reader& in) {
    bool negative = in.take('-');
    size_t from = in.at;
    auto year = in.number(4, 9);
    if (!year || (in.at - from > 4 && in.text[from] == '0')) return {};
    if (!in.take('-')) return {};
    auto month = in.two();
    if (!month || !in.take('-')) return {};
    auto day = in.two();
    if (!day || !real_date(negative ? -*year : *year, *month, *day)) return {};
    return CivilDate{int32_t(negative ? -*year : *year), uint8_t(*month), uint8_t(*day)};
}

bool offset(Reader& in, Moment& out) {
    if (in.done()) return true;
    if (in.take('@')) {
        out.zone = Zone::find(in.text.substr(in.at));
        in.at = in.text.size();
        return out.zone;
    }
    out.has_offset = true;
    if (in.take('Z') || in.take('z')) return true;
    bool west = in.take('-');
    if (!west && !in.take('+')) return false;
    auto hours = in.two();
    if (!hours || !in.take(':')) return false;
    auto minutes = in.two();
    std::optional<int64_t> seconds = 0;
    if (in.take(':')) seconds = in.two();
    if (!minutes || !seconds || *hours > 18 || *minutes > 59 || *seconds > 59) return false;
    auto all = *hours * 3600 + *minutes * 60 + *seconds;
    if (all > 18 * 3600) return false;
    out.offset = int32_t(west ? -all : all);
    return true;
}

bool time(Reader& in, Moment& out) {
    auto hour = in.two();
    if (!hour || !in.take(':')) return false;
    auto minute = in.two();
    if (!minute || !in.take(':')) return false;
    auto seconds = in.two();
    std::optional<int64_t> behind = 0;
    if (seconds && in.take('.')) behind = in.fraction();
    if (!seconds || !behind || *hour > 23 || *minute > 59 || *seconds > 59) return false;
    out.nanoseconds = (*hour * 3600 + *minute * 60 + *seconds) * second + *behind;
    return offset(in, out);
}

}  // namespace

std::optional<CivilDate> read_date(std::string_view text) {
    Reader in{text};
    auto out = date(in);
    return in.done() ? out : std::nullopt;
}

std::optional<Moment> read_time(std::string_view text) {
    Reader in{text};
    Moment out;
    return time(in, out) && in.done() ? std::optional(out) : std::nullopt;
}

std::optional<Moment> read_date_time(std::string_view text) {
    Reader in{text};
    Moment out;
    auto day = date(in);
    if (!day) return {};
    out.date = *day;
    if (in.done()) return out;
    return in.take('T') && time(in, out) && in.done() ? std::optional(out) : std::nullopt;
}

Value read_duration(std::string_view text) {
    Reader in{text};
    bool negative = in.take('-'), any = false, timed = false;
    if (!in.take('P')) return {};
    __int128 nanoseconds = 0;
    int64_t months = 0;
    bool calendar = false, clock = false;
    // Each letter once and in this order.
    std::string_view order = "YMDHMS";
    size_t next = 0;
    while (!in.done()) {
        if (in.take('T')) {
            if (timed) return {};
            timed = true, next = 3;
            if (in.done()) return {};
            continue;
        }
        auto n = in.number(1, 18);
        std::optional<int64_t> behind;
        if (n && in.take('.')) behind = in.fraction().value_or(0);
        if (!n || in.done()) return {};
        auto letter = in.text[in.at++];
        auto place = order.find(letter, next);
        if (place == order.npos || (place < 3) == timed || (behind && place != 5)) return {};
        next = place + 1;
        any = true;
        if (place < 2) {
            if (*n > 100'000'000'000) return {};
            calendar = true, months += place ? *n : *n * 12;
        } else {
            static constexpr int64_t unit[] = {0, 0, 86400, 3600, 60, 1};
            clock = true, nanoseconds += __int128(*n) * unit[place] * second + behind.value_or(0);
        }
    }
    if (!any || (calendar && clock)) return {};
    if (calendar) return Value::months(negative ? -months : months);
    return Value::duration(negative ? -nanoseconds : nanoseconds);
}

Value read_temporal(std::string_view text) {
    if (auto d = read_date(text)) return Value::date(*d);
    if (auto t = read_time(text)) return Value::time(*t);
    if (auto m = read_date_time(text)) return Value::date_time(*m);
    return read_duration(text);
}

}  // namespace yimen::rules
