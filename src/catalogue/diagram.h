#pragma once
#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace yimen::catalogue {

// Which questions can still change what comes out: a decision diagram over the questions in their order, reduced, so that
// a question stands on a way only where its answers lead to different outcomes, or where the outcome is computed from it.
class Diagram {
  public:
    // A node, or a leaf with the place of its outcome.
    using Ref = uint32_t;
    static constexpr Ref leaf_bit = 1u << 31;
    static Ref leaf(uint32_t outcome) { return outcome | leaf_bit; }
    static bool is_leaf(Ref r) { return r & leaf_bit; }
    static uint32_t outcome(Ref r) { return r & ~leaf_bit; }

    Ref root() const { return root_; }
    void set_root(Ref r) { root_ = r; }
    // For nodes only: the question asked there, where each class of its answers leads, how many questions can still come
    // at most with this one.
    uint32_t question(Ref r) const { return nodes_[r].question; }
    Ref child(Ref r, size_t answer) const { return children_[nodes_[r].first + answer]; }
    uint32_t left(Ref r) const { return is_leaf(r) ? 0 : nodes_[r].left; }

    // The node whose answers lead to these; the one that is there already where there is one, and where all lead to the
    // same, just that.
    Ref node(uint32_t question, std::span<const Ref> children);
    // The same where the answer itself is needed further on, wherever it leads.
    Ref always(uint32_t question, std::span<const Ref> children);
    size_t size() const { return nodes_.size(); }
    // Forgets what is needed for adding nodes only.
    void close();

  private:
    struct Node {
        uint32_t question, left, first;
    };
    Ref root_ = leaf(0);
    std::vector<Node> nodes_;
    std::vector<Ref> children_;
    std::map<std::pair<uint32_t, std::vector<Ref>>, Ref> known_;
};

}  // namespace yimen::catalogue
