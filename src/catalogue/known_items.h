#pragma once
#include <atomic>
#include <shared_mutex>
#include <unordered_map>

#include "catalogue/catalogue.h"

namespace yimen::catalogue {

// What pages show of one item in one language and what never changes with the request: made once.
struct ItemViews {
    boost::json::object zh, en;
    const boost::json::object& in(Language l) const { return l == Language::en ? en : zh; }
};
// A version read whole, with its views.
struct KnownItem {
    explicit KnownItem(ItemVersion version);
    ItemVersion version;
    ItemViews views;
};

// The versions asked for lately; what nobody asks for makes room. Safe from any thread, and readers do not wait for each other.
class KnownItems {
  public:
    explicit KnownItems(size_t most) : most_(most) {}
    std::shared_ptr<const KnownItem> find(ItemVersionId) const;
    // Whichever of two that were read at the same time came first is kept, and returned.
    std::shared_ptr<const KnownItem> keep(std::shared_ptr<const KnownItem>);
    size_t size() const;

  private:
    struct Place {
        std::shared_ptr<const KnownItem> item;
        mutable std::atomic<bool> asked = true;  // since the hand of the clock last passed
    };
    void make_room();

    const size_t most_;
    mutable std::shared_mutex guard_;
    std::unordered_map<ItemVersionId, Place> places_;
    std::vector<ItemVersionId> clock_;
    size_t hand_ = 0;
};

}  // namespace yimen::catalogue
