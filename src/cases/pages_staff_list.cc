#include "base/text.h"
#include "cases/pages_staff.h"

// The worklist: filters in the address, exact counts, pages by cursor.
namespace yimen::cases {

using identity::Context;
using web::words;

namespace {

constexpr int rows_a_page = 30;
// A search that finds more is told to be narrowed, not counted to its end.
constexpr int64_t most_counted = 1000;

// Which word, colour and shape a state has; shape and word carry the meaning where colour is not seen.
struct Look {
    State state;
    std::string_view colour, shape;
};
constexpr Look looks[] = {
    {State::draft, "grey", "○"},         {State::submitted, "blue", "●"},   {State::correction_requested, "yellow", "↩"},
    {State::accepted, "turquoise", "▶"}, {State::not_accepted, "red", "✕"}, {State::under_review, "turquoise", "▶"},
    {State::suspended, "grey", "Ⅱ"},     {State::granted, "green", "✓"},    {State::refused, "red", "✕"},
    {State::result_made, "green", "✓"},  {State::delivered, "green", "✓"},  {State::closed, "grey", "■"},
    {State::withdrawn, "grey", "■"},     {State::terminated, "grey", "■"}};

std::optional<Date> due_of(const Row& row) { return row.promised_due ? row.promised_due : row.acceptance_due; }

std::string encoded(std::string_view text) {
    std::string out;
    for (unsigned char c : text)
        out += std::isalnum(c) || c == '-' || c == '_' || c == '.' ? std::string(1, char(c)) : fmt::format("%{:02X}", c);
    return out;
}

// What the address asks for.
struct Filter {
    std::optional<State> state;
    std::string due, text, after;
    std::string query(std::string_view state_name, std::string_view due_name) const {
        std::string found = fmt::format("?state={}", state_name);
        if (!due_name.empty()) found += fmt::format("&due={}", due_name);
        if (!text.empty()) found += "&q=" + encoded(text);
        return found;
    }
};

Filter filter_of(const Context& c, const Desktop& desktop) {
    auto& query = c.request.query;
    Filter filter{std::nullopt, std::string(query.get("due")), std::string(trim(query.get("q"))), std::string(query.get("after"))};
    auto state = state_named(query.get("state"));
    if (state && std::ranges::find(desktop.states, *state) != desktop.states.end()) filter.state = state;
    if (filter.due != "late" && filter.due != "soon") filter.due.clear();
    if (auto number = CaseNumber::parse(filter.text)) filter.text = number->text();
    return filter;
}

// Only where a clock runs can anything be late.
std::vector<State> states_wanted(const Desktop& desktop, const Filter& filter) {
    auto states = filter.state ? std::vector<State>{*filter.state} : desktop.states;
    if (!filter.due.empty()) std::erase_if(states, [](State state) { return !clock_runs(state); });
    return states;
}

Date soon_until(const Context& c, const StaffParts& parts) { return parts.days.add(c.today(), 2); }

// What the address asks for, read: a page of rows and how many there are in all.
struct Listing {
    Filter filter;
    std::vector<Row> rows;
    bool more = false;
    std::map<State, Standing> standing;  // of every state; empty for a search
    int64_t matching = 0, late = 0, soon = 0;
    bool exact = true;  // whether no more than `matching` fit
};

// A search for somebody looks in every state that staff may see, unless one is chosen.
void search(const Context& c, const Desktop& desktop, Wanted wanted, Listing& listing) {
    wanted.text = listing.filter.text;
    if (listing.filter.state) wanted.states = {*listing.filter.state};
    wanted.authority = desktop.authority;
    wanted.most = rows_a_page;
    c.read([&](db::Tx& tx) {
        listing.rows = worklist(tx, c.site.division, wanted);
        listing.matching = std::ssize(listing.rows);
        if (listing.matching == rows_a_page) listing.matching = count_named(tx, c.site.division, wanted, most_counted + 1);
    });
    listing.exact = listing.matching <= most_counted;
    listing.matching = std::min(listing.matching, most_counted);
}

Listing read_listing(const Context& c, const StaffParts& parts, const Desktop& desktop) {
    Listing listing;
    listing.filter = filter_of(c, desktop);
    auto& filter = listing.filter;
    if (!filter.text.empty()) return search(c, desktop, {}, listing), listing;
    Wanted wanted;
    wanted.states = states_wanted(desktop, filter);
    wanted.authority = desktop.authority;
    if (filter.due == "late") wanted.due_to = Date(std::chrono::sys_days(c.today()) - std::chrono::days(1));
    if (filter.due == "soon") wanted.due_from = c.today(), wanted.due_to = soon_until(c, parts);
    wanted.after = filter.after;
    wanted.most = rows_a_page + 1;
    c.read([&](db::Tx& tx) {
        listing.standing = standing(tx, c.site.division, desktop.authority, c.today(), soon_until(c, parts));
        if (!wanted.states.empty()) listing.rows = worklist(tx, c.site.division, wanted);
    });
    listing.more = std::ssize(listing.rows) > rows_a_page;
    if (listing.more) listing.rows.pop_back();
    for (auto state : filter.state ? std::vector<State>{*filter.state} : desktop.states) {
        auto& counted = listing.standing[state];
        listing.late += counted.late;
        listing.soon += counted.soon;
        listing.matching += filter.due == "late" ? counted.late : filter.due == "soon" ? counted.soon : counted.cases;
    }
    return listing;
}

web::View row_view(const Context& c, const StaffParts& parts, const Row& row, std::string_view path) {
    auto english = c.language() == Language::en;
    auto version = parts.catalogue.summary(row.item, c.today());
    auto number = CaseNumber::parse(row.number);
    auto light = light_of(row, parts.days, c.today());
    auto day = [&](const std::optional<Date>& date) { return date ? to_iso(*date) : std::string("—"); };
    return {{"id", to_text(row.id)},
            {"path", fmt::format("{}/cases/{}", path, to_text(row.id))},
            {"number", number ? number->printed() : words(c.language(), "window.no_number")},
            {"item", version ? (english ? version->name.en : version->name.zh) : row.item},
            {"applicant", row.applicant_name},
            {"state", state_view(row.state, c.language())},
            {"submitted", row.submitted_at ? to_iso(shanghai_date(*row.submitted_at)) : "—"},
            {"due", day(clock_runs(row.state) || row.state == State::suspended ? due_of(row) : std::nullopt)},
            {"statutory", day(row.accepted_on ? row.statutory_due : std::nullopt)},
            {"light", light},
            {"light_shape", light_shape(light)},
            {"light_word", light_word(row, light, c.language())}};
}

}  // namespace

web::View state_view(State state, Language language) {
    for (auto& look : looks)
        if (look.state == state)
            return {{"name", name(state)},
                    {"word", words(language, fmt::format("window.state_{}", name(state)))},
                    {"colour", look.colour},
                    {"shape", look.shape}};
    return {};
}

std::string_view light_of(const Row& row, const calendar::WorkingDays& days, Date today) {
    if (row.state == State::suspended) return "paused";
    if (!clock_runs(row.state)) return "";
    if (!row.accepted_on) {
        if (!row.acceptance_due) return "";
        return today > *row.acceptance_due ? "red" : days.between(today, *row.acceptance_due) <= 1 ? "yellow" : "green";
    }
    if (!row.promised_due || !row.statutory_due) return "";
    calendar::DueDate promised, statutory;
    promised.date = *row.promised_due;
    statutory.date = *row.statutory_due;
    constexpr std::string_view lights[] = {"green", "yellow", "red", "black"};
    return lights[static_cast<int>(calendar::light(days, *row.accepted_on, promised, statutory, today))];
}

std::string_view light_shape(std::string_view light) {
    constexpr std::pair<std::string_view, std::string_view> shapes[] = {
        {"green", "●"}, {"yellow", "▲"}, {"red", "◆"}, {"black", "■"}, {"paused", "Ⅱ"}};
    for (auto& [name, shape] : shapes)
        if (name == light) return shape;
    return "";
}

std::string light_word(const Row& row, std::string_view light, Language language) {
    if (light.empty()) return "";
    // Nothing is promised yet before the acceptance, which itself is late then.
    return words(language, light == "red" && !row.accepted_on ? "window.light_unaccepted" : fmt::format("window.light_{}", light));
}

web::View worklist_view(const Context& c, const StaffParts& parts, const Desktop& desktop) {
    auto listing = read_listing(c, parts, desktop);
    auto& filter = listing.filter;
    auto chosen = filter.state ? name(*filter.state) : std::string_view("all");
    auto address = [&](std::string_view state, std::string_view due) { return std::string(desktop.path) + filter.query(state, due); };
    bool searched = !filter.text.empty();
    boost::json::array rows, tabs, dues;
    for (auto& row : listing.rows) rows.push_back(row_view(c, parts, row, desktop.path));
    auto tab = [&](std::string text, int64_t count, std::string_view state, bool current) {
        tabs.push_back(web::View{{"text", std::move(text)},
                                 {"counted", !searched},
                                 {"count", count},
                                 {"href", address(state, filter.due)},
                                 {"current", current}});
    };
    int64_t all = 0;
    for (auto state : desktop.states) all += listing.standing[state].cases;
    tab(words(c.language(), "window.all_states"), all, "all", !filter.state);
    for (auto state : desktop.states)
        tab(words(c.language(), fmt::format("window.state_{}", name(state))), listing.standing[state].cases, name(state),
            filter.state == state);
    bool any_clock = std::ranges::any_of(desktop.states, clock_runs);
    for (auto& [due, number] : {std::pair<std::string_view, int64_t>{"late", listing.late}, {"soon", listing.soon}})
        if (any_clock && !searched)
            dues.push_back(web::View{{"text", words(c.language(), fmt::format("window.due_{}", due))},
                                     {"count", number},
                                     {"name", due},
                                     {"none", number == 0},
                                     {"current", filter.due == due},
                                     {"href", address(chosen, filter.due == due ? "" : due)}});
    web::View view{{"path", desktop.path},
                   {"has_rows", !rows.empty()},
                   {"rows", std::move(rows)},
                   {"tabs", std::move(tabs)},
                   {"dues", std::move(dues)},
                   {"matching", listing.matching},
                   {"exact", listing.exact},
                   {"q", filter.text},
                   {"searched", searched},
                   {"clear", std::string(desktop.path)},
                   {"state", chosen},
                   {"due", filter.due},
                   {"further", !filter.after.empty()},
                   {"first", address(chosen, filter.due)}};
    if (listing.more) view["next"] = address(chosen, filter.due) + "&after=" + cursor(listing.rows.back());
    return view;
}

boost::json::array queue_pane(const Context& c, const StaffParts& parts, const Desktop& desktop, CaseId open) {
    Wanted wanted;
    wanted.states = desktop.states;
    wanted.authority = desktop.authority;
    wanted.most = 20;
    boost::json::array rows;
    for (auto& row : c.read([&](db::Tx& tx) { return worklist(tx, c.site.division, wanted); })) {
        auto view = row_view(c, parts, row, desktop.path);
        view["current"] = row.id == open;
        rows.push_back(std::move(view));
    }
    return rows;
}

boost::json::object worklist_json(const Context& c, const StaffParts& parts, const Desktop& desktop) {
    auto listing = read_listing(c, parts, desktop);
    auto day = [](const std::optional<Date>& date) { return date ? boost::json::value(to_iso(*date)) : boost::json::value(nullptr); };
    boost::json::array rows;
    for (auto& row : listing.rows) {
        auto light = light_of(row, parts.days, c.today());
        rows.push_back(boost::json::object{
            {"id", to_text(row.id)},
            {"number", row.number},
            {"item", row.item},
            {"situation", row.situation},
            {"applicant", row.applicant_name},
            {"state", name(row.state)},
            {"submitted_at", row.submitted_at ? boost::json::value(to_iso(*row.submitted_at)) : boost::json::value(nullptr)},
            {"due", day(clock_runs(row.state) ? due_of(row) : std::nullopt)},
            {"statutory_due", day(row.statutory_due)},
            {"light", light.empty() ? boost::json::value(nullptr) : boost::json::value(light)}});
    }
    boost::json::object states;
    for (auto& [state, counted] : listing.standing)
        if (std::ranges::find(desktop.states, state) != desktop.states.end()) states[name(state)] = counted.cases;
    auto next = listing.more ? boost::json::value(cursor(listing.rows.back())) : boost::json::value(nullptr);
    return {{"cases", std::move(rows)}, {"matching", listing.matching}, {"states", std::move(states)},
            {"late", listing.late},     {"soon", listing.soon},         {"next", std::move(next)}};
}

}  // namespace yimen::cases
