#include "catalogue/browse.h"
#include "catalogue/views.h"

namespace yimen::catalogue {

namespace {

// Of each group so many are shown at once, the rest behind "more".
constexpr size_t shown_at_once = 6;

// A value as people read it; itself where nothing of that name is on the shelf.
std::string title_of(const Shelf& shelf, const Dimension& dimension, std::string_view value, Language language) {
    if (dimension.flag) return dimension.title.in(language);
    if (dimension.name == "department")
        if (auto* found = find_department(shelf, value)) return found->title.in(language);
    if (dimension.name == "theme")
        if (auto* found = find_theme(shelf, value)) return found->theme.title.in(language);
    if (dimension.name == "event")
        if (auto* found = find_event(shelf, value)) return found->event.title.in(language);
    if (dimension.name == "for") return (value == "person" ? Text{"个人", "Persons"} : Text{"单位", "Organisations"}).in(language);
    if (dimension.name == "type")
        for (auto& type : item_types())
            if (type.code == value) return std::string(language == Language::en ? type.en : type.zh);
    return std::string(value);
}

View option_view(const Shelf& shelf, const Filter& filter, const Dimension& dimension, const std::pair<std::string, size_t>& value,
                 std::string_view path, Language language) {
    auto other = filter;
    const bool chosen = filter.*dimension.chosen == value.first;
    other.*dimension.chosen = chosen ? "" : value.first;
    return {{"title", title_of(shelf, dimension, value.first, language)},
            {"count", value.second},
            {"chosen", chosen},
            {"path", filter_path(path, other)}};
}

// Yes-or-no ways stand together, the others as a group each; a group with one value in it narrows nothing.
void add_ways_to_narrow(View& view, const Shelf& shelf, const Found& found, const Filter& filter, std::string_view path,
                        Language language) {
    boost::json::array flags, groups;
    for (auto& facet : found.facets) {
        auto& dimension = *facet.dimension;
        boost::json::array first, more;
        for (auto& value : facet.values) {
            auto option = option_view(shelf, filter, dimension, value, path, language);
            if (dimension.flag)
                flags.push_back(std::move(option));
            else
                (first.size() < shown_at_once || option.at("chosen").as_bool() ? first : more).push_back(std::move(option));
        }
        if (dimension.flag || facet.values.size() < 2) continue;
        groups.push_back(View{{"id", "by-" + std::string(dimension.name)},
                              {"group", dimension.title.in(language)},
                              {"values", std::move(first)},
                              {"has_more", !more.empty()},
                              {"how_many_more", more.size()},
                              {"more", std::move(more)}});
    }
    view["can_narrow"] = !flags.empty() || !groups.empty();
    view["has_flags"] = !flags.empty();
    view["flags"] = std::move(flags);
    view["groups"] = std::move(groups);
}

void add_chosen(View& view, const Shelf& shelf, const Filter& filter, std::string_view path, Language language) {
    boost::json::array chosen, kept;
    Filter none;
    none.query = filter.query;
    for (auto& dimension : dimensions()) {
        auto& value = filter.*dimension.chosen;
        if (value.empty()) continue;
        auto without = filter;
        (without.*dimension.chosen).clear();
        chosen.push_back(View{{"title", title_of(shelf, dimension, value, language)}, {"path", filter_path(path, without)}});
        kept.push_back(View{{"name", dimension.name}, {"value", value}});
    }
    view["narrowed"] = !chosen.empty();
    view["several_chosen"] = chosen.size() > 1;
    view["chosen"] = std::move(chosen);
    view["kept"] = std::move(kept);
    view["everything"] = filter_path(path, none);
}

}  // namespace

std::string filter_path(std::string_view path, const Filter& filter, size_t page) {
    std::string query;
    auto add = [&](std::string_view name, const std::string& value) {
        if (!value.empty()) query += fmt::format("{}{}={}", query.empty() ? "?" : "&", name, escaped(value));
    };
    add("q", filter.query);
    for (auto& dimension : dimensions()) add(dimension.name, filter.*dimension.chosen);
    add("page", page > 1 ? std::to_string(page) : "");
    return std::string(path) + query;
}

boost::json::array facets_view(const Shelf& shelf, const Found& found, Language language) {
    boost::json::array facets;
    for (auto& facet : found.facets) {
        boost::json::array values;
        for (auto& [value, count] : facet.values)
            values.push_back(View{{"value", value}, {"title", title_of(shelf, *facet.dimension, value, language)}, {"count", count}});
        facets.push_back(
            View{{"name", facet.dimension->name}, {"title", facet.dimension->title.in(language)}, {"values", std::move(values)}});
    }
    return facets;
}

View found_view(const Shelf& shelf, const Found& found, const Filter& filter, std::string_view path, size_t page, Language language) {
    const size_t pages = std::max<size_t>(1, (found.hits.size() + results_a_page - 1) / results_a_page);
    page = std::clamp<size_t>(page, 1, pages);
    const size_t from = (page - 1) * results_a_page, to = std::min(from + results_a_page, found.hits.size());
    boost::json::array items;
    for (size_t i = from; i < to; ++i) items.push_back(hit_view(found.hits[i], filter.query, language));
    View view{{"items", std::move(items)},
              {"count", found.hits.size()},
              {"one", found.hits.size() == 1},
              {"any", !found.hits.empty()},
              {"several_pages", pages > 1},
              {"number", page},
              {"pages", pages},
              {"previous", page > 1 ? filter_path(path, filter, page - 1) : ""},
              {"next", page < pages ? filter_path(path, filter, page + 1) : ""},
              {"suggestion", found.suggestion},
              {"suggestion_path", found.suggestion.empty() ? "" : filter_path("/search", {.query = found.suggestion})}};
    add_ways_to_narrow(view, shelf, found, filter, path, language);
    add_chosen(view, shelf, filter, path, language);
    return view;
}

}  // namespace yimen::catalogue
