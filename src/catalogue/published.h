#pragma once
#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/codes.h"
#include "catalogue/shelf.h"

namespace yimen::db {
class Database;
}

namespace yimen::catalogue {

// The catalogue as published, in memory. Looks for news about once a second, so that what another node publishes is
// seen within two; while the database is away it goes on with what it has. Safe from any thread.
class PublishedCatalogue final : public Catalogue {
 public:
  // Reads everything before it returns. Throws what the database throws.
  PublishedCatalogue(db::Database&, Division, std::chrono::milliseconds poll = std::chrono::seconds(1));
  ~PublishedCatalogue() override;
  PublishedCatalogue(const PublishedCatalogue&) = delete;

  std::shared_ptr<const ItemVersion> in_force(std::string_view item, Date day) const override;
  std::shared_ptr<const ItemVersion> version(ItemVersionId) const override;
  std::vector<std::shared_ptr<const ItemVersion>> all(Date day) const override;

  // Made once a day and after each publishing; everybody in between gets the same.
  std::shared_ptr<const Shelf> shelf(Date day) const;
  // Whether the shelf of that day is made, so that nobody has to wait for it.
  bool has_shelf(Date day) const;
  // Reads what is new now instead of within a second: for whoever has just published.
  void refresh();

 private:
  struct Versions;
  void watch(std::chrono::milliseconds poll);

  std::shared_ptr<const Versions> versions() const;

  db::Database& database_;
  Division division_;
  std::vector<Theme> themes_;
  std::mutex refreshing_, stopping_;
  mutable std::mutex making_shelf_;
  mutable std::mutex guard_;  // of the two pointers below; held only to copy or replace one
  std::shared_ptr<const Versions> versions_;
  mutable std::shared_ptr<const Shelf> shelf_;
  std::condition_variable stop_;
  bool stopped_ = false;
  std::thread watcher_;
};

}  // namespace yimen::catalogue
