#include "catalogue/browse.h"

#include "base/text.h"
#include "catalogue/views.h"

namespace yimen::catalogue {

namespace {

constexpr size_t most_hits = 400;
// Below this share of the query in the best hit, what was meant is guessed.
constexpr double found_well = 0.999;
// Hits that are this much worse than the best only happen to share a character with the query.
constexpr double too_far_behind = 0.12;

// The dimensions in which the item is not what was chosen, one bit each.
unsigned unlike(const ItemSummary& item, const Filter& filter) {
    unsigned bits = 0, bit = 1;
    for (auto& dimension : dimensions()) {
        if (auto& chosen = filter.*dimension.chosen; !chosen.empty()) {
            bool has = false;
            dimension.values(item, [&](std::string_view value) { has |= value == chosen; });
            if (!has) bits |= bit;
        }
        bit <<= 1;
    }
    return bits;
}

std::vector<Hit> everything(const Shelf& shelf) {
    std::vector<Hit> hits;
    hits.reserve(shelf.popular.size());
    for (auto& item : shelf.popular) hits.push_back({item.get(), 0, {}, 1});
    return hits;
}

std::vector<Hit> hits_of(const Shelf& shelf, const std::string& query) {
    auto hits = shelf.index.search(query, most_hits);
    if (!hits.empty()) std::erase_if(hits, [best = hits.front().score](auto& hit) { return hit.score < best * too_far_behind; });
    return hits;
}

// An item counts for the values of one dimension where it is what was chosen in all the others.
class Counter {
  public:
    void add(const ItemSummary& item, unsigned unlike) {
        unsigned bit = 1;
        for (size_t i = 0; i < dimensions().size(); ++i, bit <<= 1)
            if ((unlike & ~bit) == 0) dimensions()[i].values(item, [&](std::string_view value) { ++counts_[i][value]; });
    }
    std::vector<Facet> facets() const {
        std::vector<Facet> all;
        for (size_t i = 0; i < dimensions().size(); ++i) {
            if (counts_[i].empty()) continue;
            Facet facet{&dimensions()[i], {}};
            for (auto& [value, count] : counts_[i]) facet.values.emplace_back(value, count);
            std::ranges::stable_sort(facet.values, std::ranges::greater(), [](auto& v) { return v.second; });
            all.push_back(std::move(facet));
        }
        return all;
    }

  private:
    std::vector<std::map<std::string_view, size_t>> counts_{dimensions().size()};
};

template <class List>
auto named(const List& list, std::string_view name, auto name_of) -> decltype(&*list.begin()) {
    auto found = std::ranges::find_if(list, [&](auto& one) { return name_of(one) == name; });
    return found == list.end() ? nullptr : &*found;
}

}  // namespace

const Shelf::Department* find_department(const Shelf& shelf, std::string_view name) {
    return named(shelf.departments, name, [](auto& d) -> auto& { return d.name; });
}

const Shelf::OfTheme* find_theme(const Shelf& shelf, std::string_view name) {
    return named(shelf.themes, name, [](auto& t) -> auto& { return t.theme.name; });
}

const Shelf::OfEvent* find_event(const Shelf& shelf, std::string_view name) {
    return named(shelf.events, name, [](auto& e) -> auto& { return e.event.name; });
}

Found look_for(const Shelf& shelf, const Filter& filter) {
    Found found;
    const bool searching = !trim(filter.query).empty();
    found.hits = searching ? hits_of(shelf, filter.query) : everything(shelf);
    if (searching && (found.hits.empty() || found.hits.front().part < found_well))
        found.suggestion = shelf.index.meant(filter.query).value_or("");
    Counter counter;
    std::erase_if(found.hits, [&](auto& hit) {
        const auto bits = unlike(*hit.item, filter);
        counter.add(*hit.item, bits);
        return bits != 0;
    });
    found.facets = counter.facets();
    return found;
}

}  // namespace yimen::catalogue
