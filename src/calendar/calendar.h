#pragma once
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

// Working days of mainland China (State Council's yearly notice) and time limits of the Administrative License Law.
namespace yimen::calendar {

enum class DayKind { working, weekend, holiday, exchanged };  // exchanged: a weekend day worked (调休)

// Read from data/calendar/<year>.yaml; a year is known when its notice is there.
class WorkingDays {
  public:
    static WorkingDays embedded();
    // Adds one year's notice. Throws std::runtime_error, naming `name` and the line or date, where it is not one.
    void add_notice(std::string_view yaml, const std::string& name);

    bool knows(int year) const;
    // False where a notice not out yet may still change the day: in a year not known, and from 25 December on while the
    // next year is not known, since New Year's notice may exchange days of the week before it (as for 2019 and 2023).
    bool settled(Date) const;
    DayKind kind(Date) const;  // in a year not known: weekday rules only
    bool working(Date) const;
    // The holiday a day off belongs to, or that an exchanged day is worked for; empty on other days.
    std::string holiday_name(Date, Language) const;
    // The n-th working day after `from`, which is not counted (art. 82; 行政许可法). n ≥ 0; for 0, `from` itself.
    Date add(Date from, int n) const;
    // Working days after `from` up to and including `to`; negative where `to` is earlier.
    int between(Date from, Date to) const;

  private:
    // A day that is not what its weekday says, or that has a name.
    struct Special {
        std::chrono::sys_days day;
        DayKind kind;
        std::string zh, en;
        int gained_so_far = 0;  // working days more (or less) than weekdays alone give, up to and including this day
    };
    const Special* special(std::chrono::sys_days) const;
    void add_special(std::chrono::sys_days, DayKind, const std::string& zh, const std::string& en);
    // Working days since a fixed day long ago.
    int64_t ordinal(std::chrono::sys_days) const;

    std::set<int> years_;
    std::vector<Special> specials_;  // in order of day
};

struct Suspension {
    Date from;               // the clock stands from this day
    std::optional<Date> to;  // and runs again after this day; none: still standing
    std::string reason;
};

struct Limit {
    int days = 20;
    bool working_days = true;
};

// Why a date is what it is: each step for people ("2026年11月24日受理，当日不计入。", "期限为20个工作日。" …).
struct DueDate {
    Date date;
    bool provisional = false;  // may still move: crosses into a year whose notice is not out, or the clock stands
    std::vector<std::string> because_zh, because_en;
    // The first day on which at most 20 % of the limit is left; a store may keep it beside `date` to colour lists.
    std::optional<Date> yellow_from;
    // Set while the clock stands: since this day. `date` is then the earliest it can become.
    std::optional<Date> stands_since;
};
// Due at the end of `date`. Extensions add days; suspended days do not count (art. 45). The first day is not counted. A
// limit in calendar days that would end on a day off ends on the next working day (Civil Code art. 203). Days are not
// negative.
DueDate due(const WorkingDays&, Date accepted, Limit, int extension_days, const std::vector<Suspension>&);

enum class Light { green, yellow, red, black };
// green; yellow when at most 20 % of the promised limit is left; red past the promised; black past the statutory. While
// the clock stands the light stays what it was on the day before. Where `promised` has no yellow_from, the limit's
// length is taken as the working days from `accepted` to its date.
Light light(const WorkingDays&, Date accepted, const DueDate& promised, const DueDate& statutory, Date today);

// One line a day of the year: "2026-01-01 holiday 元旦", "2026-01-04 exchanged 元旦", "2026-01-05 working", "2026-01-10
// weekend".
std::string dump(const WorkingDays&, int year);

}  // namespace yimen::calendar
