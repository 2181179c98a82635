#pragma once
#include <memory>

#include "rules/value.h"

namespace yimen::rules {

constexpr int64_t second = 1'000'000'000;
constexpr int64_t whole_day = 86'400 * second;

// A zone of the tz database, looked up once for the life of the program.
class Zone {
  public:
    static const Zone* find(std::string_view name);
    const std::string& name() const { return name_; }
    // Seconds east of Greenwich on a local clock; the standard offset when no day is known.
    int32_t offset_at_local(CivilDate, int64_t nanoseconds) const;
    int32_t offset_at(__int128 nanoseconds_since_1970) const;
    int32_t standard_offset() const;
    ~Zone();

  private:
    struct Rules;
    Zone(std::string, std::unique_ptr<Rules>);
    std::string name_;
    std::unique_ptr<Rules> rules_;
};

// A time of day, or a date and time.
struct Moment {
    CivilDate date;
    int64_t nanoseconds = 0;  // since midnight
    bool has_offset = false;
    int32_t offset = 0;  // seconds east, when has_offset
    const Zone* zone = nullptr;

    bool zoned() const { return has_offset || zone; }
    // With a day: what the zone says on it.
    int32_t offset_of_date_time() const { return zone ? zone->offset_at_local(date, nanoseconds) : offset; }
    int32_t offset_of_time() const { return zone ? zone->standard_offset() : offset; }
};

constexpr int32_t greatest_year = 999'999'999;
int64_t days_since_1970(CivilDate);
std::optional<CivilDate> date_of_days(int64_t);
int days_in_month(int32_t year, int month);
bool real_date(int64_t year, int64_t month, int64_t day);
int weekday(CivilDate);  // Monday is 1
int day_of_year(CivilDate);
int week_of_year(CivilDate);  // ISO 8601

// Nanoseconds since 1970, in UTC when it has an offset, else on its own clock.
__int128 instant_of(const Moment&);
// The moment on the same clock or in the same zone as `like`.
std::optional<Moment> moment_at(__int128 nanoseconds, const Moment& like);
__int128 time_in_utc(const Moment&);

std::optional<CivilDate> read_date(std::string_view);
std::optional<Moment> read_time(std::string_view);
// A date alone is its midnight.
std::optional<Moment> read_date_time(std::string_view);
// A duration of either kind, or null.
Value read_duration(std::string_view);
// Whichever of the four it is, or null: what stands in @"…".
Value read_temporal(std::string_view);

std::string text_of(CivilDate);
std::string text_of_time(const Moment&);
std::string text_of_date_time(const Moment&);
std::string text_of_months(int64_t);
std::string text_of_duration(__int128);

std::optional<CivilDate> add_months(CivilDate, int64_t months);

}  // namespace yimen::rules
