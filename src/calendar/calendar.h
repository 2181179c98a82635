#pragma once
#include <map>
#include <string>
#include <vector>

#include "base/clock.h"

// Working days of mainland China (State Council's yearly notice) and time limits of the Administrative License Law.
namespace yimen::calendar {

enum class DayKind { working, weekend, holiday, exchanged };  // exchanged: a weekend day worked (调休)

// Read from data/calendar/<year>.yaml; a year is known when its notice is there.
class WorkingDays {
  public:
    static WorkingDays embedded();
    bool knows(int year) const;
    DayKind kind(Date) const;     // in a year not known: weekday rules only
    bool working(Date) const;
    std::string holiday_name(Date, Language) const;
    // The n-th working day after `from`, which is not counted (art. 82; 行政许可法). n ≥ 0.
    Date add(Date from, int n) const;
    // Working days after `from` up to and including `to`; negative where `to` is earlier.
    int between(Date from, Date to) const;
};

struct Suspension {
    Date from;                    // the clock stands from this day
    std::optional<Date> to;       // and runs again after this day; none: still standing
    std::string reason;
};

struct Limit {
    int days = 20;
    bool working_days = true;
};

// Why a date is what it is: each step for people ("受理日 11月24日不计入", "12月25日…").
struct DueDate {
    Date date;
    bool provisional = false;     // crosses into a year whose notice is not out
    std::vector<std::string> because_zh, because_en;
};
// Due at the end of `date`. Extensions add days; suspended days do not count (art. 45).
DueDate due(const WorkingDays&, Date accepted, Limit, int extension_days, const std::vector<Suspension>&);

enum class Light { green, yellow, red, black };
// green; yellow when at most 20 % of the promised limit is left; red past the promised; black past the statutory.
Light light(const WorkingDays&, Date accepted, const DueDate& promised, const DueDate& statutory, Date today);

}  // namespace yimen::calendar
