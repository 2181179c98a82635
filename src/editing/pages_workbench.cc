#include "base/text.h"
#include "catalogue/store_versions.h"
#include "editing/gate.h"
#include "editing/pages_shared.h"
#include "identity/store_register.h"

// An item's page for analysts: its versions, and the draft of the next one as a list of tasks.
namespace yimen::editing {

namespace {

using catalogue::PublishedVersion;

// In the order of work.
struct Task {
    std::string_view name, group;
};
constexpr Task tasks[] = {{"basics", "describe"}, {"codes", "describe"},   {"law", "describe"},      {"steps", "describe"},
                          {"faqs", "describe"},   {"questions", "decide"}, {"situations", "decide"}, {"materials", "decide"},
                          {"rules", "decide"},    {"sections", "form"},    {"preview", "form"},      {"examples", "try"},
                          {"check", "try"},       {"compare", "publish"},  {"publish", "publish"}};
constexpr std::string_view groups[] = {"describe", "decide", "form", "try", "publish"};

// How many there are of what the task holds; nothing where that says nothing.
std::optional<size_t> count_of(std::string_view task, const json::object& content) {
    if (task == "preview" || task == "compare" || task == "publish" || task == "check" || task == "rules") return std::nullopt;
    auto part = part_named(task, content);
    if (!part || part->list.empty()) return std::nullopt;
    return list_of(*part, content).size();
}

// "todo" where the gate names something in it.
std::string_view task_state(std::string_view task, const Draft& draft, const std::set<std::string, std::less<>>& wrong) {
    if (task == "check") return draft.state == State::checked ? "done" : wrong.empty() ? "ready" : "blocked";
    if (task == "publish") return draft.state == State::checked ? "ready" : "blocked";
    if (task == "compare" || task == "preview") return "open";
    if (wrong.contains(task)) return "todo";
    return "done";
}

json::array tasks_view(const Context& c, const Draft& draft, const Gate& gate) {
    std::set<std::string, std::less<>> wrong;
    for (auto& problem : gate.problems) {
        auto part = problem.part.substr(0, problem.part.find('/'));
        wrong.insert(part.starts_with("fields-") ? "sections" : part);
    }
    json::array all;
    for (auto group : groups) {
        json::array list;
        for (auto& task : tasks) {
            if (task.group != group) continue;
            auto state = task_state(task.name, draft, wrong);
            auto count = count_of(task.name, draft.content);
            list.push_back(View{{"path", path_of(draft.item, task.name)},
                                {"id", task.name},
                                {"text", word_of(c.language(), "editing.part_", task.name)},
                                {"counted", count.has_value()},
                                {"count", count.value_or(0)},
                                {"state", word_of(c.language(), "editing.task_", state)},
                                {"quiet", state == "done" || state == "open"},
                                {"wanting", state == "todo"},
                                {"ready", state == "ready"},
                                {"blocked", state == "blocked"}});
        }
        all.push_back(View{{"text", word_of(c.language(), "editing.group_", group)}, {"tasks", std::move(list)}});
    }
    return all;
}

// Staff by name, each looked up once.
class Names {
  public:
    explicit Names(const Context& c) : c_(c) {}
    std::string of(std::string_view kind, int64_t id) {
        if (kind != "staff") return words(c_.language(), "editing.by_files");
        auto& known = names_[id];
        if (!known.empty()) return known;
        auto found = c_.read([&](db::Tx& tx) { return identity::find_staff(tx, c_.site.division, {id}); });
        return known = found ? found->name : id_text(id);
    }

  private:
    const Context& c_;
    std::map<int64_t, std::string> names_;
};

// Which version is in force, which waits for its day, which another has taken the place of.
std::string_view state_of(const PublishedVersion& version, const std::vector<PublishedVersion>& all,
                          const std::optional<catalogue::Withdrawal>& over, Date today) {
    if (today < version.from) return "scheduled";
    auto in_force = std::ranges::find_if(all, [&](auto& one) { return one.from <= today; });
    if (in_force->version != version.version) return "superseded";
    return over && over->from <= today && version.from < over->from ? "withdrawn" : "in_force";
}

json::array versions_view(const Context& c, const std::vector<PublishedVersion>& versions,
                          const std::optional<catalogue::Withdrawal>& over) {
    Names names(c);
    json::array all;
    auto by_day = versions;
    std::ranges::stable_sort(by_day, [](auto& a, auto& b) { return std::tie(b.from, b.version) < std::tie(a.from, a.version); });
    for (auto& version : versions) {
        auto state = state_of(version, by_day, over, c.today());
        all.push_back(
            View{{"label", words(c.language(), "editing.version_number", {{"version", version.version}})},
                 {"from", for_people(version.from, c.language())},
                 {"published_at", for_people(version.published_at, c.language())},
                 {"by", names.of(version.by_kind, version.by)},
                 {"state", word_of(c.language(), "editing.state_", state)},
                 {"in_force", state == "in_force"},
                 {"earlier", version.version > 1},
                 {"compare", fmt::format("{}?from={}&to={}", path_of(version.item, "compare"), version.version - 1, version.version)}});
    }
    return all;
}

json::array history_view(const Context& c, DraftId draft) {
    Names names(c);
    auto lines = c.read([&](db::Tx& tx) { return ledger::history(tx, c.site.division, {draft.value}); });
    std::ranges::reverse(lines);
    if (lines.size() > 20) lines.resize(20);
    json::array all;
    for (auto& line : lines) {
        std::string what;
        if (line.act == "edit_item" && line.before.is_object() && !line.before.as_object().empty())
            what = line.before.as_object().begin()->key();
        all.push_back(View{{"at", for_people(line.at, c.language())},
                           {"by", names.of(line.actor.kind, line.actor.id)},
                           {"act", word_of(c.language(), "editing.act_", line.act)},
                           {"what", what}});
    }
    return all;
}

Response show_item(const Context& c, const Parts&, int status = 200, std::string_view error = "") {
    auto item = item_of(c);
    auto draft = c.read([&](db::Tx& tx) { return find(tx, c.site.division, item); });
    auto versions = c.read([&](db::Tx& tx) { return catalogue::versions_of(tx, c.site.division, item); });
    if (!draft && versions.empty()) return refusal_page(c, Refusal::not_found);
    auto over = c.read([&](db::Tx& tx) { return catalogue::withdrawal_of(tx, c.site.division, item); });
    bool open = draft && draft->state != State::published;
    Draft shown;
    if (open) shown = *draft;
    if (!open) {
        shown.item = item;
        shown.content =
            c.read([&](db::Tx& tx) { return catalogue::content_of(tx, c.site.division, item, versions.front().version); }).value();
    }
    auto view = head_view(c, shown);
    view["title"] = view.at("name");
    view["open"] = open;
    if (open) {
        auto found = gate(shown, c.today());
        view["groups"] = tasks_view(c, shown, found);
        view["problems"] = found.problems.size();
        view["has_problems"] = !found.passed();
        add_company(c, item, "workbench", view);
    }
    view["has_versions"] = !versions.empty();
    view["versions"] = versions_view(c, versions, over);
    view["may_withdraw"] = !versions.empty() && !over;
    view["withdrawn"] = over.has_value();
    if (over) view["withdrawn_from"] = for_people(over->from, c.language()), view["withdrawn_reason"] = over->reason;
    view["withdraw_from"] = c.request.form.has("from") ? std::string(c.request.form.get("from")) : to_iso(c.today());
    view["reason"] = c.request.form.get("reason");
    if (draft) view["history"] = history_view(c, draft->id);
    view["has_history"] = draft.has_value();
    if (!error.empty()) view["error"] = words(c.language(), fmt::format("editing.error_{}", error));
    return c.page(status, "editing/item", std::move(view));
}

Response begin_it(const Context& c) {
    auto item = item_of(c);
    return do_act(c, item, path_of(item), "editing.notice_begun", [&](Desk& desk) { return begin(desk, item); });
}

Response discard_it(const Context& c) {
    auto item = item_of(c);
    auto draft = open_draft(c, item);
    bool nothing_left = draft && draft->based_on == 0;
    return do_act(c, item, nothing_left ? "/editing" : path_of(item), "editing.notice_discarded",
                  [&](Desk& desk) { return discard(desk, item); });
}

Response withdraw_it(const Context& c, const Parts& parts) {
    auto item = item_of(c);
    auto from = parse_date(trim(c.request.form.get("from")));
    std::string reason(trim(c.request.form.get("reason")));
    if (!from) return show_item(c, parts, 422, "day_wrong");
    std::optional<Refusal> refusal;
    auto answer = c.write([&](db::Tx& tx) -> Response {
        auto desk = desk_of(c, tx);
        auto done = withdraw(desk, item, *from, reason);
        if (done) return tell(c, tx, item), c.go(path_of(item), "editing.notice_withdrawn");
        refusal = done.error();
        return refusal_page(c, done.error());
    });
    if (answer.status < 400) parts.catalogue.refresh();
    if (refusal && status_of(*refusal) == 422) return show_item(c, parts, 422, code(*refusal));
    return answer;
}

}  // namespace

void add_workbench_pages(identity::Routes& routes, const Parts& parts) {
    routes.get("/editing/items/{item}", Act::edit_item, [parts](Context& c) { return show_item(c, parts); });
    routes.post("/editing/items/{item}/begin", Act::edit_item, [](Context& c) { return begin_it(c); });
    routes.post("/editing/items/{item}/discard", Act::edit_item, [](Context& c) { return discard_it(c); });
    routes.post("/editing/items/{item}/withdraw", Act::withdraw_item, [parts](Context& c) { return withdraw_it(c, parts); });
}

}  // namespace yimen::editing
