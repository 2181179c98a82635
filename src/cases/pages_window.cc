#include "cases/pages_window.h"

#include "base/text.h"

namespace yimen::cases {

using identity::Act;
using identity::Context;
using web::Response;
using web::words;

namespace {

std::string path_of(const Context& c, std::string_view more = "") { return fmt::format("/window/cases/{}{}", c.request.param("id"), more); }

Desktop desktop(const Context& c) {
    return {"/window", {State::submitted, State::correction_requested, State::accepted, State::under_review}, c.who().authority};
}

Response queue(const Context& c, const StaffParts& parts) {
    auto view = worklist_view(c, parts, desktop(c));
    view["title"] = words(c.language(), "window.title");
    view["empty"] = words(c.language(), "window.no_cases");
    view["may_help"] = identity::permits(c.who().roles, Act::help_applicant);
    return c.page(200, "window/queue", std::move(view));
}

web::View window_case(const Context& c, const StaffParts& parts, const Case& file, bool revealed = false) {
    auto view = case_view(c, parts, file, revealed);
    bool accepts = identity::permits(c.who(), Act::accept_case, file.subject(), c.today());
    view["title"] = view.at("number");
    view["base"] = "/window";
    auto waiting = desktop(c);
    waiting.states = {State::submitted};
    view["queue"] = queue_pane(c, parts, waiting, file.id);
    view["may_accept"] = accepts && next(file.state, Event::accept);
    view["may_correct"] = accepts && next(file.state, Event::request_correction) && c.today() <= file.acceptance_due.value_or(c.today());
    view["too_late"] = accepts && file.state == State::submitted && !view["may_correct"].as_bool();
    view["next_steps"] = view["may_accept"];
    view["may_mend"] = next(file.state, Event::save) && identity::permits(c.who(), Act::help_applicant, file.subject(), c.today());
    return view;
}

Response show(const Context& c, const StaffParts& parts) {
    auto file = case_of_address(c, parts);
    if (!file) return c.refused(404, "window", "not_found");
    return c.page(200, "window/case", window_case(c, parts, *file));
}

// Recorded first; only then the numbers are read.
Response reveal_numbers(const Context& c, const StaffParts& parts) {
    auto file = case_of_address(c, parts);
    if (!file) return c.refused(404, "window", "not_found");
    auto recorded = do_act(c, parts, path_of(c), "", [](Desk& desk, CaseId id) { return reveal(desk, id); });
    if (recorded.status >= 400) return recorded;
    return c.page(200, "window/case", window_case(c, parts, *file, true));
}

Response accept_it(const Context& c, const StaffParts& parts) {
    return do_act(c, parts, path_of(c), "window.notice_accepted", [](Desk& desk, CaseId id) { return accept(desk, id); });
}

// What was ticked and written stays as it was when something is wrong.
Response show_correction(const Context& c, const StaffParts& parts, int status, std::string_view error) {
    auto file = case_of_address(c, parts);
    if (!file) return c.refused(404, "window", "not_found");
    auto view = window_case(c, parts, *file);
    if (!view["may_correct"].as_bool())
        return c.refused(409, "window", code(view["too_late"].as_bool() ? Refusal::correction_too_late : Refusal::not_possible_now));
    auto& form = c.request.form;
    auto keep = [&](boost::json::object& row, std::string_view kind, const std::string& what) {
        auto ticked = form.all(kind);
        row["ticked"] = std::find(ticked.begin(), ticked.end(), what) != ticked.end();
        row["remark"] = form.get("remark." + what);
    };
    for (auto& material : view["materials"].as_array())
        keep(material.as_object(), "material", std::string(material.at("code").as_string()));
    for (auto& section : view["sections"].as_array())
        for (auto& row : section.at("rows").as_array()) keep(row.as_object(), "field", std::string(row.at("field").as_string()));
    view["remark"] = form.get("remark");
    view["title"] = words(c.language(), "window.correction_title");
    if (!error.empty()) view["error"] = words(c.language(), fmt::format("window.error_{}", error));
    return c.page(status, "window/correction", std::move(view));
}

Correction correction_from(const web::Fields& form) {
    Correction wanted;
    for (auto code : form.all("material")) wanted.materials.emplace_back(code);
    for (auto field : form.all("field")) wanted.fields.emplace_back(field);
    for (auto* list : {&wanted.materials, &wanted.fields})
        for (auto& what : *list)
            if (auto remark = trim(form.get("remark." + what)); !remark.empty()) wanted.remarks[what] = remark;
    wanted.remark = trim(form.get("remark"));
    return wanted;
}

Response ask_correction(const Context& c, const StaffParts& parts) {
    auto wanted = correction_from(c.request.form);
    if (wanted.materials.empty() && wanted.fields.empty()) return show_correction(c, parts, 422, code(Refusal::nothing_to_correct));
    return do_act(c, parts, path_of(c), "window.notice_correction_asked",
                  [&](Desk& desk, CaseId id) { return request_correction(desk, id, wanted); });
}

Response show_no_acceptance(const Context& c, const StaffParts& parts, int status, std::string_view error) {
    auto file = case_of_address(c, parts);
    if (!file) return c.refused(404, "window", "not_found");
    auto view = window_case(c, parts, *file);
    view["reason"] = c.request.form.get("reason");
    view["right_authority"] = c.request.form.get("right_authority");
    view["title"] = words(c.language(), "window.no_acceptance_title");
    if (!error.empty()) view["error"] = words(c.language(), fmt::format("window.error_{}", error));
    return c.page(status, "window/no-acceptance", std::move(view));
}

Response refuse_it(const Context& c, const StaffParts& parts) {
    std::string reason(trim(c.request.form.get("reason"))), right(trim(c.request.form.get("right_authority")));
    if (reason.empty()) return show_no_acceptance(c, parts, 422, code(Refusal::reasons_missing));
    return do_act(c, parts, path_of(c), "window.notice_not_accepted",
                  [&](Desk& desk, CaseId id) { return refuse_acceptance(desk, id, reason, right); });
}

Response live(const Context& c) {
    Response response;
    response.body = web::EventStream{{work_topic(c.site.division)}};
    return response;
}

}  // namespace

void add_window_pages(identity::Routes& routes, const StaffParts& parts) {
    routes.get("/window", Act::find_case, [parts](Context& c) { return queue(c, parts); });
    routes.get("/live/work", Act::see_worklist, live, {.live = true});
    routes.get("/window/cases/{id}", Act::see_case, [parts](Context& c) { return show(c, parts); });
    routes.post("/window/cases/{id}/reveal", Act::reveal_personal, [parts](Context& c) { return reveal_numbers(c, parts); });
    routes.post("/window/cases/{id}/accept", Act::accept_case, [parts](Context& c) { return accept_it(c, parts); });
    routes.get("/window/cases/{id}/correction", Act::request_correction,
               [parts](Context& c) { return show_correction(c, parts, 200, ""); });
    routes.post("/window/cases/{id}/correction", Act::request_correction, [parts](Context& c) { return ask_correction(c, parts); });
    routes.get("/window/cases/{id}/no-acceptance", Act::refuse_acceptance,
               [parts](Context& c) { return show_no_acceptance(c, parts, 200, ""); });
    routes.post("/window/cases/{id}/no-acceptance", Act::refuse_acceptance, [parts](Context& c) { return refuse_it(c, parts); });
    add_help_pages(routes, parts);
}

}  // namespace yimen::cases
