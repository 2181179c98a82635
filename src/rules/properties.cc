#include "rules/properties.h"

namespace yimen::rules {

namespace {

using Found = std::optional<Value>;

Found of_date(CivilDate d, std::string_view name) {
    if (name == "year") return Value::number(d.year);
    if (name == "month") return Value::number(d.month);
    if (name == "day") return Value::number(d.day);
    if (name == "weekday") return Value::number(weekday(d));
    return {};
}

Found of_time(const Moment& m, std::string_view name, bool dated) {
    auto s = m.nanoseconds / second;
    if (name == "hour") return Value::number(s / 3600);
    if (name == "minute") return Value::number(s / 60 % 60);
    if (name == "second") return Value::number(Decimal(m.nanoseconds % (60 * second)) / Decimal(second));
    if (name == "time offset") {
        if (!m.zoned()) return Value();
        return Value::duration(__int128(dated ? m.offset_of_date_time() : m.offset_of_time()) * second);
    }
    if (name == "timezone") return m.zone ? Value::string(m.zone->name()) : Value();
    return {};
}

Found of_months(int64_t n, std::string_view name) {
    if (name == "years") return Value::number(n / 12);
    if (name == "months") return Value::number(n % 12);
    return {};
}

Found of_duration(__int128 n, std::string_view name) {
    if (name == "days") return Value::number(Decimal(n / whole_day));
    auto s = int64_t(n % whole_day / second);
    if (name == "hours") return Value::number(s / 3600);
    if (name == "minutes") return Value::number(s / 60 % 60);
    if (name == "seconds") {
        auto rest = int64_t(n % (60 * second));
        return Value::number(Decimal(rest) / Decimal(second));
    }
    return {};
}

Found of_range(const RangeValue& r, std::string_view name) {
    if (name == "start") return r.low;
    if (name == "end") return r.high;
    if (name == "start included") return Value::boolean(r.low_included);
    if (name == "end included") return Value::boolean(r.high_included);
    return {};
}

}  // namespace

std::optional<Value> property(const Value& value, std::string_view name) {
    switch (value.kind()) {
        case Kind::date:
            return of_date(value.date(), name);
        case Kind::time:
            return of_time(value.moment(), name, false);
        case Kind::date_time: {
            auto found = of_date(value.moment().date, name);
            return found ? found : of_time(value.moment(), name, true);
        }
        case Kind::months:
            return of_months(value.months(), name);
        case Kind::duration:
            return of_duration(value.duration(), name);
        case Kind::range:
            return of_range(value.range(), name);
        default:
            return {};
    }
}

}  // namespace yimen::rules
