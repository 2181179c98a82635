#include "base/clock.h"

namespace yimen {

namespace {

using namespace std::chrono;
using namespace std::chrono_literals;

constexpr auto zone = 8h;  // of Shanghai

constexpr std::string_view months[] = {"January", "February", "March",     "April",   "May",      "June",
                                       "July",    "August",   "September", "October", "November", "December"};

struct Civil {
    Date date;
    int hour, minute, second;
};

Civil civil(Instant at) {
    auto local = floor<seconds>(at + zone);
    auto day = floor<days>(local);
    hh_mm_ss time(local - day);
    return {Date(day), static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
            static_cast<int>(time.seconds().count())};
}

unsigned number(month m) { return static_cast<unsigned>(m); }
unsigned number(day d) { return static_cast<unsigned>(d); }

// Exactly `digits` digits at `at`.
std::optional<int> digits(std::string_view text, size_t at, size_t count) {
    int value = 0;
    for (auto c : text.substr(at, count)) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

// "2026-11-24T09:30:00", with up to three decimals behind the seconds, as if it were UTC; `rest` is what follows.
std::optional<Instant> parse_moment(std::string_view iso, std::string_view& rest) {
    if (iso.size() < 20 || iso[10] != 'T' || iso[13] != ':' || iso[16] != ':') return std::nullopt;
    auto date = parse_date(iso.substr(0, 10));
    auto hour = digits(iso, 11, 2), minute = digits(iso, 14, 2), second = digits(iso, 17, 2);
    if (!date || !hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
    rest = iso.substr(19);
    milliseconds fraction{0};
    if (rest.starts_with('.')) {
        auto length = std::min(rest.find_first_not_of("0123456789", 1), rest.size()) - 1;
        if (length < 1 || length > 3) return std::nullopt;
        int value = *digits(rest, 1, length);
        for (auto n = length; n < 3; ++n) value *= 10;
        fraction = milliseconds(value);
        rest.remove_prefix(length + 1);
    }
    return Instant(sys_days(*date)) + hours(*hour) + minutes(*minute) + seconds(*second) + fraction;
}

}  // namespace

Instant SystemClock::now() const { return floor<milliseconds>(system_clock::now()); }

Date shanghai_date(Instant at) { return Date(floor<days>(at + zone)); }

Instant start_of_day(Date date) { return Instant(sys_days(date)) - zone; }

std::string to_iso(Date date) {
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), number(date.month()), number(date.day()));
}

std::optional<Date> parse_date(std::string_view iso) {
    if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
    auto y = digits(iso, 0, 4), m = digits(iso, 5, 2), d = digits(iso, 8, 2);
    if (!y || !m || !d) return std::nullopt;
    Date date(year(*y), month(static_cast<unsigned>(*m)), day(static_cast<unsigned>(*d)));
    if (!date.ok()) return std::nullopt;
    return date;
}

std::string to_iso(Instant at) {
    auto c = civil(at);
    return fmt::format("{}T{:02}:{:02}:{:02}+08:00", to_iso(c.date), c.hour, c.minute, c.second);
}

std::optional<Instant> parse_instant(std::string_view iso) {
    std::string_view rest;
    auto moment = parse_moment(iso, rest);
    if (!moment) return std::nullopt;
    if (rest == "Z") return moment;
    if (rest == "+08:00") return *moment - zone;
    return std::nullopt;
}

std::string for_people(Date date, Language language) {
    auto y = static_cast<int>(date.year());
    if (language == Language::en) return fmt::format("{} {} {}", number(date.day()), months[number(date.month()) - 1], y);
    return fmt::format("{}年{}月{}日", y, number(date.month()), number(date.day()));
}

std::string for_people(Instant at, Language language) {
    auto c = civil(at);
    return fmt::format("{} {:02}:{:02}", for_people(c.date, language), c.hour, c.minute);
}

}  // namespace yimen
