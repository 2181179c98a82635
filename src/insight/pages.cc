#include "insight/pages.h"

#include "identity/store.h"
#include "insight/figures.h"

namespace yimen::insight {

namespace {

using cases::StaffParts;
using identity::Act;
using identity::Context;
using web::Response;
using web::words;

constexpr int days_shown = 30;
// The chart's own units: 30 days of 30 units, below an axis of 44 for the numbers.
constexpr int left = 44, top = 12, a_day = 30, height = 200;

std::string tenths(const Count& count) {
    auto found = count.average_tenths();
    return found ? fmt::format("{}.{}", *found / 10, *found % 10) : "—";
}

web::View count_view(const Count& count) {
    return {{"submitted", count.submitted}, {"accepted", count.accepted}, {"decided", count.decided},  {"granted", count.granted},
            {"average", tenths(count)},     {"late", count.late},         {"any_late", count.late > 0}};
}

std::string short_day(Date day) { return fmt::format("{}-{:02}", unsigned(day.month()), unsigned(day.day())); }

// Two bars a day, the days apart by a gap; days off are shaded behind them.
web::View chart_view(const Figures& figures, const StaffParts& parts) {
    int64_t most = 0;
    for (auto& [day, count] : figures.by_day) most = std::max({most, count.submitted, count.decided});
    auto end = axis_end(most);
    auto bar = [&](int x, int64_t value) {
        auto h = static_cast<int>((value * height + end - 1) / end);
        return web::View{{"x", x}, {"y", top + height - h}, {"h", h}, {"any", value > 0}};
    };
    boost::json::array days, lines;
    int x = left;
    for (auto& [day, count] : figures.by_day) {
        auto last = &day == &figures.by_day.back().first;
        bool named = last || (std::chrono::sys_days(figures.by_day.back().first) - std::chrono::sys_days(day)).count() % 7 == 0;
        days.push_back(web::View{{"x", x},
                                 {"middle", x + a_day / 2},
                                 {"off", !parts.days.working(day)},
                                 {"submitted", bar(x + 4, count.submitted)},
                                 {"decided", bar(x + 15, count.decided)},
                                 {"name", named ? short_day(day) : ""}});
        x += a_day;
    }
    for (int i = 0; i <= 5; ++i)
        lines.push_back(
            web::View{{"y", top + height - height * i / 5}, {"text_y", top + height - height * i / 5 + 4}, {"value", end * i / 5}});
    return {{"days", std::move(days)},
            {"lines", std::move(lines)},
            {"left", left},
            {"right", x},
            {"top", top},
            {"height", height},
            {"bottom", top + height + 20},
            {"width", x + 8},
            {"total_height", top + height + 28}};
}

boost::json::array day_rows(const Context& c, const Figures& figures, const StaffParts& parts) {
    boost::json::array rows;
    for (auto day = figures.by_day.rbegin(); day != figures.by_day.rend(); ++day) {
        auto row = count_view(day->second);
        row["name"] = for_people(day->first, c.language());
        row["off"] = !parts.days.working(day->first);
        rows.push_back(std::move(row));
    }
    return rows;
}

// The most submitted first; each with its share of the largest as a bar of 100 units.
template <class Key, class Name>
boost::json::array table(const std::map<Key, Count>& counts, Name name) {
    std::vector<std::pair<Key, Count>> sorted(counts.begin(), counts.end());
    std::ranges::stable_sort(sorted, std::greater(), [](auto& one) { return one.second.submitted; });
    int64_t most = 1;
    for (auto& [key, count] : sorted) most = std::max(most, count.submitted);
    boost::json::array rows;
    for (auto& [key, count] : sorted) {
        auto row = count_view(count);
        row["name"] = name(key);
        row["share"] = count.submitted * 100 / most;
        rows.push_back(std::move(row));
    }
    return rows;
}

struct Read {
    std::vector<cases::DayFigure> happened;
    std::map<cases::State, cases::Standing> standing;
};

Response show(const Context& c, const StaffParts& parts) {
    auto today = c.today();
    Date from(std::chrono::sys_days(today) - std::chrono::days(days_shown - 1));
    auto read = c.read([&](db::Tx& tx) {
        return Read{cases::day_figures(tx, c.site.division, from),
                    cases::standing(tx, c.site.division, {}, today, parts.days.add(today, 2))};
    });
    auto figures = count_up(read.happened, from, today);
    int64_t open = 0, late = 0, soon = 0;
    for (auto& [state, standing] : read.standing) {
        if (cases::clock_runs(state)) open += standing.cases;
        late += standing.late;
        soon += standing.soon;
    }
    auto item_name = [&](const std::string& item) {
        auto version = parts.catalogue.summary(item, today);
        return version ? version->name.in(c.language()) : item;
    };
    auto authority_name = [&](identity::AuthorityId id) {
        auto found = c.read([&](db::Tx& tx) { return identity::find_authority(tx, c.site.division, id); });
        return found ? (c.language() == Language::en ? found->name_en : found->name_zh) : to_text(id);
    };
    auto channel_name = [&](const std::string& channel) { return words(c.language(), fmt::format("window.channel_{}", channel)); };
    web::View view{
        {"title", words(c.language(), "insight.title")},
        {"at", for_people(c.now(), c.language())},
        {"today", count_view(figures.today)},
        {"all", count_view(figures.all)},
        {"open", open},
        {"late", late},
        {"any_late", late > 0},
        {"soon", soon},
        {"any", figures.all.submitted + figures.all.accepted + figures.all.decided > 0},
        {"chart", chart_view(figures, parts)},
        {"days", day_rows(c, figures, parts)},
        {"groups",
         boost::json::array{
             web::View{{"name", words(c.language(), "insight.by_authority")}, {"rows", table(figures.by_authority, authority_name)}},
             web::View{{"name", words(c.language(), "insight.by_item")}, {"rows", table(figures.by_item, item_name)}},
             web::View{{"name", words(c.language(), "insight.by_channel")}, {"rows", table(figures.by_channel, channel_name)}}}}};
    return c.page(200, "insight/figures", std::move(view));
}

}  // namespace

void add_pages(identity::Routes& routes, const StaffParts& parts) {
    routes.get("/figures", Act::see_figures, [parts](Context& c) { return show(c, parts); });
}

}  // namespace yimen::insight
