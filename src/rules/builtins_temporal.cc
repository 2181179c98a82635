#include "rules/builtins.h"
#include "rules/temporal.h"

// DMN 1.5, 10.3.4.10 and 10.3.4.11: dates, and the clock.
namespace yimen::rules {

namespace {

CivilDate day_of(const Value& v) { return v.is(Kind::date) ? v.date() : v.moment().date; }

Value day_of_year_(Run&, Arguments a) { return Value::number(day_of_year(day_of(a[0]))); }
Value week_of_year_(Run&, Arguments a) { return Value::number(week_of_year(day_of(a[0]))); }
Value day_of_week(Run&, Arguments a) {
    static constexpr const char* names[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
    return Value::string(names[weekday(day_of(a[0])) - 1]);
}
Value month_of_year(Run&, Arguments a) {
    static constexpr const char* names[] = {"January", "February", "March",     "April",   "May",      "June",
                                            "July",    "August",   "September", "October", "November", "December"};
    return Value::string(names[day_of(a[0]).month - 1]);
}

// Both in the office's own time, UTC+8.
Moment clock(Run& run) {
    Moment like;
    like.has_offset = true;
    like.offset = 8 * 3600;
    return moment_at(__int128(run.now.time_since_epoch().count()) * 1'000'000, like).value_or(like);
}
Value now(Run& run, Arguments) { return Value::date_time(clock(run)); }
Value today(Run& run, Arguments) { return Value::date(clock(run).date); }

}  // namespace

std::span<const Definition> temporal_builtins() {
    static constexpr Definition all[] = {
        {"day of year", "date:y", day_of_year_},
        {"week of year", "date:y", week_of_year_},
        {"day of week", "date:y", day_of_week},
        {"month of year", "date:y", month_of_year},
        {"now", "", now},
        {"today", "", today},
    };
    return all;
}

}  // namespace yimen::rules
