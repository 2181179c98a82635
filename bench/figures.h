#pragma once
#include <array>
#include <chrono>
#include <cstdint>

#include <boost/json/object.hpp>

namespace bench {

using Moment = std::chrono::steady_clock::time_point;
inline Moment now() { return std::chrono::steady_clock::now(); }

// How long things took, from a microsecond to an hour, each within 1.6 %.
class Latencies {
  public:
    void add(std::chrono::nanoseconds);
    void add(const Latencies&);
    uint64_t count() const { return count_; }
    // In microseconds: at most so much in `share` (0 to 1) of all.
    uint64_t at(double share) const;
    // {"count", "p50_us", "p95_us", "p99_us", "max_us"}
    boost::json::object figures() const;

  private:
    static constexpr int fine_bits = 6, fine = 1 << fine_bits;
    std::array<uint64_t, 32 * fine> buckets_{};
    uint64_t count_ = 0, most_ = 0;
};

// Resident memory of a process in bytes; 0 where there is no such process.
uint64_t memory_of(int process);

}  // namespace bench
