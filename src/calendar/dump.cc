#include "calendar/calendar.h"

namespace yimen::calendar {
namespace {

std::string_view name(DayKind kind) {
    switch (kind) {
        case DayKind::working:
            return "working";
        case DayKind::weekend:
            return "weekend";
        case DayKind::holiday:
            return "holiday";
        case DayKind::exchanged:
            return "exchanged";
    }
    return "";
}

}  // namespace

std::string dump(const WorkingDays& days, int year) {
    using namespace std::chrono;
    std::string lines;
    for (sys_days day{Date{std::chrono::year{year} / January / 1}}; Date(day).year() == std::chrono::year{year};
         day += std::chrono::days{1}) {
        const std::string holiday = days.holiday_name(day, Language::zh);
        lines += fmt::format("{} {}{}{}\n", to_iso(Date(day)), name(days.kind(day)), holiday.empty() ? "" : " ", holiday);
    }
    return lines;
}

}  // namespace yimen::calendar
