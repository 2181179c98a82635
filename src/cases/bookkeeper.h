#pragma once
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/codes.h"

namespace yimen::db {
class Database;
}

namespace yimen::cases {

// A thread that folds what acts have moved into the tallies about once a second. Nobody waits for it: counts are right without it,
// only slower to read the more has moved. While the database is away it waits and tries again. Every node runs one.
class Bookkeeper {
  public:
    Bookkeeper(db::Database&, Division, std::chrono::milliseconds every = std::chrono::seconds(1));
    ~Bookkeeper();
    Bookkeeper(const Bookkeeper&) = delete;
    void stop();

  private:
    void run();
    void fold();

    db::Database& database_;
    const Division division_;
    const std::chrono::milliseconds every_;
    bool healthy_ = true;
    std::mutex guard_;
    std::condition_variable stopping_changed_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace yimen::cases
