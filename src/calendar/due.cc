#include <stdexcept>

#include "calendar/because.h"
#include "calendar/calendar.h"

namespace yimen::calendar {
namespace {

using std::chrono::sys_days;

constexpr std::chrono::days one_day{1};

// A clock that still stands is taken to run again tomorrow: the date is then the earliest it can become.
std::vector<Pause> pauses_of(const std::vector<Suspension>& suspensions) {
    std::vector<Pause> pauses;
    for (auto& s : suspensions) pauses.push_back({s.from, s.to.value_or(s.from), !s.to, s.reason});
    return pauses;
}

// Of overlapping pauses only the first keeps the day out, so that their days add up.
Pause* pause_on(std::vector<Pause>& pauses, Date day) {
    for (Pause& pause : pauses)
        if (pause.from <= day && day <= pause.to) return &pause;
    return nullptr;
}

// Moves to the next day that counts; notes what pauses keep out on the way.
Date next_counted(const WorkingDays& days, Count& count, Date from) {
    for (sys_days day = sys_days(from) + one_day;; day += one_day) {
        if (count.limit.working_days && !days.working(day)) continue;
        Pause* pause = pause_on(count.pauses, day);
        if (!pause) return day;
        ++pause->kept_out;
    }
}

void count_days(const WorkingDays& days, Count& count) {
    const int total = count.limit.days + count.extension_days;
    Date day = count.accepted;
    for (int left = total; left > 0; --left) {
        if (!count.due.yellow_from && left * 5 <= total) count.due.yellow_from = day;
        day = next_counted(days, count, day);
    }
    if (!count.due.yellow_from) count.due.yellow_from = day;
    count.last_counted = day;
    while (total > 0 && !days.working(day)) day = sys_days(day) + one_day;
    count.due.date = day;
}

}  // namespace

DueDate due(const WorkingDays& days, Date accepted, Limit limit, int extension_days, const std::vector<Suspension>& suspensions) {
    if (limit.days < 0 || extension_days < 0) throw std::invalid_argument("a limit has no negative days");
    Count count{accepted, limit, extension_days, pauses_of(suspensions), accepted, {}};
    count_days(days, count);
    for (const Pause& pause : count.pauses) {
        if (!pause.standing || pause.from > count.due.date) continue;
        if (!count.due.stands_since || pause.from < *count.due.stands_since) count.due.stands_since = pause.from;
    }
    const bool settled = days.settled(accepted) && days.settled(count.due.date);
    count.due.provisional = count.due.stands_since.has_value() || !settled;
    count.due.because_zh = because(days, count, Language::zh);
    count.due.because_en = because(days, count, Language::en);
    return count.due;
}

namespace {

bool little_left(const WorkingDays& days, Date accepted, const DueDate& promised, Date today) {
    if (promised.yellow_from) return today >= *promised.yellow_from;
    return days.between(today, promised.date) * 5 <= days.between(accepted, promised.date);
}

}  // namespace

Light light(const WorkingDays& days, Date accepted, const DueDate& promised, const DueDate& statutory, Date today) {
    for (auto& stands : {promised.stands_since, statutory.stands_since})
        if (stands && today >= *stands) today = sys_days(*stands) - one_day;
    if (today > statutory.date) return Light::black;
    if (today > promised.date) return Light::red;
    return little_left(days, accepted, promised, today) ? Light::yellow : Light::green;
}

}  // namespace yimen::calendar
