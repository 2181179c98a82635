#include <unicode/basictz.h>
#include <unicode/timezone.h>

#include "rules/temporal.h"

namespace yimen::rules {

struct Zone::Rules {
    std::unique_ptr<icu::TimeZone> zone;
};

Zone::Zone(std::string name, std::unique_ptr<Rules> rules) : name_(std::move(name)), rules_(std::move(rules)) {}
Zone::~Zone() = default;

const Zone* Zone::find(std::string_view name) {
    static std::mutex guard;
    static std::map<std::string, std::unique_ptr<Zone>, std::less<>> known;
    if (name.empty() || name.size() > 64) return nullptr;
    std::lock_guard lock(guard);
    if (auto found = known.find(name); found != known.end()) return found->second.get();
    auto id = icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), int32_t(name.size())));
    std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(id));
    icu::UnicodeString got;
    // ICU takes "GMT+5" and the like as made-up zones; only names of the tz database count.
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString canonical;
    UBool system = false;
    icu::TimeZone::getCanonicalID(id, canonical, system, status);
    if (U_FAILURE(status) || !system || *zone == icu::TimeZone::getUnknown()) return nullptr;
    auto rules = std::make_unique<Rules>();
    rules->zone = std::move(zone);
    auto& kept = known[std::string(name)];
    kept.reset(new Zone(std::string(name), std::move(rules)));
    return kept.get();
}

int32_t Zone::offset_at_local(CivilDate date, int64_t nanoseconds) const {
    UErrorCode status = U_ZERO_ERROR;
    int32_t raw = 0, summer = 0;
    // The tables end where a double still counts milliseconds exactly; far beyond them the rules no longer change.
    auto days = std::clamp<int64_t>(days_since_1970(date), -10'000'000, 10'000'000);
    int64_t milliseconds = days * 86'400'000 + nanoseconds / 1'000'000;
    rules_->zone->getOffset(UDate(milliseconds), true, raw, summer, status);
    return U_FAILURE(status) ? 0 : (raw + summer) / 1000;
}

int32_t Zone::offset_at(__int128 at) const {
    UErrorCode status = U_ZERO_ERROR;
    int32_t raw = 0, summer = 0;
    constexpr __int128 limit = __int128(10'000'000) * whole_day;
    rules_->zone->getOffset(UDate(int64_t(std::clamp<__int128>(at, -limit, limit) / 1'000'000)), false, raw, summer, status);
    return U_FAILURE(status) ? 0 : (raw + summer) / 1000;
}

int32_t Zone::standard_offset() const { return rules_->zone->getRawOffset() / 1000; }

}  // namespace yimen::rules
