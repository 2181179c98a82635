#pragma once
#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/codes.h"
#include "catalogue/known_items.h"
#include "catalogue/shelf.h"

namespace yimen::db {
class Database;
}

namespace yimen::catalogue {

// The catalogue as published. A summary of every version is in memory; a version is read whole when it is asked for, and those
// asked for lately are kept. Looks for news about once a second, so that what another node publishes is seen within two; while
// the database is away it goes on with what it has. Safe from any thread.
class PublishedCatalogue final : public Catalogue {
  public:
    // Reads every summary before it returns, and keeps at most so many versions whole. Throws what the database throws, as do
    // in_force, version and open for what is not kept.
    PublishedCatalogue(db::Database&, Division, std::chrono::milliseconds poll = std::chrono::seconds(1), size_t kept = 400);
    ~PublishedCatalogue() override;
    PublishedCatalogue(const PublishedCatalogue&) = delete;

    std::shared_ptr<const ItemVersion> in_force(std::string_view item, Date day) const override;
    std::shared_ptr<const ItemVersion> version(ItemVersionId) const override;
    std::shared_ptr<const ItemSummary> summary(std::string_view item, Date day) const override;
    Items all(Date day) const override;

    // The version in force with its views; nothing where the item is not offered.
    std::shared_ptr<const KnownItem> open(std::string_view item, Date day) const;
    // Whether `open` would answer from memory.
    bool is_open(std::string_view item, Date day) const;

    // Made once a day and after each publishing; everybody in between gets the same.
    std::shared_ptr<const Shelf> shelf(Date day) const;
    // Whether the shelf of that day is made, so that nobody has to wait for it.
    bool has_shelf(Date day) const;
    // Reads what is new now instead of within a second: for whoever has just published.
    void refresh();
    const std::vector<Theme>& themes() const { return themes_; }
    const std::vector<LifeEvent>& life_events() const { return life_events_; }

  private:
    struct Versions;
    void watch(std::chrono::milliseconds poll);

    std::shared_ptr<const Versions> versions() const;
    std::shared_ptr<const KnownItem> known(ItemVersionId) const;
    void make_shelf_anew();

    db::Database& database_;
    Division division_;
    std::vector<Theme> themes_;
    std::vector<LifeEvent> life_events_;
    mutable KnownItems known_;
    std::mutex refreshing_, stopping_;
    mutable std::mutex making_shelf_;
    mutable std::mutex guard_;  // of the three below; held only to copy or replace one
    std::shared_ptr<const Versions> versions_;
    mutable std::shared_ptr<const Shelf> shelf_;
    std::optional<Date> shelf_asked_for_;  // of a day whose shelf a publishing made old
    std::condition_variable stop_;
    bool stopped_ = false;
    std::thread watcher_;
};

}  // namespace yimen::catalogue
