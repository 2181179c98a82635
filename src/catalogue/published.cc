#include "catalogue/published.h"

#include "base/log.h"
#include "catalogue/store.h"

namespace yimen::catalogue {

struct PublishedCatalogue::Versions {
  int64_t stamp = 0;
  // Of each item, the latest first.
  std::map<std::string, Items, std::less<>> by_item;
  std::unordered_map<ItemVersionId, std::shared_ptr<const ItemVersion>> by_id;

  void add(std::shared_ptr<const ItemVersion> version) {
    auto& versions = by_item[version->item];
    versions.push_back(version);
    std::ranges::stable_sort(
        versions, [](auto& a, auto& b) { return std::tie(b->from, b->version) < std::tie(a->from, a->version); });
    by_id[version->id] = std::move(version);
  }

  static std::shared_ptr<const ItemVersion> on(const Items& versions, Date day) {
    for (auto& version : versions)
      if (version->from <= day) return version;
    return nullptr;
  }
};

PublishedCatalogue::PublishedCatalogue(db::Database& database, Division division, std::chrono::milliseconds poll)
    : database_(database),
      division_(division),
      themes_(load_catalogue(embedded_files_under("data/catalogue/themes.yaml")).themes),
      versions_(std::make_shared<const Versions>()) {
  refresh();
  watcher_ = std::thread([this, poll] { watch(poll); });
}

PublishedCatalogue::~PublishedCatalogue() {
  {
    std::lock_guard lock(stopping_);
    stopped_ = true;
  }
  stop_.notify_all();
  watcher_.join();
}

void PublishedCatalogue::watch(std::chrono::milliseconds poll) {
  std::unique_lock lock(stopping_);
  while (!stop_.wait_for(lock, poll, [this] { return stopped_; })) {
    lock.unlock();
    try {
      refresh();
    } catch (const std::exception& error) {
      log::warning("catalogue_not_refreshed", {{"error", error.what()}});
    }
    lock.lock();
  }
}

std::shared_ptr<const PublishedCatalogue::Versions> PublishedCatalogue::versions() const {
  std::lock_guard lock(guard_);
  return versions_;
}

void PublishedCatalogue::refresh() {
  std::lock_guard one_at_a_time(refreshing_);
  auto now = versions();
  auto latest = database_.read([&](db::Tx& tx) { return stamp(tx, division_); });
  if (latest == now->stamp) return;
  auto news = database_.read([&](db::Tx& tx) { return published_after(tx, division_, now->stamp); });
  auto next = std::make_shared<Versions>(*now);
  for (auto& version : news.versions) next->add(std::move(version));
  next->stamp = std::max(latest, news.stamp);
  // A shelf being made from the old versions would otherwise come to stand after this.
  std::lock_guard no_shelf_meanwhile(making_shelf_);
  std::lock_guard lock(guard_);
  versions_ = std::move(next);
  shelf_ = nullptr;
}

std::shared_ptr<const ItemVersion> PublishedCatalogue::in_force(std::string_view item, Date day) const {
  auto known = versions();
  auto found = known->by_item.find(item);
  return found == known->by_item.end() ? nullptr : Versions::on(found->second, day);
}

std::shared_ptr<const ItemVersion> PublishedCatalogue::version(ItemVersionId id) const {
  auto known = versions();
  auto found = known->by_id.find(id);
  return found == known->by_id.end() ? nullptr : found->second;
}

std::vector<std::shared_ptr<const ItemVersion>> PublishedCatalogue::all(Date day) const {
  Items items;
  auto known = versions();
  for (auto& [item, versions] : known->by_item)
    if (auto version = Versions::on(versions, day)) items.push_back(std::move(version));
  return items;
}

bool PublishedCatalogue::has_shelf(Date day) const {
  std::lock_guard lock(guard_);
  return shelf_ && shelf_->day == day;
}

std::shared_ptr<const Shelf> PublishedCatalogue::shelf(Date day) const {
  auto ready = [&]() -> std::shared_ptr<const Shelf> {
    std::lock_guard lock(guard_);
    return shelf_ && shelf_->day == day ? shelf_ : nullptr;
  };
  if (auto shelf = ready()) return shelf;
  std::lock_guard one_maker(making_shelf_);
  if (auto shelf = ready()) return shelf;
  auto made = std::make_shared<const Shelf>(day, all(day), themes_);
  std::lock_guard lock(guard_);
  shelf_ = made;
  return made;
}

}  // namespace yimen::catalogue
