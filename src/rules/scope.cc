#include "rules/scope.h"

namespace yimen::rules {

size_t Scope::declare(std::string_view name, const Type* type) {
    Binding b;
    b.slot = layout_->slots++;
    b.layout = layout_;
    b.type = type;
    entries_.push_back({std::string(name), b});
    return b.slot;
}

void Scope::declare(std::string_view name, Binding b) { entries_.push_back({std::string(name), std::move(b)}); }

size_t Scope::declare_item() {
    auto slot = declare("item");
    Binding b;
    b.kind = Binding::Kind::item;
    b.slot = slot;
    b.layout = layout_;
    entries_.push_back({"", b});
    return slot;
}

bool Scope::in_filter() const {
    return std::ranges::any_of(entries_, [](auto& e) { return e.binding.kind == Binding::Kind::item; });
}

namespace {

// The slot in `layout` where a value of an outer one is captured.
size_t captured(Layout* layout, const Binding& b) {
    if (layout == b.layout || !layout) return b.slot;
    auto outside = captured(layout->outer, b);
    for (auto& [from, to] : layout->captures)
        if (from == outside) return to;
    layout->captures.emplace_back(outside, layout->slots);
    return layout->slots++;
}

}  // namespace

NodeP Scope::node(const Binding& b) {
    if (b.kind == Binding::Kind::constant) return constant(b.value);
    return rules::slot(captured(layout_, b));
}

NodeP Scope::find(std::string_view name) { return find(name, entries_.size()); }

NodeP Scope::find(std::string_view name, size_t below) {
    while (below-- > 0) {
        auto& entry = entries_[below];
        if (entry.binding.kind == Binding::Kind::item)
            return item_member(captured(layout_, entry.binding), name_of(name), find(name, below));
        if (entry.name == name && entry.binding.kind != Binding::Kind::space) return node(entry.binding);
    }
    return nullptr;
}

const Binding* Scope::binding(std::string_view name) const {
    for (auto i = entries_.size(); i-- > 0;)
        if (entries_[i].name == name && entries_[i].binding.kind != Binding::Kind::item) return &entries_[i].binding;
    return nullptr;
}

void Compiling::fault(size_t position, std::string en, std::string zh) {
    if (program.faults.size() < 1000) program.faults.push_back({element, part, position, std::move(en), std::move(zh), line});
}

void Compiling::member(std::string_view name) {
    if (name.find_first_of(" .-+*/'") != name.npos || name.find("\u2019") != name.npos) members.emplace(name);
}

}  // namespace yimen::rules
