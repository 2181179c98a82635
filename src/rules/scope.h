#pragma once
#include "rules/program.h"

// The names an expression may use while it is compiled, and where their values will lie.
namespace yimen::rules {

// A function body, or the logic of an element: what its frame holds.
struct Layout {
    Layout* outer = nullptr;
    size_t slots = 0;
    std::vector<std::pair<size_t, size_t>> captures;
};

struct Binding;
// What stands behind the name of an import: "Model B.Greet".
using Space = std::vector<std::pair<std::string, Binding>>;

struct Binding {
    enum class Kind { slot, constant, space, item } kind = Kind::slot;
    size_t slot = 0;
    Layout* layout = nullptr;
    const Type* type = nullptr;
    Value value;
    std::shared_ptr<Space> space;
};

class Scope {
  public:
    explicit Scope(Layout& layout) : layout_(&layout) {}

    // Declares a name in a new slot of the present layout, or with the binding given.
    size_t declare(std::string_view name, const Type* = nullptr);
    void declare(std::string_view name, Binding);
    // The item of a filter: its members are names too, which are looked for when evaluating.
    size_t declare_item();
    size_t mark() const { return entries_.size(); }
    void forget(size_t mark) { entries_.resize(mark); }

    struct Entry {
        std::string name;
        Binding binding;
    };
    const std::vector<Entry>& entries() const { return entries_; }
    bool in_filter() const;
    // The node for a name (nullptr where nothing has it), seen from the present layout.
    NodeP find(std::string_view name);
    const Binding* binding(std::string_view name) const;
    NodeP node(const Binding&);

    Layout* layout() { return layout_; }
    void enter(Layout& inner) { inner.outer = std::exchange(layout_, &inner); }
    void leave() { layout_ = layout_->outer; }

  private:
    NodeP find(std::string_view name, size_t below);
    std::vector<Entry> entries_;
    Layout* layout_;
};

// What all expressions of a model share while it is compiled.
struct Compiling {
    Program& program;
    // Names of members that are more than a word, so that they are read as one after a point.
    std::set<std::string, std::less<>> members;
    // Item definitions under each name they can be written by here.
    std::map<std::string, const Type*, std::less<>> types;
    std::string element, part;
    // Where the lines of the file at hand begin, and the line that is being compiled.
    std::shared_ptr<const std::vector<size_t>> lines = {};
    int line = 0;

    void fault(size_t position, std::string en, std::string zh);
    void member(std::string_view name);
};

}  // namespace yimen::rules
