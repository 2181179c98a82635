#include "cases/store.h"

namespace yimen::cases {

namespace {
constexpr int64_t block = 64;
}

CaseNumber Numbers::next(Division division, Date today) {
    std::lock_guard hold(guard_);
    if (day_ != today || division_ != division.code() || next_ >= end_) {
        end_ = database_.write([&](db::Tx& tx) { return lease_numbers(tx, division, today, block); });
        next_ = end_ - block;
        day_ = today;
        division_ = division.code();
    }
    return CaseNumber::make(division, today, next_++);
}

}  // namespace yimen::cases
