#include "rules/temporal.h"

namespace yimen::rules {

// Days from civil dates after the usual reckoning in eras of 400 years that begin in March.
int64_t days_since_1970(CivilDate d) {
    int64_t year = int64_t(d.year) - (d.month <= 2);
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t of_era = year - era * 400;
    int64_t of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

std::optional<CivilDate> date_of_days(int64_t days) {
    if (days > 365'242'500'000 || days < -365'243'500'000) return {};
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t of_era = days - era * 146097;
    int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * of_year + 2) / 153;
    int64_t day = of_year - (153 * month + 2) / 5 + 1;
    month += month < 10 ? 3 : -9;
    int64_t year = year_of_era + era * 400 + (month <= 2);
    if (!real_date(year, month, day)) return {};
    return CivilDate{int32_t(year), uint8_t(month), uint8_t(day)};
}

int days_in_month(int32_t year, int month) {
    static constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

bool real_date(int64_t year, int64_t month, int64_t day) {
    return year >= -greatest_year && year <= greatest_year && month >= 1 && month <= 12 && day >= 1 &&
           day <= days_in_month(int32_t(year), int(month));
}

int weekday(CivilDate d) {
    auto of_week = (days_since_1970(d) + 3) % 7;  // 1970-01-01 was a Thursday
    return int(of_week < 0 ? of_week + 7 : of_week) + 1;
}

int day_of_year(CivilDate d) { return int(days_since_1970(d) - days_since_1970({d.year, 1, 1})) + 1; }

int week_of_year(CivilDate d) {
    // The week belongs to the year of its Thursday.
    auto thursday = date_of_days(days_since_1970(d) + 4 - weekday(d)).value_or(d);
    return (day_of_year(thursday) - 1) / 7 + 1;
}

__int128 instant_of(const Moment& m) {
    __int128 local = __int128(days_since_1970(m.date)) * whole_day + m.nanoseconds;
    return m.zoned() ? local - __int128(m.offset_of_date_time()) * second : local;
}

std::optional<Moment> moment_at(__int128 at, const Moment& like) {
    Moment out = like;
    if (like.zone)
        at += __int128(like.zone->offset_at(at)) * second;
    else if (like.has_offset)
        at += __int128(like.offset) * second;
    __int128 days = at / whole_day, rest = at % whole_day;
    if (rest < 0) rest += whole_day, --days;
    if (days > INT64_MAX / 2 || days < INT64_MIN / 2) return {};
    auto date = date_of_days(int64_t(days));
    if (!date) return {};
    out.date = *date;
    out.nanoseconds = int64_t(rest);
    return out;
}

__int128 time_in_utc(const Moment& m) { return __int128(m.nanoseconds) - __int128(m.offset_of_time()) * second; }

std::optional<CivilDate> add_months(CivilDate d, int64_t months) {
    if (months > 12'000'000'000 * 2 || months < -12'000'000'000 * 2) return {};
    int64_t all = int64_t(d.year) * 12 + d.month - 1 + months;
    int64_t year = all >= 0 ? all / 12 : (all - 11) / 12;
    int month = int(all - year * 12) + 1;
    if (year > greatest_year || year < -greatest_year) return {};
    return CivilDate{int32_t(year), uint8_t(month), uint8_t(std::min<int>(d.day, days_in_month(int32_t(year), month)))};
}

std::string text_of(CivilDate d) { return fmt::format("{}{:04}-{:02}-{:02}", d.year < 0 ? "-" : "", std::abs(d.year), d.month, d.day); }

namespace {

std::string fraction(int64_t nanoseconds) {
    if (!nanoseconds) return "";
    auto digits = fmt::format(".{:09}", nanoseconds);
    digits.erase(digits.find_last_not_of('0') + 1);
    return digits;
}

}  // namespace

std::string text_of_time(const Moment& m) {
    auto s = m.nanoseconds / second;
    auto out = fmt::format("{:02}:{:02}:{:02}{}", s / 3600, s / 60 % 60, s % 60, fraction(m.nanoseconds % second));
    if (m.zone) return out + "@" + m.zone->name();
    if (!m.has_offset) return out;
    if (!m.offset) return out + "Z";
    auto o = std::abs(m.offset);
    out += fmt::format("{}{:02}:{:02}", m.offset < 0 ? '-' : '+', o / 3600, o / 60 % 60);
    return o % 60 ? out + fmt::format(":{:02}", o % 60) : out;
}

std::string text_of_date_time(const Moment& m) { return text_of(m.date) + "T" + text_of_time(m); }

std::string text_of_months(int64_t months) {
    if (!months) return "P0M";
    auto n = months < 0 ? -uint64_t(months) : uint64_t(months);
    std::string out = months < 0 ? "-P" : "P";
    if (n / 12) out += fmt::format("{}Y", n / 12);
    if (n % 12) out += fmt::format("{}M", n % 12);
    return out;
}

std::string text_of_duration(__int128 nanoseconds) {
    if (!nanoseconds) return "PT0S";
    auto n = nanoseconds < 0 ? -static_cast<unsigned __int128>(nanoseconds) : static_cast<unsigned __int128>(nanoseconds);
    auto days = n / whole_day;
    auto rest = uint64_t(n % whole_day), s = rest / second;
    std::string out = nanoseconds < 0 ? "-P" : "P";
    if (days) out += Decimal(__int128(days)).text() + "D";
    if (!rest) return out;
    out += "T";
    if (s / 3600) out += fmt::format("{}H", s / 3600);
    if (s / 60 % 60) out += fmt::format("{}M", s / 60 % 60);
    if (s % 60 || rest % second) out += fmt::format("{}{}S", s % 60, fraction(int64_t(rest % second)));
    return out;
}

}  // namespace yimen::rules
