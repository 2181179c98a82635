#include <stdexcept>

#include <yaml-cpp/yaml.h>

#include "calendar/calendar.h"

// Reads data/calendar/<year>.yaml.
namespace yimen::calendar {
namespace {

using std::chrono::sys_days;

constexpr std::chrono::days longest_holiday{15};

struct Holiday {
    std::string zh, en;
    Date from, to;
    std::vector<Date> worked;
};
struct Notice {
    int year;
    std::vector<Holiday> holidays;
};

[[noreturn]] void wrong(const YAML::Node& at, const std::string& what) { throw YAML::Exception(at.Mark(), what); }

std::string text(const YAML::Node& parent, const char* key) {
    const YAML::Node node = parent[key];
    if (!node || !node.IsScalar() || node.Scalar().empty()) wrong(parent, fmt::format("{} is missing", key));
    return node.Scalar();
}

// A year's notice speaks of its own days, and of December's before it for New Year.
Date date(const YAML::Node& node, int year) {
    auto read = node.IsScalar() ? parse_date(node.Scalar()) : std::nullopt;
    if (!read) wrong(node, "this is not a date");
    const bool december_before = read->year() == std::chrono::year{year - 1} && read->month() == std::chrono::December;
    if (read->year() != std::chrono::year{year} && !december_before) wrong(node, "this date is not of the notice's year");
    return *read;
}

Holiday read_holiday(const YAML::Node& node, int year) {
    if (!node.IsMap()) wrong(node, "a holiday has zh, en, from and to");
    Holiday holiday{text(node, "zh"), text(node, "en"), {}, {}, {}};
    text(node, "from"), text(node, "to");
    holiday.from = date(node["from"], year);
    holiday.to = date(node["to"], year);
    if (holiday.to < holiday.from || sys_days(holiday.to) - sys_days(holiday.from) > longest_holiday)
        wrong(node["to"], "a holiday ends after it begins, within 15 days");
    for (const YAML::Node& day : node["worked"]) {
        holiday.worked.push_back(date(day, year));
        if (std::chrono::weekday(sys_days(holiday.worked.back())).iso_encoding() < 6)
            wrong(day, "a day worked in exchange is a Saturday or a Sunday");
    }
    return holiday;
}

Notice read_notice(std::string_view yaml) {
    const YAML::Node root = YAML::Load(std::string(yaml));
    if (!root.IsMap()) wrong(root, "a notice has year, notice and holidays");
    text(root, "notice");
    Notice notice;
    if (!YAML::convert<int>::decode(root["year"], notice.year) || notice.year < 1950 || notice.year > 2999)
        wrong(root, "year is not a year");
    if (!root["holidays"].IsSequence() || root["holidays"].size() == 0) wrong(root, "holidays are missing");
    for (const YAML::Node& node : root["holidays"]) notice.holidays.push_back(read_holiday(node, notice.year));
    return notice;
}

}  // namespace

void WorkingDays::add_notice(std::string_view yaml, const std::string& name) {
    Notice notice;
    try {
        notice = read_notice(yaml);
    } catch (const YAML::Exception& error) {
        throw std::runtime_error(fmt::format("{}:{}: {}", name, error.mark.line + 1, error.msg));
    }
    if (!years_.insert(notice.year).second)
        throw std::runtime_error(fmt::format("{}: the notice of {} is already there", name, notice.year));
    auto add_once = [&](sys_days day, DayKind kind, const Holiday& holiday) {
        if (special(day)) throw std::runtime_error(fmt::format("{}: {} stands in it twice", name, to_iso(Date(day))));
        add_special(day, kind, holiday.zh, holiday.en);
    };
    for (const Holiday& holiday : notice.holidays) {
        for (sys_days day = holiday.from; day <= sys_days(holiday.to); day += std::chrono::days{1})
            add_once(day, DayKind::holiday, holiday);
        for (Date day : holiday.worked) add_once(day, DayKind::exchanged, holiday);
    }
}

}  // namespace yimen::calendar
