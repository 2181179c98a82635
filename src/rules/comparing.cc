#include "rules/objects.h"

// Equality and order after DMN 1.5, tables 41 and 42.
namespace yimen::rules {

namespace {

// Times are compared to the millisecond.
__int128 milliseconds(__int128 nanoseconds) { return nanoseconds / 1'000'000; }

Truth3 equal_moments(const Moment& a, const Moment& b, bool dated) {
    if (a.zoned() != b.zoned()) return false;
    return milliseconds(dated ? instant_of(a) : time_in_utc(a)) == milliseconds(dated ? instant_of(b) : time_in_utc(b));
}

__int128 on_its_clock(const Moment& m) { return __int128(days_since_1970(m.date)) * whole_day + m.nanoseconds; }

using Member = const std::pair<Name, Value>*;

std::vector<Member> by_name(const Value& context) {
    std::vector<Member> out;
    for (auto& member : context.context()) out.push_back(&member);
    std::ranges::sort(out, {}, [](Member m) { return std::string_view(m->first->text); });
    return out;
}

bool same_member(Member a, Member b) { return same(a->first, b->first) && same_value(a->second, b->second); }

bool equal_contexts(const Value& a, const Value& b) {
    if (a.context().size() != b.context().size()) return false;
    if (a.context().size() > 16) return std::ranges::equal(by_name(a), by_name(b), same_member);
    for (auto& [name, value] : a.context()) {
        auto* other = b.member(name);
        if (!other || !same_value(value, *other)) return false;
    }
    return true;
}

bool equal_ranges(const RangeValue& a, const RangeValue& b) {
    return a.written == b.written && a.low_included == b.low_included && a.high_included == b.high_included && same_value(a.low, b.low) &&
           same_value(a.high, b.high);
}

template <class T>
int order(const T& a, const T& b) {
    return a < b ? -1 : b < a;
}

}  // namespace

Truth3 equal(const Value& a, const Value& b) {
    if (a.kind() != b.kind()) return a.null() || b.null() ? Truth3(false) : Truth3();
    switch (a.kind()) {
        case Kind::null:
            return true;
        case Kind::boolean:
            return a.boolean() == b.boolean();
        case Kind::number:
            return a.number() == b.number();
        case Kind::string:
            return a.address() == b.address() || a.string() == b.string();
        case Kind::date:
            return a.date() == b.date();
        case Kind::months:
            return a.months() == b.months();
        case Kind::duration:
            return a.duration() == b.duration();
        case Kind::time:
            return equal_moments(a.moment(), b.moment(), false);
        case Kind::date_time:
            return equal_moments(a.moment(), b.moment(), true);
        case Kind::range:
            return equal_ranges(a.range(), b.range());
        case Kind::list:
            return a.address() == b.address() || std::ranges::equal(a.list(), b.list(), same_value);
        case Kind::context:
            return a.address() == b.address() || equal_contexts(a, b);
        case Kind::function:
            return a.address() == b.address();
    }
    return {};
}

bool identical(const Value& a, const Value& b) {
    if (a.kind() != b.kind()) return false;
    if (a.is(Kind::time) || a.is(Kind::date_time)) {
        auto &x = a.moment(), &y = b.moment();
        return x.nanoseconds == y.nanoseconds && (a.is(Kind::time) || x.date == y.date) && x.zone == y.zone &&
               x.has_offset == y.has_offset && x.offset == y.offset;
    }
    if (a.is(Kind::list)) return std::ranges::equal(a.list(), b.list(), identical);
    if (a.is(Kind::context)) {
        if (a.context().size() != b.context().size()) return false;
        for (auto& [name, value] : a.context())
            if (auto* other = b.member(name); !other || !identical(value, *other)) return false;
        return true;
    }
    return same_value(a, b);
}

std::optional<int> compare(const Value& a, const Value& b) {
    if (a.kind() != b.kind()) return {};
    switch (a.kind()) {
        case Kind::number:
            return a.number().compare(b.number());
        // Code points and bytes of UTF-8 have one order.
        case Kind::string:
            return order(a.string().compare(b.string()), 0);
        case Kind::date:
            return order(a.date(), b.date());
        case Kind::months:
            return order(a.months(), b.months());
        case Kind::duration:
            return order(a.duration(), b.duration());
        // What has no offset takes the other's.
        case Kind::time:
            if (a.moment().zoned() != b.moment().zoned())
                return order(milliseconds(a.moment().nanoseconds), milliseconds(b.moment().nanoseconds));
            return order(milliseconds(time_in_utc(a.moment())), milliseconds(time_in_utc(b.moment())));
        case Kind::date_time:
            if (a.moment().zoned() != b.moment().zoned())
                return order(milliseconds(on_its_clock(a.moment())), milliseconds(on_its_clock(b.moment())));
            return order(milliseconds(instant_of(a.moment())), milliseconds(instant_of(b.moment())));
        default:
            return {};
    }
}

Truth3 includes(const RangeValue& range, const Value& value) {
    if (value.null()) return {};
    if (range.written == RangeValue::Written::different) return !same_value(range.low, value);
    bool interval = range.written == RangeValue::Written::interval;
    if (interval ? range.low.null() || range.high.null() : range.low.null() && range.high.null()) return {};
    // (=x) is the range from x to x, also for values without an order.
    if (range.low_included && range.high_included && same_value(range.low, value) && same_value(range.high, value)) return true;
    bool in = true;
    if (!range.low.null()) {
        auto c = compare(value, range.low);
        if (!c)
            return range.written == RangeValue::Written::comparison && range.low_included && range.high_included ? Truth3(false) : Truth3();
        in = *c > 0 || (*c == 0 && range.low_included);
    }
    if (!range.high.null()) {
        auto c = compare(value, range.high);
        if (!c) return {};
        in = in && (*c < 0 || (*c == 0 && range.high_included));
    }
    return in;
}

}  // namespace yimen::rules
