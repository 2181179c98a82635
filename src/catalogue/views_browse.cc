#include "base/text.h"
#include "catalogue/browse.h"
#include "catalogue/views.h"

namespace yimen::catalogue {

namespace {

constexpr size_t popular_at_home = 6;

// The most important everyday word of an item in the language: what a search may look like.
std::string example(const ItemSummary& item, Language language) {
    auto ascii = [](unsigned char c) { return c < 0x80; };
    for (auto word : split(item.words, '\n'))
        if (std::ranges::all_of(word, ascii) == (language == Language::en)) return std::string(word);
    return {};
}

boost::json::array examples(const Items& popular, Language language) {
    boost::json::array all;
    for (auto& item : popular) {
        auto word = example(*item, language);
        if (!word.empty() && all.size() < popular_at_home)
            all.push_back(View{{"text", word}, {"path", filter_path("/search", {.query = word})}});
    }
    return all;
}

}  // namespace

View department_view(const Shelf::Department& department, Language language) {
    return {{"name", department.name},
            {"path", "/departments/" + department.name},
            {"title", department.title.in(language)},
            {"count", department.items.size()},
            {"one", department.items.size() == 1}};
}

View theme_view(const Shelf::OfTheme& of, Language language) {
    return {{"name", of.theme.name},
            {"path", "/themes/" + of.theme.name},
            {"title", of.theme.title.in(language)},
            {"hint", of.theme.hint.in(language)},
            {"count", of.items.size()},
            {"one", of.items.size() == 1}};
}

View event_view(const Shelf::OfEvent& of, Language language) {
    return {{"name", of.event.name},
            {"path", "/life-events/" + of.event.name},
            {"title", of.event.title.in(language)},
            {"hint", of.event.hint.in(language)},
            {"count", of.items.size()},
            {"one", of.items.size() == 1}};
}

View browse_view(const Shelf& shelf, Language language) {
    boost::json::array themes, departments, of_persons, of_organisations;
    for (auto& theme : shelf.themes) themes.push_back(theme_view(theme, language));
    for (auto& event : shelf.events)
        (event.event.for_whom == "person" ? of_persons : of_organisations).push_back(event_view(event, language));
    for (auto& department : shelf.departments) departments.push_back(department_view(department, language));
    return {{"popular", cards(shelf.popular, language, popular_at_home)},
            {"examples", examples(shelf.popular, language)},
            {"themes", std::move(themes)},
            {"has_events", !shelf.events.empty()},
            {"person_events", std::move(of_persons)},
            {"organisation_events", std::move(of_organisations)},
            {"departments", std::move(departments)},
            {"item_count", shelf.items.size()}};
}

}  // namespace yimen::catalogue
