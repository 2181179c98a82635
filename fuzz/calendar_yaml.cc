#include "calendar/calendar.h"
#include "fuzz.h"

// Any bytes as a year's notice are read, or refused with a sentence that names the file; the calendar stays one in either case:
// counting forward and counting between agree.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    using namespace yimen;
    using fuzz::must;
    if (size > 16 << 10) return 0;
    calendar::WorkingDays days;
    try {
        days.add_notice(fuzz::text(data, size), "notice.yaml");
    } catch (const std::runtime_error& error) {
        return must(std::string_view(error.what()).starts_with("notice.yaml")), 0;
    }
    int year = 1949;
    while (year < 3000 && !days.knows(year)) ++year;
    must(year < 3000);
    const Date from(std::chrono::year(year), std::chrono::month(1), std::chrono::day(1));
    for (int n : {0, 1, 5, 20, 45}) {
        auto to = days.add(from, n);
        must(to >= from && (n == 0 || days.working(to)) && days.between(from, to) == n);
    }
    must(!calendar::dump(days, year).empty());
    return 0;
}
