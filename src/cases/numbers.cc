#include "cases/cases.h"
#include "db/database.h"

namespace yimen::cases {

namespace {
constexpr int64_t block = 64;
}

CaseNumber Numbers::next(Division division, Date today) {
    std::lock_guard hold(guard_);
    if (day_ != today || division_ != division.code() || next_ >= end_) {
        end_ = database_.write([&](db::Tx& tx) {
            return tx
                .query("INSERT INTO case_number_block (division, day, next) VALUES ($1, $2, $3) "
                       "ON CONFLICT (division, day) DO UPDATE SET next = case_number_block.next + $4 RETURNING next",
                       division, today, block + 1, block)[0]
                .get<int64_t>(0);
        });
        next_ = end_ - block;
        day_ = today;
        division_ = division.code();
    }
    return CaseNumber::make(division, today, next_++);
}

}  // namespace yimen::cases
