#include "catalogue/published.h"

#include "base/log.h"
#include "catalogue/store.h"
#include "catalogue/store_versions.h"

namespace yimen::catalogue {

namespace {

LoadedCatalogue shelves() {
    auto files = embedded_files_under("data/catalogue/themes.yaml");
    for (auto& file : embedded_files_under("data/catalogue/life-events.yaml")) files.push_back(file);
    return load_catalogue(files);
}

}  // namespace

struct PublishedCatalogue::Versions {
    int64_t stamp = 0;
    // Of each item, the latest first.
    std::map<std::string, Items, std::less<>> by_item;
    std::map<std::string, Date, std::less<>> withdrawn;  // from when on

    void add(std::shared_ptr<const ItemSummary> version) {
        auto& versions = by_item[version->item];
        versions.push_back(std::move(version));
        std::ranges::stable_sort(versions, [](auto& a, auto& b) { return std::tie(b->from, b->version) < std::tie(a->from, a->version); });
    }

    // A version from the day of the withdrawal on, or later, offers the item again.
    std::shared_ptr<const ItemSummary> on(const Items& versions, Date day) const {
        auto found = std::ranges::find_if(versions, [day](auto& version) { return version->from <= day; });
        if (found == versions.end()) return nullptr;
        auto over = withdrawn.find((*found)->item);
        return over != withdrawn.end() && over->second <= day && (*found)->from < over->second ? nullptr : *found;
    }
};

PublishedCatalogue::PublishedCatalogue(db::Database& database, Division division, std::chrono::milliseconds poll, size_t kept)
    : database_(database), division_(division), known_(kept), versions_(std::make_shared<const Versions>()) {
    auto read = shelves();
    themes_ = std::move(read.themes);
    life_events_ = std::move(read.life_events);
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
            make_shelf_anew();
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
    for (auto& version : news.items) next->add(std::move(version));
    for (auto& over : database_.read([&](db::Tx& tx) { return withdrawals(tx, division_); })) next->withdrawn[over.item] = over.from;
    next->stamp = std::max(latest, news.stamp);
    // A shelf being made from the old versions would otherwise come to stand after this.
    std::lock_guard no_shelf_meanwhile(making_shelf_);
    std::lock_guard lock(guard_);
    versions_ = std::move(next);
    if (shelf_) shelf_asked_for_ = shelf_->day;
    shelf_ = nullptr;
}

// So that nobody who comes after a publishing has to wait for the shelf.
void PublishedCatalogue::make_shelf_anew() {
    std::optional<Date> day;
    {
        std::lock_guard lock(guard_);
        day = std::exchange(shelf_asked_for_, {});
    }
    if (day) shelf(*day);
}

std::shared_ptr<const ItemSummary> PublishedCatalogue::summary(std::string_view item, Date day) const {
    auto known = versions();
    auto found = known->by_item.find(item);
    return found == known->by_item.end() ? nullptr : known->on(found->second, day);
}

std::shared_ptr<const KnownItem> PublishedCatalogue::known(ItemVersionId id) const {
    if (auto item = known_.find(id)) return item;
    auto read = database_.read([&](db::Tx& tx) { return stored_version(tx, division_, id); });
    return read ? known_.keep(std::make_shared<const KnownItem>(std::move(*read))) : nullptr;
}

std::shared_ptr<const KnownItem> PublishedCatalogue::open(std::string_view item, Date day) const {
    auto found = summary(item, day);
    return found ? known(found->id) : nullptr;
}

bool PublishedCatalogue::is_open(std::string_view item, Date day) const {
    auto found = summary(item, day);
    return !found || known_.find(found->id);
}

std::shared_ptr<const ItemVersion> PublishedCatalogue::in_force(std::string_view item, Date day) const {
    auto found = open(item, day);
    return found ? std::shared_ptr<const ItemVersion>(found, &found->version) : nullptr;
}

std::shared_ptr<const ItemVersion> PublishedCatalogue::version(ItemVersionId id) const {
    auto found = known(id);
    return found ? std::shared_ptr<const ItemVersion>(found, &found->version) : nullptr;
}

Items PublishedCatalogue::all(Date day) const {
    Items items;
    auto known = versions();
    for (auto& [item, versions] : known->by_item)
        if (auto version = known->on(versions, day)) items.push_back(std::move(version));
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
    auto made = std::make_shared<const Shelf>(day, all(day), themes_, life_events_);
    std::lock_guard lock(guard_);
    shelf_ = made;
    return made;
}

}  // namespace yimen::catalogue
