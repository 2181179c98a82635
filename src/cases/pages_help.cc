#include "cases/pages_help.h"
#include "cases/pages_applicant.h"
#include "cases/pages_case_parts.h"
#include "cases/pages_form.h"
#include "cases/pages_window.h"
#include "identity/store_register.h"

// One sitting with somebody who stands at the window: whose application it is, its form, and handing in.
namespace yimen::cases {

using identity::Act;
using identity::Context;
using web::Response;
using web::words;

namespace {

constexpr int most_drafts = 50;

// Who began it, where it was a colleague; several drafts have few clerks.
std::string begun_by(db::Tx& tx, const Context& c, identity::StaffId clerk) {
    if (clerk == c.who().staff) return words(c.language(), "window.help_by_me");
    auto member = identity::find_staff(tx, c.site.division, clerk);
    return member ? member->name : "";
}

boost::json::array drafts_view(const Context& c, const StaffParts& parts) {
    return c.read([&](db::Tx& tx) {
        boost::json::array rows;
        for (auto& file : drafts_at_windows(tx, c.site.keys.fields, c.site.division, c.who().authority, most_drafts)) {
            auto version = parts.catalogue.version(file.item_version);
            rows.push_back(web::View{{"href", "/window/drafts/" + to_text(file.id)},
                                     {"applicant", file.applicant_name},
                                     {"item", version ? version->name.in(c.language()) : file.item},
                                     {"by", begun_by(tx, c, file.helped_by)},
                                     {"changed", for_people(file.changed_at, c.language())}});
        }
        return rows;
    });
}

Response show_help(const Context& c, const StaffParts& parts) {
    auto drafts = drafts_view(c, parts);
    web::View view{{"title", words(c.language(), "window.help_title")}, {"has_drafts", !drafts.empty()}, {"drafts", std::move(drafts)}};
    return c.page(200, "window/help", std::move(view));
}

Newcomer newcomer_of(const web::Fields& form) {
    auto typed = [&](std::string_view name) { return std::string(form.get(name)); };
    return {typed("number"),
            typed("name"),
            typed("phone"),
            form.get("whom") == "organisation",
            typed("credit_code"),
            typed("organisation"),
            form.get("letter_seen") == "yes",
            parse_id<LicenceTag>(form.get("licence")).value_or(LicenceId{})};
}

// What organisations apply for asks for theirs at once.
bool of_organisations(const catalogue::ItemVersion& version) {
    if (!version.for_applicant("person") || !version.for_applicant("organisation")) return version.for_applicant("organisation");
    return std::ranges::any_of(version.form, [](auto& section) {
        return std::ranges::any_of(section.fields, [](auto& field) { return field.prefill.starts_with("organisation."); });
    });
}

web::View newcomer_view(const Context& c, const std::vector<Fault>& wrong, bool for_organisation) {
    web::View view;
    boost::json::array summary;
    auto& form = c.request.form;
    for (auto* field : {"number", "name", "phone", "credit_code", "organisation"}) view[field] = form.get(field);
    for (auto& fault : wrong) {
        auto text = fault_words(fault, c.language());
        view[fmt::format("{}_error", fault.field)] = text;
        summary.push_back(web::View{{"href", fmt::format("#{}", fault.field)}, {"text", text}});
    }
    view["letter_seen"] = form.get("letter_seen") == "yes";
    view["for_organisation"] = for_organisation;
    view["has_errors"] = !wrong.empty();
    view["errors"] = std::move(summary);
    return view;
}

// They hold several licences that it could be about: asked beside what was typed already.
void add_licences(const Context& c, const HelpRefused& refused, web::View& view) {
    view["licences"] = licences_view(refused.licences, {}, c.language());
    view["choose_licence"] = refused.refusal == Refusal::licence_not_chosen && !refused.licences.empty();
    if (!view["choose_licence"].as_bool()) return;
    auto error = words(c.language(), "window.error_licence_not_chosen");
    view["licence_error"] = error;
    view["has_errors"] = true;
    view["errors"].as_array().push_back(web::View{{"href", "#licence-1"}, {"text", error}});
}

Response newcomer_page(const Context& c, const catalogue::ItemVersion& version, const catalogue::Answers& answers, int status,
                       const HelpRefused& refused) {
    auto& wrong = refused.faults;
    auto language = c.language();
    auto chosen = c.request.form.get("whom");
    auto outcome = catalogue::guide(version, answers, catalogue::all_sources(version));
    boost::json::array kept;
    std::string query;
    for (auto& [name, answer] : answers) {
        kept.push_back(web::View{{"name", name}, {"value", answer}});
        query += fmt::format("{}{}={}", query.empty() ? "?" : "&", name, answer);
    }
    auto view = newcomer_view(c, wrong, chosen.empty() ? of_organisations(version) : chosen == "organisation");
    add_licences(c, refused, view);
    view["title"] = (status == 200 ? "" : words(language, "cases.error_prefix")) + words(language, "window.help_new_title");
    view["item"] = version.item;
    view["item_name"] = version.name.in(language);
    view["situation"] = outcome ? outcome->situation->title.in(language) : "";
    view["back"] = fmt::format("/items/{}/guide{}", version.item, query);
    view["kept"] = std::move(kept);
    return c.page(status, "window/help-new", std::move(view));
}

// Without the answers the way leads back through the questions.
Response ask_whom(const Context& c, const StaffParts& parts) {
    auto version = parts.catalogue.in_force(c.request.query.get("item"), c.today());
    if (!version || !version->online()) return c.refused(404, "cases", code(Refusal::item_not_offered));
    auto answers = answers_from(*version, c.request.query);
    if (!catalogue::guide(*version, answers, catalogue::all_sources(*version)))
        return c.go(fmt::format("/items/{}/guide{}", version->item, c.request.target.substr(c.request.target.find('?'))));
    return newcomer_page(c, *version, answers, 200, {});
}

Response begin_for_whom(const Context& c, const StaffParts& parts) {
    auto version = parts.catalogue.in_force(c.request.form.get("item"), c.today());
    if (!version) return c.refused(422, "cases", code(Refusal::item_not_offered));
    auto answers = answers_from(*version, c.request.form);
    HelpRefused refused;
    auto answer = begin_helped(c, parts, version->item, answers, newcomer_of(c.request.form), refused,
                               [&](const Case& begun) { return c.go("/window/drafts/" + to_text(begun.id), "window.notice_help_begun"); });
    if (answer.status < 400 || (refused.faults.empty() && !refused.refusal)) return answer;
    if (refused.refusal == Refusal::licence_not_chosen) return newcomer_page(c, *version, answers, 422, refused);
    if (refused.refusal == Refusal::answers_incomplete) return c.go(way_back(*version, answers));
    if (refused.refusal) return c.refused(status_of(*refused.refusal), "cases", code(*refused.refusal));
    return newcomer_page(c, *version, answers, 422, refused);
}

Response show_draft(const Context& c, const StaffParts& parts) {
    auto file = own_case(c, Act::help_applicant);
    if (!file) return c.refused(404, "cases", code(Refusal::not_found));
    if (!next(file->state, Event::save)) return c.go("/window/cases/" + to_text(file->id));
    return tasks_page(c, filling_of(c, parts, at_window, std::move(*file)));
}

Response ask_discard(const Context& c, const StaffParts& parts) {
    auto file = own_case(c, Act::help_applicant);
    if (!file || file->state != State::draft) return c.refused(404, "cases", code(Refusal::not_found));
    auto version = parts.catalogue.version(file->item_version);
    return c.page(200, "window/discard",
                  {{"title", words(c.language(), "window.discard_title")},
                   {"draft", "/window/drafts/" + to_text(file->id)},
                   {"item", version ? version->name.in(c.language()) : file->item},
                   {"applicant", file->applicant_name},
                   {"changed", for_people(file->changed_at, c.language())}});
}

Response discard_it(const Context& c, const StaffParts& parts) {
    auto id = parse_id<CaseTag>(c.request.param("id"));
    if (!id) return c.refused(404, "cases", code(Refusal::not_found));
    return c.write([&](db::Tx& tx) -> Response {
        auto desk = desk_of(c, tx, parts);
        auto gone = discard(desk, *id);
        if (!gone) return c.refused(status_of(gone.error()), "cases", code(gone.error()));
        return c.go("/window/help", "window.notice_discarded");
    });
}

// The number for the applicant to take home, and the way on for the clerk.
Response show_submitted(const Context& c, const StaffParts& parts) {
    auto file = own_case(c, Act::help_applicant);
    if (!file) return c.refused(404, "cases", code(Refusal::not_found));
    if (file->number.empty()) return c.go("/window/drafts/" + to_text(file->id));
    auto version = parts.catalogue.version(file->item_version);
    auto all = c.read([&](db::Tx& tx) { return notices(tx, file->division, file->id); });
    auto receipt = std::find_if(all.rbegin(), all.rend(), [](auto& notice) { return notice.kind == "receipt"; });
    auto here = "/window/cases/" + to_text(file->id);
    web::View view{{"title", words(c.language(), "cases.submitted_title")},
                   {"number", printed_number(*file, c.language())},
                   {"item", version ? version->name.in(c.language()) : file->item},
                   {"applicant", file->applicant_name},
                   {"case", here},
                   {"receipt", receipt == all.rend() ? "" : fmt::format("{}/notices/{}", here, to_text(receipt->id))},
                   {"waits", file->state == State::submitted},
                   {"state", state_view(file->state, c.language())}};
    return c.page(200, "window/help-submitted", std::move(view));
}

}  // namespace

std::string fault_words(const Fault& fault, Language language) {
    if (fault.at) return describe(*fault.at, language);
    return words(language, fmt::format("window.error_help_{}", code(fault.wrong)));
}

// Two windows may register the same person in the same moment: the second then finds what the first has put there.
Response begin_helped(const Context& c, const StaffParts& parts, std::string_view item, const catalogue::Answers& answers,
                      const Newcomer& newcomer, HelpRefused& refused, const std::function<Response(const Case&)>& done) {
    auto once = [&] {
        return c.write([&](db::Tx& tx) -> Response {
            auto desk = desk_of(c, tx, parts);
            auto begun = begin_at_window(desk, item, answers, newcomer);
            if (begun) return done(*begun);
            refused = begun.error();
            return c.refused(422, "cases", code(refused.refusal.value_or(Refusal::form_incomplete)));
        });
    };
    try {
        return once();
    } catch (const db::Duplicate&) {
        return once();
    }
}

void add_help_pages(identity::Routes& routes, const StaffParts& parts) {
    routes.get("/window/help", Act::help_applicant, [parts](Context& c) { return show_help(c, parts); });
    routes.get("/window/help/new", Act::help_applicant, [parts](Context& c) { return ask_whom(c, parts); });
    routes.post("/window/help/new", Act::help_applicant, [parts](Context& c) { return begin_for_whom(c, parts); });
    routes.get("/window/drafts/{id}", Act::help_applicant, [parts](Context& c) { return show_draft(c, parts); });
    routes.get("/window/drafts/{id}/discard", Act::help_applicant, [parts](Context& c) { return ask_discard(c, parts); });
    routes.post("/window/drafts/{id}/discard", Act::help_applicant, [parts](Context& c) { return discard_it(c, parts); });
    routes.get("/window/drafts/{id}/submitted", Act::help_applicant, [parts](Context& c) { return show_submitted(c, parts); });
    add_form_pages(routes, parts, at_window);
    add_document_bytes(routes, "/window/drafts/{id}/documents/{document}", Act::help_applicant);
}

}  // namespace yimen::cases
