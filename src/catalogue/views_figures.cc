#include "catalogue/views_figures.h"

#include "catalogue/browse.h"

namespace yimen::catalogue {

namespace {

struct Row {
    std::string title, path;
    int count;
};

// Longest first; the longest is 400 wide, and none is thinner than one can see.
View chart(std::vector<Row> rows) {
    std::ranges::stable_sort(rows, std::ranges::greater(), &Row::count);
    const int most = rows.empty() ? 1 : std::max(1, rows.front().count);
    boost::json::array bars;
    for (auto& row : rows)
        bars.push_back(
            View{{"title", row.title}, {"path", row.path}, {"count", row.count}, {"width", std::max(4, row.count * 400 / most)}});
    return {{"bars", std::move(bars)}};
}

int counted(const std::map<std::string, int>& counts, const std::string& name) {
    auto found = counts.find(name);
    return found == counts.end() ? 0 : found->second;
}

}  // namespace

View figures_view(const Shelf& shelf, Language language) {
    auto& f = shelf.figures;
    std::vector<Row> departments, types, themes;
    for (auto& department : shelf.departments)
        departments.push_back({department.title.in(language), filter_path("/items", {.department = department.name}),
                               static_cast<int>(department.items.size())});
    for (auto& type : item_types())
        if (auto count = counted(f.by_type, std::string(type.code)))
            types.push_back({std::string(language == Language::en ? type.en : type.zh),
                             filter_path("/items", {.type = std::string(type.code)}), count});
    for (auto& theme : shelf.themes)
        themes.push_back(
            {theme.theme.title.in(language), filter_path("/items", {.theme = theme.theme.name}), static_cast<int>(theme.items.size())});
    return {{"day", to_iso(shelf.day)},
            {"all", f.items},
            {"at_kiosks", f.at_kiosks},
            {"online", f.online},
            {"bookable", f.bookable},
            {"self_service", f.self_service},
            {"approvals_online", f.approvals_online},
            {"approvals_at_most_one_visit", f.approvals_at_most_one_visit},
            {"by_one_or_two", f.by_one_or_two},
            {"situations", f.situations},
            {"on_the_spot", f.on_the_spot},
            {"by_department", chart(std::move(departments))},
            {"by_type", chart(std::move(types))},
            {"by_theme", chart(std::move(themes))}};
}

View figures_answer(const Shelf& shelf, Language language) {
    auto view = figures_view(shelf, language);
    View answer{{"items", view.at("all")}};
    for (auto* name : {"day", "at_kiosks", "online", "bookable", "self_service", "approvals_online", "approvals_at_most_one_visit",
                       "by_one_or_two", "situations", "on_the_spot"})
        answer[name] = view.at(name);
    for (auto [name, counts] : {std::pair{"by_department", &shelf.figures.by_department},
                                {"by_type", &shelf.figures.by_type},
                                {"by_theme", &shelf.figures.by_theme}}) {
        View of;
        for (auto& [key, count] : *counts) of[key] = count;
        answer[name] = std::move(of);
    }
    return answer;
}

}  // namespace yimen::catalogue
