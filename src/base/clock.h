#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace yimen {

// A moment, UTC, to the millisecond: what the database stores (as milliseconds since 1970).
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
// A day on the calendar in Asia/Shanghai, the zone of every civil date in this program.
using Date = std::chrono::year_month_day;

// Where the time comes from. Domain functions take an Instant; only the edge holds a Clock.
class Clock {
  public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
  public:
    Instant now() const override;
};

// For tests: stands still until moved.
class FixedClock final : public Clock {
  public:
    explicit FixedClock(Instant at) : at_(at) {}
    Instant now() const override { return at_; }
    void set(Instant at) { at_ = at; }
    void advance(std::chrono::milliseconds by) { at_ += by; }

  private:
    Instant at_;
};

// Shanghai has kept UTC+8 without summer time since 1992; every date here is later.
Date shanghai_date(Instant);
// The moment a Shanghai day begins.
Instant start_of_day(Date);

// "2026-11-24". Refuses anything that is not a real date in that form.
std::string to_iso(Date);
std::optional<Date> parse_date(std::string_view iso);
// "2026-11-24T09:30:00+08:00", for people's records and the API. parse_instant reads it back, or the form ending in Z.
std::string to_iso(Instant);
std::optional<Instant> parse_instant(std::string_view iso);
// "2026年11月24日" and "24 November 2026"; with minutes " 09:30" behind it for an Instant.
enum class Language { zh, en };
std::string for_people(Date, Language);
std::string for_people(Instant, Language);

}  // namespace yimen
