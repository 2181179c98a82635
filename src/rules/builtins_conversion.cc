#include "rules/builtins.h"
#include "rules/parser.h"
#include "rules/temporal.h"

// DMN 1.5, 10.3.4.1: conversion functions.
namespace yimen::rules {

namespace {

Value wrong(Run& run, std::string_view what, const std::string& text) {
    return run.null(fmt::format("“{}” is no {}", text.substr(0, 60), what), fmt::format("“{}”无法读作 {}", text.substr(0, 60), what));
}

std::optional<int64_t> whole(const Value& v) { return v.number().integer(); }

Value date_of_text(Run& run, Arguments a) {
    auto d = read_date(a[0].string());
    return d ? Value::date(*d) : wrong(run, "date", a[0].string());
}
Value date_of_moment(Run&, Arguments a) { return a[0].is(Kind::date) ? a[0] : Value::date(a[0].moment().date); }
Value date_of_parts(Run& run, Arguments a) {
    auto y = whole(a[0]), m = whole(a[1]), d = whole(a[2]);
    if (!y || !m || !d || !real_date(*y, *m, *d)) return run.null("there is no such day", "没有这一天");
    return Value::date({int32_t(*y), uint8_t(*m), uint8_t(*d)});
}

Value moment_of_text(Run& run, Arguments a) {
    auto m = read_date_time(a[0].string());
    return m ? Value::date_time(*m) : wrong(run, "date and time", a[0].string());
}
Value moment_of_moment(Run&, Arguments a) {
    if (a[0].is(Kind::date_time)) return a[0];
    Moment m;
    m.date = a[0].date();
    return Value::date_time(m);
}
Value moment_of_parts(Run&, Arguments a) {
    auto m = a[1].moment();
    m.date = a[0].is(Kind::date) ? a[0].date() : a[0].moment().date;
    return Value::date_time(m);
}

Value time_of_text(Run& run, Arguments a) {
    auto t = read_time(a[0].string());
    return t ? Value::time(*t) : wrong(run, "time", a[0].string());
}
Value time_of_moment(Run&, Arguments a) {
    Moment m;
    if (a[0].is(Kind::date))
        m.has_offset = true;  // midnight in UTC
    else
        m = a[0].moment();
    m.date = CivilDate{};
    return Value::time(m);
}
Value time_of_parts(Run& run, Arguments a) {
    auto h = whole(a[0]), m = whole(a[1]);
    auto s =
        a[2].number().compare(Decimal(60)) < 0 && !a[2].number().negative() ? (a[2].number() * Decimal(second)).truncated() : std::nullopt;
    if (!h || !m || !s || *h < 0 || *h > 23 || *m < 0 || *m > 59) return run.null("there is no such time", "没有这一时刻");
    Moment out;
    out.nanoseconds = (*h * 3600 + *m * 60) * second + int64_t(*s);
    if (!a[3].null()) {
        auto offset = a[3].duration() / second;
        if (offset > 18 * 3600 || offset < -18 * 3600) return run.null("an offset is more than 18 hours", "时区偏移超过18小时");
        out.has_offset = true;
        out.offset = int32_t(offset);
    }
    return Value::time(out);
}

Value number_of_text(Run& run, Arguments a) {
    // Grouping and decimal separators may be " ", "," or "."; neither twice.
    auto part = [&](const Value& v) { return v.null() ? std::string() : v.string(); };
    auto group = part(a[1]), point = part(a[2]);
    if ((!group.empty() && group != " " && group != "," && group != ".") || (!point.empty() && point != "," && point != ".") ||
        (!a[1].null() && group.empty()) || (!a[2].null() && point.empty()) || (!group.empty() && group == point))
        return run.null("number() takes other separators", "number() 不接受这样的分隔符");
    auto text = a[0].string();
    if (!group.empty()) std::erase(text, group[0]);
    if (!point.empty()) std::ranges::replace(text, point[0], '.');
    auto n = Decimal::parse(text);
    return n ? Value::number(*n) : wrong(run, "number", a[0].string());
}
Value number_of_number(Run&, Arguments a) { return a[0]; }

Value string_of(Run& run, Arguments a) {
    if (a[0].is(Kind::string) || a[0].null()) return a[0];
    if (!run.step(a[0].weight()) || !run.room(a[0].weight() * 16)) return {};
    return run.string(a[0].text());
}

Value duration_of_text(Run& run, Arguments a) {
    auto d = read_duration(a[0].string());
    return d.null() ? wrong(run, "duration", a[0].string()) : d;
}
Value duration_of_duration(Run&, Arguments a) { return a[0]; }

Value months_between(Run&, Arguments a) {
    auto day = [](const Value& v) { return v.is(Kind::date) ? v.date() : v.moment().date; };
    auto time = [](const Value& v) { return v.is(Kind::date) ? 0 : v.moment().nanoseconds; };
    auto from = day(a[0]), to = day(a[1]);
    int64_t months = (int64_t(to.year) - from.year) * 12 + to.month - from.month;
    auto before = std::pair(to.day, time(a[1])) < std::pair(from.day, time(a[0]));
    auto after = std::pair(to.day, time(a[1])) > std::pair(from.day, time(a[0]));
    if (months > 0 && before)
        --months;
    else if (months < 0 && after)
        ++months;
    return Value::months(months);
}

Value range_of_text(Run& run, Arguments a) {
    auto out = read_range(a[0].string());
    auto order = out.null() ? std::nullopt : compare(out.range().low, out.range().high);
    return !order || *order > 0 ? wrong(run, "range", a[0].string()) : out;
}

}  // namespace

std::span<const Definition> conversion_builtins() {
    static constexpr Definition all[] = {
        {"date", "from:s", date_of_text},
        {"date", "from:y", date_of_moment},
        {"date", "year:n, month:n, day:n", date_of_parts},
        {"date and time", "from:s", moment_of_text},
        {"date and time", "from:y", moment_of_moment},
        {"date and time", "date:y, time:t", moment_of_parts},
        {"time", "from:s", time_of_text},
        {"time", "from:y", time_of_moment},
        {"time", "from:t", number_of_number},
        {"time", "hour:n, minute:n, second:n, offset:p?", time_of_parts},
        {"number", "from:n", number_of_number},
        {"number", "from:s, grouping separator:s?, decimal separator:s?", number_of_text},
        {"string", "from:a", string_of},
        {"duration", "from:s", duration_of_text},
        {"duration", "from:m", duration_of_duration},
        {"duration", "from:p", duration_of_duration},
        {"years and months duration", "from:y, to:y", months_between},
        {"range", "from:s", range_of_text},
    };
    return all;
}

}  // namespace yimen::rules
