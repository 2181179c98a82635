#include "figures.h"

#include <unistd.h>

#include <bit>
#include <fstream>

namespace bench {

namespace {

// Values below 64 stand for themselves; above, each doubling is parted into 64.
template <int fine_bits>
size_t bucket_of(uint64_t value) {
    constexpr uint64_t fine = 1 << fine_bits;
    if (value < fine) return value;
    auto shift = static_cast<uint64_t>(std::bit_width(value)) - fine_bits - 1;
    return (shift + 1) * fine + (value >> shift) - fine;
}

template <int fine_bits>
uint64_t value_of(size_t bucket) {
    constexpr uint64_t fine = 1 << fine_bits;
    if (bucket < fine) return bucket;
    auto shift = bucket / fine - 1;
    return (bucket % fine + fine) << shift;
}

}  // namespace

void Latencies::add(std::chrono::nanoseconds took) {
    auto us = static_cast<uint64_t>(std::max<int64_t>(took.count(), 0)) / 1000;
    ++buckets_[std::min(bucket_of<fine_bits>(us), buckets_.size() - 1)];
    ++count_;
    most_ = std::max(most_, us);
}

void Latencies::add(const Latencies& other) {
    for (size_t i = 0; i < buckets_.size(); ++i) buckets_[i] += other.buckets_[i];
    count_ += other.count_;
    most_ = std::max(most_, other.most_);
}

uint64_t Latencies::at(double share) const {
    auto wanted = static_cast<uint64_t>(static_cast<double>(count_) * share);
    uint64_t seen = 0;
    for (size_t i = 0; i < buckets_.size(); ++i) {
        seen += buckets_[i];
        if (seen > wanted) return std::min(value_of<fine_bits>(i + 1), most_);
    }
    return most_;
}

boost::json::object Latencies::figures() const {
    return {{"count", count_}, {"p50_us", at(0.5)}, {"p95_us", at(0.95)}, {"p99_us", at(0.99)}, {"max_us", most_}};
}

uint64_t memory_of(int process) {
    std::ifstream file(fmt::format("/proc/{}/statm", process));
    uint64_t size = 0, resident = 0;
    file >> size >> resident;
    return resident * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
}

}  // namespace bench
