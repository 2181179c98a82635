#include "cases/api_work.h"

#include "base/text.h"
#include "cases/pages_form.h"
#include "cases/pages_help.h"

namespace yimen::cases {

using identity::Act;
using identity::Context;
using web::Response;

namespace {

// Everything that still needs somebody inside, of one's own department.
Desktop desktop(const Context& c) {
    using enum State;
    return {"/api/work",
            {submitted, correction_requested, accepted, under_review, suspended, granted, refused, result_made},
            c.who().authority};
}

Response show(const Context& c, const StaffParts& parts) {
    auto file = case_of_address(c, parts);
    return file ? web::json(200, whole_case_json(c, parts, *file)) : c.refused(404, "window", code(Refusal::not_found));
}

std::vector<std::string> texts_in(const boost::json::object& body, std::string_view name) {
    std::vector<std::string> texts;
    auto* list = body.if_contains(name);
    if (!list || !list->is_array()) return texts;
    for (auto& one : list->as_array())
        if (auto* text = one.if_string()) texts.emplace_back(*text);
    return texts;
}

Response ask_correction(const Context& c, const StaffParts& parts) {
    auto body = json_body(c);
    Correction wanted{texts_in(body, "materials"), texts_in(body, "fields"), {}, text_in(body, "remark")};
    auto* remarks = body.if_contains("remarks");
    if (remarks && remarks->is_object())
        for (auto& [what, remark] : remarks->as_object())
            if (auto* text = remark.if_string()) wanted.remarks[std::string(what)] = *text;
    return do_api_act(c, parts, [&](Desk& desk, CaseId id) { return request_correction(desk, id, wanted); });
}

Response refuse_it(const Context& c, const StaffParts& parts) {
    auto body = json_body(c);
    auto reason = text_in(body, "reason"), right = text_in(body, "right_authority");
    return do_api_act(c, parts, [&](Desk& desk, CaseId id) { return refuse_acceptance(desk, id, trim(reason), trim(right)); });
}

boost::json::object object_in(const boost::json::object& body, std::string_view name) {
    auto* found = body.if_contains(name);
    return found && found->is_object() ? found->get_object() : boost::json::object();
}

Newcomer newcomer_in(const boost::json::object& body) {
    auto person = object_in(body, "person"), organisation = object_in(body, "organisation");
    auto* seen = organisation.if_contains("letter_seen");
    return {text_in(person, "number"),
            text_in(person, "name"),
            text_in(person, "phone"),
            !organisation.empty(),
            text_in(organisation, "credit_code"),
            text_in(organisation, "name"),
            seen && seen->is_bool() && seen->get_bool(),
            parse_id<LicenceTag>(text_in(body, "licence")).value_or(LicenceId{})};
}

Response faulty(const Context& c, const std::vector<Fault>& faults) {
    boost::json::array fields;
    for (auto& fault : faults)
        fields.push_back(
            boost::json::object{{"field", fault.field}, {"code", code(fault.wrong)}, {"message", fault_words(fault, c.language())}});
    return web::problem(422, "newcomer_wrong", web::words(c.language(), "window.error_newcomer_wrong"), {{"fields", std::move(fields)}});
}

// For somebody standing at the window; what follows are the acts of filling in, at the same address as the rest of the work.
Response begin_application(const Context& c, const StaffParts& parts) {
    auto body = json_body(c);
    HelpRefused refused;
    auto answer = begin_helped(c, parts, text_in(body, "item"), answers_of(body), newcomer_in(body), refused, [](const Case& begun) {
        auto object = case_json(begun);
        object["path"] = "/window/drafts/" + to_text(begun.id);
        return web::json(201, std::move(object));
    });
    if (!refused.faults.empty()) return faulty(c, refused.faults);
    if (refused.refusal == Refusal::licence_not_chosen) return licence_not_chosen(c, refused.licences);
    return refused.refusal ? c.refused(status_of(*refused.refusal), "window", code(*refused.refusal)) : std::move(answer);
}

}  // namespace

void add_work_api(identity::Routes& routes, const StaffParts& parts) {
    routes.get("/api/work", Act::see_worklist, [parts](Context& c) { return web::json(200, worklist_json(c, parts, desktop(c))); });
    routes.post("/api/work/applications", Act::help_applicant, [parts](Context& c) { return begin_application(c, parts); });
    add_filling_api(routes, parts, {"/api/work", Act::help_applicant, Act::help_applicant, Act::help_applicant});
    routes.post("/api/work/{id}/discard", Act::help_applicant,
                [parts](Context& c) { return do_api_act(c, parts, [](Desk& desk, CaseId id) { return discard(desk, id); }); });
    routes.get("/api/work/{id}", Act::see_case, [parts](Context& c) { return show(c, parts); });
    routes.post("/api/work/{id}/accept", Act::accept_case,
                [parts](Context& c) { return do_api_act(c, parts, [](Desk& desk, CaseId id) { return accept(desk, id); }); });
    routes.post("/api/work/{id}/correction", Act::request_correction, [parts](Context& c) { return ask_correction(c, parts); });
    routes.post("/api/work/{id}/no-acceptance", Act::refuse_acceptance, [parts](Context& c) { return refuse_it(c, parts); });
}

}  // namespace yimen::cases
