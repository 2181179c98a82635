#pragma once
#include <map>
#include <string>
#include <vector>

#include "cases/cases.h"
#include "cases/store_work.h"

// Figures of what the centre did, counted up from what happened by day.
namespace yimen::insight {

struct Count {
    int64_t submitted = 0, accepted = 0, decided = 0, granted = 0;
    int64_t days = 0;  // working days from acceptance to decision, of all that were decided together
    int64_t late = 0;  // decided after the promised day
    // Working days on average, in tenths, rounded half up; nothing where nothing was decided.
    std::optional<int64_t> average_tenths() const;
    Count& operator+=(const cases::DayFigure&);
};

struct Figures {
    Count today, all;
    std::vector<std::pair<Date, Count>> by_day;  // each day from `from` to `to`, also those without anything
    std::map<std::string, Count> by_item, by_channel;
    std::map<identity::AuthorityId, Count> by_authority;
};
// What happened from `from` to `to`, both inclusive; the last day is today.
Figures count_up(const std::vector<cases::DayFigure>&, Date from, Date to);

// The first of a few round numbers that is not below `most`: where a chart's axis ends. At least 5.
int64_t axis_end(int64_t most);

}  // namespace yimen::insight
