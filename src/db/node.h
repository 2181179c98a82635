#pragma once
#include <condition_variable>
#include <mutex>
#include <thread>

#include "db/database.h"

namespace yimen::db {

// The number by which this program's ids differ from every other's (base/id.h), leased from the table `node` for ten minutes and
// renewed each minute. Should the database be away for longer and another program have taken the number, a new one is leased:
// meanwhile nothing could be stored, so no two rows met.
class NodeLease {
  public:
    // Throws std::runtime_error where all 512 numbers are held.
    NodeLease(Database&, const Clock&, std::string holder);
    ~NodeLease();  // gives the number back
    NodeLease(const NodeLease&) = delete;
    int number() const { return number_; }

  private:
    void lease();
    void renew_until_stopped();

    Database& database_;
    const Clock& clock_;
    std::string holder_;
    std::atomic<int> number_ = 0;
    std::mutex guard_;
    std::condition_variable stop_;
    bool stopping_ = false;
    std::thread thread_;
};

// Who holds a number at `now`: programs that serve from this database.
std::vector<std::string> node_holders(Database&, Instant now);

}  // namespace yimen::db
