#include "insight/figures.h"

namespace yimen::insight {

using std::chrono::sys_days;

std::optional<int64_t> Count::average_tenths() const {
    if (decided == 0) return std::nullopt;
    return (days * 20 + decided) / (2 * decided);
}

Count& Count::operator+=(const cases::DayFigure& f) {
    if (f.event == "submit") submitted += f.cases;
    if (f.event == "accept") accepted += f.cases;
    if (f.event == "grant") granted += f.cases;
    if (f.event == "grant" || f.event == "refuse") {
        decided += f.cases;
        days += f.days;
        late += f.late;
    }
    return *this;
}

Figures count_up(const std::vector<cases::DayFigure>& happened, Date from, Date to) {
    Figures found;
    for (auto day = sys_days(from); day <= sys_days(to); day += std::chrono::days(1)) found.by_day.emplace_back(Date(day), Count());
    for (auto& f : happened) {
        if (f.day < from || f.day > to) continue;
        found.all += f;
        if (f.day == to) found.today += f;
        found.by_day[static_cast<size_t>((sys_days(f.day) - sys_days(from)).count())].second += f;
        found.by_item[f.item] += f;
        found.by_channel[f.channel] += f;
        found.by_authority[f.authority] += f;
    }
    return found;
}

int64_t axis_end(int64_t most) {
    for (int64_t power = 1;; power *= 10)
        for (int64_t step : {5, 10, 20})
            if (most <= step * power) return step * power;
}

}  // namespace yimen::insight
