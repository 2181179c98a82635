#pragma once
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace yimen::catalogue {

// For each key the documents that have it, ascending, each with a weight class from 0 to 7: kept as differences of seven bits a
// byte, which makes one to two bytes of a document. Immutable; made by a Builder.
class PostingLists {
  public:
    struct List {
        const uint8_t *at = nullptr, *end = nullptr;
        uint32_t count = 0;
    };
    List find(uint64_t key) const;
    // Calls `visit(document, weight class)` for each, in order.
    template <class Visit>
    static void each(List list, Visit visit) {
        uint64_t document = 0;
        while (list.at != list.end) {
            uint64_t value = 0;
            int shift = 0;
            for (; *list.at & 0x80; ++list.at, shift += 7) value |= uint64_t(*list.at & 0x7f) << shift;
            value |= uint64_t(*list.at++) << shift;
            document += value >> 3;
            visit(static_cast<uint32_t>(document), static_cast<uint8_t>(value & 7));
        }
    }
    // The keys from `low` to before `high`, with their lists.
    template <class Visit>
    void each_key(uint64_t low, uint64_t high, Visit visit) const {
        for (size_t i = place(low); i < keys_.size() && keys_[i] < high; ++i) visit(keys_[i], list(i));
    }
    size_t keys() const { return keys_.size(); }
    size_t bytes() const;  // in memory

    class Builder {
      public:
        // Documents must come in ascending order, each key of one at most once.
        void add(uint64_t key, uint32_t document, uint8_t weight);
        PostingLists finish();

      private:
        struct Open {
            std::vector<uint8_t> bytes;
            uint32_t last = 0, count = 0;
        };
        std::unordered_map<uint64_t, Open> open_;
    };

  private:
    size_t place(uint64_t key) const;
    List list(size_t) const;

    std::vector<uint64_t> keys_;    // ascending
    std::vector<uint32_t> starts_;  // of each key's list in bytes_, and the end
    std::vector<uint32_t> counts_;
    std::vector<uint8_t> bytes_;
};

}  // namespace yimen::catalogue
