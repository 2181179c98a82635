#include "catalogue/diagram.h"

#include <algorithm>

namespace yimen::catalogue {

Diagram::Ref Diagram::node(uint32_t question, std::span<const Ref> children) {
    if (std::ranges::all_of(children, [&](auto c) { return c == children[0]; })) return children[0];
    return always(question, children);
}

Diagram::Ref Diagram::always(uint32_t question, std::span<const Ref> children) {
    auto [found, fresh] = known_.try_emplace({question, {children.begin(), children.end()}}, static_cast<Ref>(nodes_.size()));
    if (!fresh) return found->second;
    uint32_t below = 0;
    for (auto c : children) below = std::max(below, left(c));
    nodes_.push_back({question, below + 1, static_cast<uint32_t>(children_.size())});
    children_.insert(children_.end(), children.begin(), children.end());
    return found->second;
}

void Diagram::close() {
    known_.clear();
    nodes_.shrink_to_fit();
    children_.shrink_to_fit();
}

}  // namespace yimen::catalogue
