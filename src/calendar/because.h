#pragma once
#include "calendar/calendar.h"

// How a due date tells people where it comes from. For src/calendar only.
namespace yimen::calendar {

// A suspension as far as it lay within the limit, with the days it kept from being counted.
struct Pause {
    Date from, to;
    bool standing;
    std::string reason;
    int kept_out = 0;
};

// What happened while the days were counted.
struct Count {
    Date accepted;
    Limit limit;
    int extension_days;
    std::vector<Pause> pauses;
    Date last_counted;  // where a limit in calendar days ended, before it moved on from a day off
    DueDate due;
};

std::vector<std::string> because(const WorkingDays&, const Count&, Language);

}  // namespace yimen::calendar
