#include "base/log.h"

#include <unistd.h>
#include <cerrno>
#include <ctime>

#include <boost/json/serialize.hpp>

namespace yimen::log {
namespace {

std::atomic<Level> least{Level::info};

std::string_view name(Level level) {
  switch (level) {
    case Level::debug:
      return "debug";
    case Level::info:
      return "info";
    case Level::warning:
      return "warning";
    case Level::error:
      return "error";
  }
  return "error";
}

std::string utc_now() {
  const auto now = std::chrono::system_clock::now();
  const auto millis = std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
  const std::time_t seconds = millis / 1000;
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday,
                     utc.tm_hour, utc.tm_min, utc.tm_sec, millis % 1000);
}

// A log that cannot be written must not stop the work it tells of, so a failure ends in silence.
void put(std::string_view line) {
  static std::mutex one_at_a_time;  // a pipe takes only 4 KB without interleaving
  std::lock_guard lock(one_at_a_time);
  while (!line.empty()) {
    const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
    if (written < 0 && errno != EINTR) return;
    if (written > 0) line.remove_prefix(static_cast<size_t>(written));
  }
}

}  // namespace

void set_level(Level level) { least = level; }

void write(Level level, std::string_view event, boost::json::object fields) {
  if (level < least) return;
  boost::json::object line;
  line["at"] = utc_now();
  line["level"] = name(level);
  line["event"] = event;
  for (auto& [key, value] : fields) line.emplace(key, std::move(value));
  put(boost::json::serialize(line) + '\n');
}

}  // namespace yimen::log
