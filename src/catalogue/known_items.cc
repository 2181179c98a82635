#include "catalogue/known_items.h"

#include <mutex>

#include "catalogue/views.h"

namespace yimen::catalogue {

KnownItem::KnownItem(ItemVersion read)
    : version(std::move(read)), views{item_view(version, Language::zh), item_view(version, Language::en)} {}

std::shared_ptr<const KnownItem> KnownItems::find(ItemVersionId id) const {
    std::shared_lock lock(guard_);
    auto found = places_.find(id);
    if (found == places_.end()) return nullptr;
    // Written only when it changes: a hot item's cache line stays shared between the cores.
    if (!found->second.asked.load(std::memory_order_relaxed)) found->second.asked.store(true, std::memory_order_relaxed);
    return found->second.item;
}

std::shared_ptr<const KnownItem> KnownItems::keep(std::shared_ptr<const KnownItem> item) {
    std::unique_lock lock(guard_);
    const auto id = item->version.id;
    if (auto found = places_.find(id); found != places_.end()) return found->second.item;
    if (clock_.size() >= most_) make_room();
    places_[id].item = item;
    clock_.push_back(id);
    return item;
}

// The second-chance clock: whoever was asked for since the last round stays.
void KnownItems::make_room() {
    for (;; ++hand_) {
        if (hand_ >= clock_.size()) hand_ = 0;
        auto place = places_.find(clock_[hand_]);
        if (place->second.asked.exchange(false, std::memory_order_relaxed)) continue;
        places_.erase(place);
        clock_[hand_] = clock_.back();
        clock_.pop_back();
        return;
    }
}

size_t KnownItems::size() const {
    std::shared_lock lock(guard_);
    return places_.size();
}

}  // namespace yimen::catalogue
