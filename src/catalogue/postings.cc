#include "catalogue/postings.h"

#include <algorithm>

namespace yimen::catalogue {

size_t PostingLists::place(uint64_t key) const { return static_cast<size_t>(std::ranges::lower_bound(keys_, key) - keys_.begin()); }

PostingLists::List PostingLists::list(size_t i) const { return {bytes_.data() + starts_[i], bytes_.data() + starts_[i + 1], counts_[i]}; }

PostingLists::List PostingLists::find(uint64_t key) const {
    auto at = place(key);
    return at < keys_.size() && keys_[at] == key ? list(at) : List{};
}

size_t PostingLists::bytes() const {
    return keys_.capacity() * sizeof(uint64_t) + (starts_.capacity() + counts_.capacity()) * sizeof(uint32_t) + bytes_.capacity();
}

void PostingLists::Builder::add(uint64_t key, uint32_t document, uint8_t weight) {
    auto& open = open_[key];
    uint64_t value = uint64_t(document - open.last) << 3 | weight;
    for (; value >= 0x80; value >>= 7) open.bytes.push_back(static_cast<uint8_t>(value | 0x80));
    open.bytes.push_back(static_cast<uint8_t>(value));
    open.last = document;
    ++open.count;
}

PostingLists PostingLists::Builder::finish() {
    PostingLists made;
    size_t total = 0;
    for (auto& [key, open] : open_) {
        made.keys_.push_back(key);
        total += open.bytes.size();
    }
    std::ranges::sort(made.keys_);
    made.keys_.shrink_to_fit();
    made.bytes_.reserve(total);
    made.starts_.reserve(open_.size() + 1);
    made.counts_.reserve(open_.size());
    for (auto key : made.keys_) {
        auto& open = open_[key];
        made.starts_.push_back(static_cast<uint32_t>(made.bytes_.size()));
        made.counts_.push_back(open.count);
        made.bytes_.insert(made.bytes_.end(), open.bytes.begin(), open.bytes.end());
        // Freed as it goes, so that the lists do not stand in memory twice.
        std::vector<uint8_t>().swap(open.bytes);
    }
    made.starts_.push_back(static_cast<uint32_t>(made.bytes_.size()));
    open_.clear();
    return made;
}

}  // namespace yimen::catalogue
