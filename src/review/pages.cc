#include "review/pages.h"

#include <charconv>

#include "base/text.h"
#include "review/review.h"

namespace yimen::review {

namespace {

using cases::Event;
using cases::State;
using identity::Act;
using identity::Context;
using web::Response;
using web::words;

std::string path_of(const Context& c) { return fmt::format("/review/cases/{}", c.request.param("id")); }

cases::Desktop desktop(const Context& c) {
    return {"/review", {State::accepted, State::under_review, State::suspended}, c.who().authority};
}

Response queue(const Context& c, const Parts& parts) {
    auto view = cases::worklist_view(c, parts.staff, desktop(c));
    view["title"] = words(c.language(), "review.title");
    view["empty"] = words(c.language(), "review.no_cases");
    return c.page(200, "review/queue", std::move(view));
}

boost::json::array done_view(const Context& c, const Position& where) {
    boost::json::array stages;
    for (auto& done : where.done)
        stages.push_back(web::View{{"by", done.by},
                                   {"verified", done.kind == "verify"},
                                   {"opinion", done.opinion},
                                   {"favourable", done.favourable},
                                   {"at", for_people(done.at, c.language())}});
    return stages;
}

// What this officer may do now: the plan says which stage it is, the authorisation whether it is theirs.
void add_panel(const Context& c, const Case& file, const Position& where, web::View& view) {
    auto may = [&](Act act) { return identity::permits(c.who(), act, file.subject(), c.today()); };
    bool examine = where.now && where.now->act == Act::examine_case, decide = where.now && where.now->act == Act::decide_case;
    bool same = same_person(where, c.who().staff);
    view["done"] = done_view(c, where);
    view["may_examine"] = examine && !same && may(Act::examine_case);
    view["verifying"] = where.now && where.now->kind == "verify";
    view["may_decide"] = decide && !same && may(Act::decide_case);
    view["same_person"] = same;
    view["unauthorised"] = where.now && !same && !may(where.now->act);
    view["may_extend"] = where.now && !file.extension_days && may(Act::extend_limit);
    view["may_suspend"] = where.now && may(Act::suspend_limit);
    view["may_resume"] = file.state == State::suspended && may(Act::suspend_limit);
    view["idle"] = !where.now && file.state != State::suspended;
}

void add_licence(const Context& c, const Case& file, web::View& view) {
    auto licence = c.read([&](db::Tx& tx) { return licences::of_case(tx, file.division, file.id); });
    if (!licence) return;
    view["licence"] = web::View{{"identifier", licence->identifier},
                                {"number", licence->number},
                                {"valid_to", for_people(licence->valid_to, c.language())},
                                {"path", "/window/licences/" + to_text(licence->id) + "/pdf"}};
}

Response show(const Context& c, const Parts& parts, int status = 200, std::string_view error = "", std::string_view about = "",
              bool revealed = false) {
    auto file = cases::case_of_address(c, parts.staff);
    if (!file) return c.refused(404, "window", "not_found");
    auto version = parts.staff.catalogue.version(file->item_version);
    auto view = cases::case_view(c, parts.staff, *file, revealed);
    view["title"] = view.at("number");
    view["base"] = "/review";
    view["queue"] = cases::queue_pane(c, parts.staff, desktop(c), file->id);
    add_panel(c, *file, c.read([&](db::Tx& tx) { return position(tx, *file, *version); }), view);
    add_licence(c, *file, view);
    for (auto* typed : {"opinion", "reasons", "reason", "days", "expected_days"}) view[typed] = c.request.form.get(typed);
    if (!error.empty()) view["error"] = words(c.language(), fmt::format("window.error_{}", error));
    if (!about.empty()) view[fmt::format("wrong_{}", about)] = view["error"];
    return c.page(status, "review/case", std::move(view));
}

// Reasons left out are told beside the field, and what was typed stays.
Response unless_empty(const Context& c, const Parts& parts, std::string_view text, std::string_view about, std::string_view notice,
                      const cases::ActOnCase& act) {
    if (text.empty()) return show(c, parts, 422, code(Refusal::reasons_missing), about);
    return cases::do_act(c, parts.staff, path_of(c), notice, act);
}

Response examine_it(const Context& c, const Parts& parts) {
    std::string opinion(trim(c.request.form.get("opinion")));
    auto advice = c.request.form.get("advice");
    if (advice != "grant" && advice != "refuse") return show(c, parts, 422, "decision_missing", "opinion");
    bool favourable = advice == "grant";
    return unless_empty(c, parts, opinion, "opinion", "review.notice_examined",
                        [&](Desk& desk, CaseId id) { return examine(desk, id, opinion, favourable); });
}

Response decide_it(const Context& c, const Parts& parts) {
    std::string reasons(trim(c.request.form.get("reasons")));
    auto verdict = c.request.form.get("decision");
    if (verdict != "grant" && verdict != "refuse") return show(c, parts, 422, "decision_missing", "reasons");
    bool grant = verdict == "grant";
    return unless_empty(c, parts, grant ? "-" : std::string_view(reasons), "reasons",
                        grant ? "review.notice_granted" : "review.notice_refused",
                        [&](Desk& desk, CaseId id) { return decide(desk, parts.types, id, grant, reasons); });
}

int days_in(std::string_view text) {
    int days = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), days);
    return error == std::errc() && end == text.data() + text.size() ? days : 0;
}

Response extend_it(const Context& c, const Parts& parts) {
    std::string reason(trim(c.request.form.get("reason")));
    int days = days_in(trim(c.request.form.get("days")));
    if (days < 1 || days > 10) return show(c, parts, 422, "days_wrong", "days");
    return unless_empty(c, parts, reason, "reason", "review.notice_extended",
                        [&](Desk& desk, CaseId id) { return cases::extend(desk, id, days, reason); });
}

Response suspend_it(const Context& c, const Parts& parts) {
    std::string reason(trim(c.request.form.get("reason")));
    auto typed = trim(c.request.form.get("expected_days"));
    int days = typed.empty() ? 0 : days_in(typed);
    if (!typed.empty() && (days < 1 || days > cases::longest_suspension))
        return show(c, parts, 422, "expected_days_wrong", "expected_days");
    return unless_empty(c, parts, reason, "suspend", "review.notice_suspended",
                        [&](Desk& desk, CaseId id) { return cases::suspend(desk, id, reason, days); });
}

Response resume_it(const Context& c, const Parts& parts) {
    return cases::do_act(c, parts.staff, path_of(c), "review.notice_resumed",
                         [](Desk& desk, CaseId id) { return cases::resume(desk, id); });
}

// Recorded first; only then the numbers are read.
Response reveal_numbers(const Context& c, const Parts& parts) {
    auto recorded = cases::do_act(c, parts.staff, path_of(c), "", [](Desk& desk, CaseId id) { return cases::reveal(desk, id); });
    return recorded.status >= 400 ? std::move(recorded) : show(c, parts, 200, "", "", true);
}

}  // namespace

void add_pages(identity::Routes& routes, const Parts& parts) {
    using Page = Response (*)(const Context&, const Parts&);
    auto post = [&](std::string pattern, Act act, Page page) {
        routes.post(std::move(pattern), act, [parts, page](Context& c) { return page(c, parts); });
    };
    routes.get("/review", Act::see_worklist, [parts](Context& c) { return queue(c, parts); });
    routes.get("/review/cases/{id}", Act::see_case, [parts](Context& c) { return show(c, parts); });
    post("/review/cases/{id}/reveal", Act::reveal_personal, reveal_numbers);
    post("/review/cases/{id}/examine", Act::examine_case, examine_it);
    post("/review/cases/{id}/decision", Act::decide_case, decide_it);
    post("/review/cases/{id}/extend", Act::extend_limit, extend_it);
    post("/review/cases/{id}/suspend", Act::suspend_limit, suspend_it);
    post("/review/cases/{id}/resume", Act::suspend_limit, resume_it);
}

}  // namespace yimen::review
