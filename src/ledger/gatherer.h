#pragma once
#include <condition_variable>
#include <mutex>
#include <thread>

#include "ledger/ledger.h"

namespace yimen::ledger {

// A thread that gathers what is pending about once a second. Every node runs one; of several only one does the work.
// While the database is away it tries again, waiting longer each time (up to 30 seconds), and logs the first failure
// and the return. stop() (and the end of its life) gathers once more and waits for that.
class Gatherer {
  public:
    Gatherer(db::Database&, crypto::Sm2Key, const Clock&, std::chrono::milliseconds every = std::chrono::seconds(1));
    ~Gatherer();
    Gatherer(const Gatherer&) = delete;
    Gatherer& operator=(const Gatherer&) = delete;
    void stop();

    // For health and metrics: false from a failure until a success.
    bool healthy() const { return healthy_; }
    int64_t gathered() const { return gathered_; }

  private:
    void run();
    bool gather(std::chrono::milliseconds spacing);
    bool stops_within(std::chrono::milliseconds);

    db::Database& database_;
    const crypto::Sm2Key key_;
    const Clock& clock_;
    const std::chrono::milliseconds every_;
    std::atomic<bool> healthy_ = true;
    std::atomic<int64_t> gathered_ = 0;
    std::mutex mutex_;
    std::condition_variable stopping_changed_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace yimen::ledger
