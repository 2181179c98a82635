#include <stdexcept>

#include "base/embedded.h"
#include "calendar/calendar.h"

namespace yimen::calendar {
namespace {

using std::chrono::sys_days;

constexpr std::chrono::days one_day{1};
constexpr sys_days long_ago{Date{std::chrono::year{1900} / 1 / 1}};  // a Monday

bool weekend(sys_days day) { return std::chrono::weekday(day).iso_encoding() >= 6; }

// Monday to Friday from `long_ago` up to and including `day`.
int64_t weekdays_until(sys_days day) {
    const int64_t days = (day - long_ago).count() + 1;
    const int64_t weeks = days >= 0 ? days / 7 : -((6 - days) / 7);
    return weeks * 5 + std::min<int64_t>(days - weeks * 7, 5);
}

int gained(DayKind kind, sys_days day) {
    if (kind == DayKind::exchanged) return 1;
    return kind == DayKind::holiday && !weekend(day) ? -1 : 0;
}

}  // namespace

WorkingDays WorkingDays::embedded() {
    WorkingDays days;
    for (auto& file : embedded_files_under("data/calendar/")) days.add_notice(file.bytes, std::string(file.path));
    return days;
}

bool WorkingDays::knows(int year) const { return years_.contains(year); }

bool WorkingDays::settled(Date date) const {
    const int year = static_cast<int>(date.year());
    const bool last_week = date.month() == std::chrono::December && date.day() >= std::chrono::day{25};
    return knows(year) && (!last_week || knows(year + 1));
}

const WorkingDays::Special* WorkingDays::special(sys_days day) const {
    auto found = std::lower_bound(specials_.begin(), specials_.end(), day, [](auto& s, auto d) { return s.day < d; });
    return found != specials_.end() && found->day == day ? &*found : nullptr;
}

void WorkingDays::add_special(sys_days day, DayKind kind, const std::string& zh, const std::string& en) {
    auto at = std::lower_bound(specials_.begin(), specials_.end(), day, [](auto& s, auto d) { return s.day < d; });
    const int before = at == specials_.begin() ? 0 : std::prev(at)->gained_so_far;
    at = specials_.insert(at, {day, kind, zh, en, before});
    for (; at != specials_.end(); ++at) at->gained_so_far += gained(kind, day);
}

DayKind WorkingDays::kind(Date date) const {
    if (auto* found = special(date)) return found->kind;
    return weekend(date) ? DayKind::weekend : DayKind::working;
}

bool WorkingDays::working(Date date) const {
    const DayKind is = kind(date);
    return is == DayKind::working || is == DayKind::exchanged;
}

std::string WorkingDays::holiday_name(Date date, Language language) const {
    auto* found = special(date);
    if (!found) return "";
    return language == Language::zh ? found->zh : found->en;
}

int64_t WorkingDays::ordinal(sys_days day) const {
    auto after = std::upper_bound(specials_.begin(), specials_.end(), day, [](auto d, auto& s) { return d < s.day; });
    return weekdays_until(day) + (after == specials_.begin() ? 0 : std::prev(after)->gained_so_far);
}

Date WorkingDays::add(Date from, int n) const {
    if (n < 0) throw std::invalid_argument("working days are counted forward only");
    sys_days day = from;
    while (n > 0)
        if (working(day += one_day)) --n;
    return day;
}

int WorkingDays::between(Date from, Date to) const { return static_cast<int>(ordinal(to) - ordinal(from)); }

}  // namespace yimen::calendar
