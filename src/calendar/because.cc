#include "calendar/because.h"

namespace yimen::calendar {
namespace {

using std::chrono::sys_days;

constexpr std::chrono::days one_day{1};

// Days beside each other that are off, or worked, for one holiday.
struct Run {
    Date from, to;
    DayKind kind;
    std::string name;
};

// Holidays and exchanged days that the count passed over, in order.
std::vector<Run> runs(const WorkingDays& days, const Count& count, Language language) {
    std::vector<Run> found;
    for (sys_days day = sys_days(count.accepted) + one_day; day <= sys_days(count.last_counted); day += one_day) {
        const std::string name = days.holiday_name(day, language);
        if (name.empty()) continue;
        const DayKind kind = days.kind(day);
        const bool goes_on =
            !found.empty() && found.back().name == name && found.back().kind == kind && sys_days(found.back().to) + one_day == day;
        if (goes_on)
            found.back().to = day;
        else
            found.push_back({day, day, kind, name});
    }
    return found;
}

bool passed_a_weekend(const WorkingDays& days, const Count& count) {
    for (sys_days day = sys_days(count.accepted) + one_day; day <= sys_days(count.last_counted); day += one_day)
        if (days.kind(day) == DayKind::weekend) return true;
    return false;
}

// The year whose notice could still move the date.
int open_year(const WorkingDays& days, const Count& count) {
    for (Date date : {count.accepted, count.due.date})
        if (!days.settled(date)) return static_cast<int>(date.year()) + days.knows(static_cast<int>(date.year()));
    return 0;
}

// The sentences of one language.
class Chinese {
  public:
    static constexpr auto language = Language::zh;
    std::string accepted(const Count& c) const { return fmt::format("{}受理，当日不计入。", day(c.accepted)); }
    std::string limit(const Count& c) const {
        if (c.limit.days + c.extension_days == 0) return "当场办结，当日到期。";
        const char* unit = c.limit.working_days ? "个工作日" : "个自然日";
        if (c.extension_days == 0) return fmt::format("期限为{}{}。", c.limit.days, unit);
        return fmt::format("期限为{}{}，延长{}{}，共{}{}。", c.limit.days, unit, c.extension_days, unit, c.limit.days + c.extension_days,
                           unit);
    }
    std::string weekends() const { return "周六、周日不计入。"; }
    std::string off(const Run& r) const { return fmt::format("{}{}放假，不计入。", span(r.from, r.to), r.name); }
    std::string worked(const Run& r) const { return fmt::format("{}为{}调休上班日，计入。", day(r.from), r.name); }
    std::string paused(const Pause& p, bool working_days) const {
        return fmt::format("{}暂停计时（{}），其中{}{}不计入。", span(p.from, p.to), p.reason, p.kept_out,
                           working_days ? "个工作日" : "日");
    }
    std::string standing(const Pause& p) const { return fmt::format("自{}起暂停计时（{}），恢复后继续计算。", day(p.from), p.reason); }
    std::string moved_on(const Count& c) const { return fmt::format("期限届满之日{}为休息日，顺延至下一个工作日。", day(c.last_counted)); }
    std::string so(Date date) const { return fmt::format("因此于{}结束时到期。", day(date)); }
    std::string at_the_earliest(Date date) const { return fmt::format("因此最早于{}结束时到期。", day(date)); }
    std::string provisional(int year) const { return fmt::format("{}年的放假安排尚未公布，到期日为暂定。", year); }

  private:
    static std::string day(Date date) { return for_people(date, language); }
    static std::string span(Date from, Date to) { return from == to ? day(from) : day(from) + "至" + day(to); }
};

class English {
  public:
    static constexpr auto language = Language::en;
    std::string accepted(const Count& c) const { return fmt::format("Accepted on {}; that day is not counted.", day(c.accepted)); }
    std::string limit(const Count& c) const {
        if (c.limit.days + c.extension_days == 0) return "Decided on the spot, due the same day.";
        const std::string days = number_of_days(c.limit.days, c.limit.working_days);
        if (c.extension_days == 0) return fmt::format("The limit is {}.", days);
        return fmt::format("The limit is {}, extended by {} to {}.", days, c.extension_days,
                           number_of_days(c.limit.days + c.extension_days, c.limit.working_days));
    }
    std::string weekends() const { return "Saturdays and Sundays are not counted."; }
    std::string off(const Run& r) const { return fmt::format("{}, {}, is not counted.", r.name, span(r.from, r.to)); }
    std::string worked(const Run& r) const { return fmt::format("{} is worked in exchange ({}) and is counted.", day(r.from), r.name); }
    std::string paused(const Pause& p, bool working_days) const {
        return fmt::format("The clock stood {} ({}): {} not counted.", p.from == p.to ? "on " + day(p.from) : "from " + span(p.from, p.to),
                           p.reason, number_of_days(p.kept_out, working_days));
    }
    std::string standing(const Pause& p) const {
        return fmt::format("The clock has stood since {} ({}) and goes on when that ends.", day(p.from), p.reason);
    }
    std::string moved_on(const Count& c) const {
        return fmt::format("The limit would end on {}, a day off, so it ends on the next working day.", day(c.last_counted));
    }
    std::string so(Date date) const { return fmt::format("So it is due by the end of {}.", day(date)); }
    std::string at_the_earliest(Date date) const { return fmt::format("So it is due by the end of {} at the earliest.", day(date)); }
    std::string provisional(int year) const {
        return fmt::format("The holidays of {} are not published yet, so this date is provisional.", year);
    }

  private:
    static std::string day(Date date) { return for_people(date, language); }
    static std::string span(Date from, Date to) { return from == to ? day(from) : day(from) + " to " + day(to); }
    static std::string number_of_days(int n, bool working_days) {
        return fmt::format("{} {} day{}", n, working_days ? "working" : "calendar", n == 1 ? "" : "s");
    }
};

template <class Words>
void say_what_was_skipped(const WorkingDays& days, const Count& count, const Words& words, std::vector<std::string>& steps) {
    if (passed_a_weekend(days, count)) steps.push_back(words.weekends());
    for (const Run& run : runs(days, count, Words::language))
        steps.push_back(run.kind == DayKind::exchanged ? words.worked(run) : words.off(run));
}

template <class Words>
std::vector<std::string> explain(const WorkingDays& days, const Count& count, const Words& words) {
    const DueDate& due = count.due;
    std::vector<std::string> steps{words.accepted(count), words.limit(count)};
    if (count.limit.working_days) say_what_was_skipped(days, count, words, steps);
    for (const Pause& pause : count.pauses) {
        if (pause.standing && pause.from <= due.date) steps.push_back(words.standing(pause));
        if (!pause.standing && pause.kept_out > 0) steps.push_back(words.paused(pause, count.limit.working_days));
    }
    if (due.date != count.last_counted) steps.push_back(words.moved_on(count));
    steps.push_back(due.stands_since ? words.at_the_earliest(due.date) : words.so(due.date));
    if (int year = open_year(days, count)) steps.push_back(words.provisional(year));
    return steps;
}

}  // namespace

std::vector<std::string> because(const WorkingDays& days, const Count& count, Language language) {
    return language == Language::zh ? explain(days, count, Chinese()) : explain(days, count, English());
}

}  // namespace yimen::calendar
