#include "base/text.h"
#include "cases/pages_staff.h"

// The worklist: filters in the address, exact counts, pages by cursor.
namespace yimen::cases {

using identity::Context;
using web::words;

namespace {

constexpr int rows_a_page = 30;

// Which word, colour and shape a state has; shape and word carry the meaning where colour is not seen.
struct Look {
    State state;
    std::string_view colour, shape;
};
constexpr Look looks[] = {{State::draft, "grey", "○"},         {State::submitted, "blue", "●"},     {State::correction_requested, "yellow", "↩"},
                          {State::accepted, "turquoise", "▶"}, {State::not_accepted, "red", "✕"},   {State::under_review, "turquoise", "▶"},
                          {State::suspended, "grey", "Ⅱ"},     {State::granted, "green", "✓"},      {State::refused, "red", "✕"},
                          {State::result_made, "green", "✓"},  {State::delivered, "green", "✓"},    {State::closed, "grey", "■"},
                          {State::withdrawn, "grey", "■"},     {State::terminated, "grey", "■"}};

std::optional<Date> due_of(const Row& row) { return row.promised_due ? row.promised_due : row.acceptance_due; }

bool runs(State state) { return state == State::submitted || state == State::accepted || state == State::under_review; }

std::string encoded(std::string_view text) {
    std::string out;
    for (unsigned char c : text) out += std::isalnum(c) || c == '-' || c == '_' || c == '.' ? std::string(1, char(c)) : fmt::format("%{:02X}", c);
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

// A search for somebody looks in every state that staff may see; a list without one shows the state chosen.
Wanted wanted_of(const Context& c, const StaffParts& parts, const Desktop& desktop, const Filter& filter, std::string_view due) {
    Wanted wanted;
    if (filter.state) wanted.states = {*filter.state};
    else wanted.states = filter.text.empty() ? desktop.states : std::vector<State>();
    wanted.without_drafts = true;
    wanted.authority = desktop.authority;
    wanted.text = filter.text;
    if (due == "late") wanted.due_to = Date(std::chrono::sys_days(c.today()) - std::chrono::days(1));
    if (due == "soon") wanted.due_from = c.today(), wanted.due_to = parts.days.add(c.today(), 2);
    return wanted;
}

web::View row_view(const Context& c, const StaffParts& parts, const Row& row, std::string_view path) {
    auto english = c.language() == Language::en;
    auto version = parts.catalogue.in_force(row.item, c.today());
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
            {"due", day(runs(row.state) || row.state == State::suspended ? due_of(row) : std::nullopt)},
            {"statutory", day(row.accepted_on ? row.statutory_due : std::nullopt)},
            {"light", light},
            {"light_word", light.empty() ? "" : words(c.language(), fmt::format("window.light_{}", light))}};
}

}  // namespace

web::View state_view(State state, Language language) {
    for (auto& look : looks)
        if (look.state == state)
            return {{"name", name(state)}, {"word", words(language, fmt::format("window.state_{}", name(state)))}, {"colour", look.colour}, {"shape", look.shape}};
    return {};
}

std::string_view light_of(const Row& row, const calendar::WorkingDays& days, Date today) {
    if (row.state == State::suspended) return "paused";
    if (!runs(row.state)) return "";
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

web::View worklist_view(const Context& c, const StaffParts& parts, const Desktop& desktop) {
    auto filter = filter_of(c, desktop);
    auto wanted = wanted_of(c, parts, desktop, filter, filter.due);
    wanted.after = filter.after;
    wanted.most = rows_a_page + 1;
    struct Read {
        std::vector<Row> rows;
        std::map<State, int64_t> by_state;
        int64_t matching, late, soon;
    };
    auto read = c.read([&](db::Tx& tx) {
        auto& division = c.site.division;
        return Read{worklist(tx, division, wanted), counts(tx, division, desktop.authority),
                    count(tx, division, wanted), count(tx, division, wanted_of(c, parts, desktop, filter, "late")),
                    count(tx, division, wanted_of(c, parts, desktop, filter, "soon"))};
    });
    bool more = std::ssize(read.rows) > rows_a_page;
    if (more) read.rows.pop_back();
    auto chosen = filter.state ? name(*filter.state) : std::string_view("all");
    boost::json::array rows, tabs, dues;
    for (auto& row : read.rows) rows.push_back(row_view(c, parts, row, desktop.path));
    int64_t all = 0;
    for (auto state : desktop.states) all += read.by_state[state];
    tabs.push_back(web::View{{"text", words(c.language(), "window.all_states")}, {"count", all}, {"href", std::string(desktop.path) + filter.query("all", filter.due)}, {"current", !filter.state}});
    for (auto state : desktop.states)
        tabs.push_back(web::View{{"text", state_view(state, c.language()).at("word")}, {"count", read.by_state[state]}, {"href", std::string(desktop.path) + filter.query(name(state), filter.due)}, {"current", filter.state == state}});
    for (auto& [due, number] : {std::pair<std::string_view, int64_t>{"late", read.late}, {"soon", read.soon}})
        dues.push_back(web::View{{"text", words(c.language(), fmt::format("window.due_{}", due))}, {"count", number}, {"name", due}, {"current", filter.due == due},
                                 {"href", std::string(desktop.path) + filter.query(chosen, filter.due == due ? "" : due)}});
    web::View view{{"path", desktop.path}, {"has_rows", !rows.empty()}, {"rows", std::move(rows)}, {"tabs", std::move(tabs)}, {"dues", std::move(dues)},
                   {"matching", read.matching}, {"q", filter.text}, {"state", chosen}, {"due", filter.due}, {"further", !filter.after.empty()},
                   {"first", std::string(desktop.path) + filter.query(chosen, filter.due)}};
    if (more) view["next"] = std::string(desktop.path) + filter.query(chosen, filter.due) + "&after=" + cursor(read.rows.back());
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
    auto view = worklist_view(c, parts, desktop);
    auto& rows = view.at("rows").as_array();
    for (auto& row : rows) {
        auto& one = row.as_object();
        one["state"] = one.at("state").at("name");
        one.erase("light_word");
    }
    boost::json::object counts;
    for (auto& due : view.at("dues").as_array()) counts[due.at("name").as_string()] = due.at("count");
    return {{"cases", std::move(rows)}, {"matching", view.at("matching")}, {"due", std::move(counts)}, {"next", view.contains("next") ? view.at("next") : nullptr}};
}

}  // namespace yimen::cases
