#include "rules/builtins.h"

// DMN 1.5, 10.3.4.9 (table 78): the relations of points and ranges after Allen.
namespace yimen::rules {

namespace {

// A point is the range from itself to itself. An end that is null is open towards infinity.
RangeValue as_range(const Value& v) {
    if (v.is(Kind::range)) return v.range();
    RangeValue r;
    r.low = r.high = v;
    r.low_included = r.high_included = true;
    return r;
}

struct Incomparable {};

struct Pair {
    RangeValue a, b;
    bool broken = false;

    // The order of two ends; `infinity` says which way an end that is null lies.
    int order(const Value& x, int x_infinity, const Value& y, int y_infinity) {
        if (x.null() || y.null()) {
            int l = x.null() ? x_infinity : 0, r = y.null() ? y_infinity : 0;
            return l < r ? -1 : l > r;
        }
        auto c = compare(x, y);
        broken = broken || !c;
        return c.value_or(0);
    }
    int lows() { return order(a.low, -1, b.low, -1); }
    int highs() { return order(a.high, 1, b.high, 1); }
    int high_low() { return order(a.high, 1, b.low, -1); }
    int low_high() { return order(a.low, -1, b.high, 1); }

    bool before() { return high_low() < 0 || (high_low() == 0 && !(a.high_included && b.low_included)); }
    bool after() { return low_high() > 0 || (low_high() == 0 && !(a.low_included && b.high_included)); }
    bool meets() { return high_low() == 0 && a.high_included && b.low_included; }
    bool met_by() { return low_high() == 0 && a.low_included && b.high_included; }
    bool overlaps() { return !before() && !after(); }
    // Whether a begins no later, ends no earlier, …
    bool low_within(bool strictly = false) {
        return lows() > 0 || (lows() == 0 && (strictly ? b.low_included && !a.low_included : b.low_included || !a.low_included));
    }
    bool high_within(bool strictly = false) {
        return highs() < 0 || (highs() == 0 && (strictly ? b.high_included && !a.high_included : b.high_included || !a.high_included));
    }
    bool overlaps_before() {
        bool earlier = lows() < 0 || (lows() == 0 && a.low_included && !b.low_included);
        bool reaches = high_low() > 0 || (high_low() == 0 && a.high_included && b.low_included);
        return earlier && reaches && high_within();
    }
    bool during() { return low_within() && high_within(); }
    bool starts() { return lows() == 0 && a.low_included == b.low_included && high_within(); }
    bool finishes() { return highs() == 0 && a.high_included == b.high_included && low_within(); }
    bool coincides() { return lows() == 0 && highs() == 0 && a.low_included == b.low_included && a.high_included == b.high_included; }
};

template <bool (Pair::*relation)(), bool turned = false>
Value relation_of(Run& run, Arguments a) {
    Pair pair{as_range(a[turned ? 1 : 0]), as_range(a[turned ? 0 : 1])};
    bool out = (pair.*relation)();
    return pair.broken ? run.null("ranges without a common order are compared", "比较的区间无法排序") : Value::boolean(out);
}

}  // namespace

std::span<const Definition> range_builtins() {
    static constexpr auto before = relation_of<&Pair::before>, after = relation_of<&Pair::after>, during = relation_of<&Pair::during>,
                          includes = relation_of<&Pair::during, true>, starts = relation_of<&Pair::starts>,
                          started = relation_of<&Pair::starts, true>, finishes = relation_of<&Pair::finishes>,
                          finished = relation_of<&Pair::finishes, true>, coincides = relation_of<&Pair::coincides>;
    static constexpr Definition all[] = {
        {"before", "point1:e, point2:e", before},
        {"before", "point:e, range:r", before},
        {"before", "range:r, point:e", before},
        {"before", "range1:r, range2:r", before},
        {"after", "point1:e, point2:e", after},
        {"after", "point:e, range:r", after},
        {"after", "range:r, point:e", after},
        {"after", "range1:r, range2:r", after},
        {"meets", "range1:r, range2:r", relation_of<&Pair::meets>},
        {"met by", "range1:r, range2:r", relation_of<&Pair::met_by>},
        {"overlaps", "range1:r, range2:r", relation_of<&Pair::overlaps>},
        {"overlaps before", "range1:r, range2:r", relation_of<&Pair::overlaps_before>},
        {"overlaps after", "range1:r, range2:r", relation_of<&Pair::overlaps_before, true>},
        {"finishes", "point:e, range:r", finishes},
        {"finishes", "range1:r, range2:r", finishes},
        {"finished by", "range:r, point:e", finished},
        {"finished by", "range1:r, range2:r", finished},
        {"includes", "range:r, point:e", includes},
        {"includes", "range1:r, range2:r", includes},
        {"during", "point:e, range:r", during},
        {"during", "range1:r, range2:r", during},
        {"starts", "point:e, range:r", starts},
        {"starts", "range1:r, range2:r", starts},
        {"started by", "range:r, point:e", started},
        {"started by", "range1:r, range2:r", started},
        {"coincides", "point1:e, point2:e", coincides},
        {"coincides", "range1:r, range2:r", coincides},
    };
    return all;
}

}  // namespace yimen::rules
