#include "base/log.h"

#include <unistd.h>
#include <cerrno>
#include <ctime>

#include <boost/json/serialize.hpp>
#include <condition_variable>
#include <mutex>
#include <thread>

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
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday, utc.tm_hour,
                       utc.tm_min, utc.tm_sec, millis % 1000);
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

std::string line_of(Level level, std::string_view event, boost::json::object fields) {
    boost::json::object line;
    line["at"] = utc_now();
    line["level"] = name(level);
    line["event"] = event;
    for (auto& [key, value] : fields) line.emplace(key, std::move(value));
    return boost::json::serialize(line) + '\n';
}

// Lines on their way to a thread that writes them, many with one call.
class Waiting {
  public:
    ~Waiting() {
        {
            std::lock_guard lock(guard_);
            stopped_ = true;
        }
        news_.notify_all();
        if (writer_.joinable()) writer_.join();
    }
    void add(std::string_view line) {
        std::lock_guard lock(guard_);
        if (!writer_.joinable()) writer_ = std::thread([this] { write_all(); });
        if (lines_.size() + line.size() > most) return void(++lost_);
        // The writer comes by itself; it is called where that would be late.
        if (lines_.size() < much && lines_.size() + line.size() >= much) news_.notify_all();
        lines_ += line;
    }
    void flush() {
        std::unique_lock lock(guard_);
        hurry_ = true;
        news_.notify_all();
        written_.wait(lock, [&] { return !writer_.joinable() || (lines_.empty() && !writing_); });
        hurry_ = false;
    }

  private:
    static constexpr size_t much = 256 << 10, most = 8 << 20;

    void write_all() {
        std::unique_lock lock(guard_);
        while (!stopped_ || !lines_.empty()) {
            news_.wait_for(lock, std::chrono::milliseconds(100),
                           [&] { return stopped_ || (hurry_ && !lines_.empty()) || lines_.size() >= much; });
            auto lines = std::exchange(lines_, {});
            auto lost = std::exchange(lost_, 0);
            writing_ = true;
            lock.unlock();
            put(lines);
            if (lost) put(line_of(Level::warning, "log_lines_lost", {{"lines", lost}}));
            lock.lock();
            writing_ = false;
            written_.notify_all();
        }
    }

    std::mutex guard_;
    std::condition_variable news_, written_;
    std::string lines_;
    uint64_t lost_ = 0;
    bool writing_ = false, hurry_ = false, stopped_ = false;
    std::thread writer_;
};

Waiting& waiting() {
    static Waiting lines;
    return lines;
}

}  // namespace

void set_level(Level level) { least = level; }

void write(Level level, std::string_view event, boost::json::object fields) {
    if (level >= least) put(line_of(level, event, std::move(fields)));
}

void soon(Level level, std::string_view event, boost::json::object fields) {
    if (level >= least) waiting().add(line_of(level, event, std::move(fields)));
}

void flush() { waiting().flush(); }

}  // namespace yimen::log
