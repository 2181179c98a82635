#include "cases/pages_applicant.h"

#include "cases/about_licence.h"
#include "cases/pages_case_parts.h"
#include "cases/pages_form.h"
#include "cases/typing.h"
#include "identity/store.h"

// My cases, and the beginning of one.
namespace yimen::cases {

using identity::Act;
using identity::Context;
using web::Response;
using web::words;

namespace {

constexpr int most_cases = 200;

std::string percent_encoded(std::string_view text) {
    std::string out;
    for (unsigned char c : text)
        out += std::isalnum(c) || c == '-' || c == '_' || c == '.' || c == '/' ? std::string(1, static_cast<char>(c))
                                                                               : fmt::format("%{:02X}", c);
    return out;
}

// The day that matters next, in words; empty where nothing is due.
std::string due_words(const Case& file, Language language) {
    auto say = [&](std::string_view key, Date day) { return words(language, key, {{"date", for_people(day, language)}}); };
    bool waits = file.state == State::submitted && file.acceptance_due;
    if (waits) return say("cases.answer_by", *file.acceptance_due);
    bool runs = (file.state == State::accepted || file.state == State::under_review) && file.promised_due;
    return runs ? say("cases.decision_by", *file.promised_due) : "";
}

web::View row_view(const Context& c, const StaffParts& parts, const Case& file) {
    auto language = c.language();
    auto version = parts.catalogue.version(file.item_version);
    bool draft = file.state == State::draft;
    auto moment = draft ? words(language, "cases.last_changed", {{"at", for_people(file.changed_at, language)}})
                        : words(language, "cases.handed_in_on",
                                {{"at", file.submitted_at ? for_people(shanghai_date(*file.submitted_at), language) : "—"}});
    return {{"href", "/cases/" + to_text(file.id)},
            {"item", version ? version->name.in(language) : file.item},
            {"number", file.number.empty() ? "" : printed_number(file, language)},
            {"state", state_view(file.state, language)},
            {"moment", moment},
            {"due", due_words(file, language)},
            {"draft", draft},
            {"to_do", draft || file.state == State::correction_requested || file.state == State::result_made},
            {"do", draft                                       ? words(language, "cases.go_on")
                   : file.state == State::correction_requested ? words(language, "cases.correct_now")
                                                               : words(language, "cases.look")}};
}

// What waits for the applicant comes first: drafts, corrections, results to take.
int rank(const Case& file) {
    if (file.state == State::draft) return 0;
    if (file.state == State::correction_requested || file.state == State::result_made) return 1;
    return final(file.state) ? 3 : 2;
}

Response list(const Context& c, const StaffParts& parts) {
    auto& who = c.who();
    auto all =
        c.read([&](db::Tx& tx) { return cases_of(tx, c.site.keys.fields, c.site.division, who.person, who.acting_for, most_cases); });
    std::erase_if(all, [](auto& file) { return file.state == State::withdrawn && file.number.empty(); });  // a draft thrown away
    std::ranges::stable_sort(all, {}, rank);
    boost::json::array drafts, open, closed;
    for (auto& file : all) (file.state == State::draft ? drafts : final(file.state) ? closed : open).push_back(row_view(c, parts, file));
    web::View view{{"title", words(c.language(), "cases.list_title")},
                   {"of_whom", who.acting_for ? who.acting_for_name : who.name},
                   {"organisation", bool(who.acting_for)},
                   {"empty", all.empty()},
                   {"has_drafts", !drafts.empty()},
                   {"has_open", !open.empty()},
                   {"has_closed", !closed.empty()},
                   {"drafts", std::move(drafts)},
                   {"open", std::move(open)},
                   {"closed", std::move(closed)}};
    return c.page(200, "cases/list", std::move(view));
}

struct Known {
    catalogue::Held held;
    catalogue::Facts facts;
    bool has_choice = false;                 // organisations they may act for
    std::vector<Case> drafts;                // of the same item
    std::vector<HeldLicence> licences = {};  // that the case could be about
    LicenceId licence = {};                  // the one chosen, or the only one
    bool licence_missing = false;            // it is about one, and they hold none
};

LicenceId chosen_licence(const web::Fields& sent) { return parse_id<LicenceTag>(sent.get("licence")).value_or(LicenceId{}); }

void add_licences(Desk& desk, const Context& c, const catalogue::ItemVersion& version, Known& known) {
    known.licences = choices(desk, version, applicant_of(c));
    auto asked = licence_for(desk, version, applicant_of(c), chosen_licence(c.request.query));
    known.licence_missing = !asked && asked.error() == Refusal::licence_missing;
    if (!asked) return;
    known.licence = *asked;
    known.facts.merge(licence_facts(desk, *asked));
}

Known known_of(const Context& c, const StaffParts& parts, const catalogue::ItemVersion& version) {
    auto& who = c.who();
    return c.read([&](db::Tx& tx) {
        auto desk = desk_of(c, tx, parts);
        Known known{held_by(desk, applicant_of(c), version),
                    identity::known(tx, c.site.keys.fields, c.site.division, who.person, who.acting_for),
                    !identity::may_act_for(tx, c.site.division, who.person, c.today()).empty(),
                    cases_of(tx, c.site.keys.fields, c.site.division, who.person, who.acting_for, most_cases)};
        std::erase_if(known.drafts, [&](auto& file) { return file.state != State::draft || file.item != version.item; });
        add_licences(desk, c, version, known);
        if (known.licence) known.held = held_by(desk, applicant_of(c), version, known.licence);
        return known;
    });
}

boost::json::array prefilled_view(const catalogue::ItemVersion& version, const catalogue::Facts& facts, const catalogue::Answers& answers,
                                  Language language) {
    auto values = catalogue::prefill(version, facts, answers);
    boost::json::array labels;
    for (auto& section : version.form)
        for (auto& field : section.fields)
            if (values.contains(field.name) && catalogue::shown(version, field, values, answers))
                labels.push_back(web::View{{"label", field.label.in(language)}});
    return labels;
}

// The same page without the licence, to choose another.
std::string without_licence(const catalogue::ItemVersion& version, const catalogue::Answers& answers) {
    auto path = "/cases/new?item=" + version.item;
    for (auto& [name, answer] : answers) path += fmt::format("&{}={}", name, percent_encoded(answer));
    return path;
}

web::View begin_view(const Context& c, const catalogue::ItemVersion& version, const catalogue::Answers& answers,
                     const catalogue::Outcome& outcome, const Known& known) {
    auto language = c.language();
    boost::json::array needed, later, exempt, kept;
    for (auto& need : outcome.materials) {
        auto& group = need.need == catalogue::Need::needed ? needed : need.need == catalogue::Need::later ? later : exempt;
        group.push_back(web::View{{"name", need.material->name.in(language)}, {"because", need.because.in(language)}});
    }
    for (auto& [name, answer] : answers) kept.push_back(web::View{{"name", name}, {"value", answer}});
    auto told = answers;
    told[std::string(catalogue::who_applies)] = kind_of(applicant_of(c));
    auto prefilled = prefilled_view(version, known.facts, told, language);
    auto refused = not_for(version, applicant_of(c));
    // Who comes from one of their licences has chosen.
    bool several = known.licences.size() > 1, chosen = several && known.licence;
    auto licences = known.licences;
    if (chosen) std::erase_if(licences, [&](auto& one) { return one.id != known.licence; });
    auto& situation = *outcome.situation;
    return {{"title", words(language, "cases.begin_title", {{"item", version.name.in(language)}})},
            {"item", version.item},
            {"name", version.name.in(language)},
            {"situation", situation.title.in(language)},
            {"limit", situation.promised.days == 0 ? words(language, "cases.begin_at_once")
                                                   : words(language, "cases.begin_days", {{"days", situation.promised.days}})},
            {"fee", situation.fee == Fen{} ? words(language, "cases.begin_no_fee")
                                           : fmt::format("{} {}", yuan_text(situation.fee), words(language, "cases.yuan"))},
            {"result", version.result_name.in(language)},
            {"authority", version.authority.in(language)},
            {"whom", c.who().acting_for ? c.who().acting_for_name : c.who().name},
            {"organisation", bool(c.who().acting_for)},
            {"has_choice", known.has_choice},
            {"act_for", "/act-for?return=" + percent_encoded(c.request.target)},
            {"back", fmt::format("/items/{}/guide{}", version.item,
                                 c.request.target.substr(std::min(c.request.target.find('?'), c.request.target.size())))},
            {"not_for", refused ? words(language, fmt::format("cases.error_{}", code(*refused))) : ""},
            {"has_draft", !known.drafts.empty()},
            {"draft", known.drafts.empty() ? "" : "/cases/" + to_text(known.drafts.front().id)},
            {"has_prefilled", !prefilled.empty()},
            {"prefilled", std::move(prefilled)},
            {"has_needed", !needed.empty()},
            {"needed", std::move(needed)},
            {"has_later", !later.empty()},
            {"later", std::move(later)},
            {"has_exempt", !exempt.empty()},
            {"exempt", std::move(exempt)},
            {"about", !known.licences.empty() && !refused},
            {"several", several && !chosen},
            {"chosen", chosen ? to_text(known.licence) : ""},
            {"choose_other", chosen ? without_licence(version, answers) : ""},
            {"licences", licences_view(licences, known.licence, language)},
            {"kept", std::move(kept)}};
}

// Nobody changes or renews what they do not hold: the way leads to applying for it, or to whoever holds it.
Response no_licence(const Context& c, const StaffParts& parts, const catalogue::ItemVersion& version, const Known& known) {
    auto language = c.language();
    auto granting = item_granting(parts.catalogue, version.licence_type, c.today());
    auto licence = granting ? granting->result_name.in(language) : version.result_name.in(language);
    web::View view{{"title", words(language, "cases.no_licence_title", {{"licence", licence}})},
                   {"item", version.name.in(language)},
                   {"licence", licence},
                   {"whom", c.who().acting_for ? c.who().acting_for_name : c.who().name},
                   {"organisation", bool(c.who().acting_for)},
                   {"has_choice", known.has_choice},
                   {"act_for", "/act-for?return=" + percent_encoded(c.request.target)},
                   {"back", "/items/" + version.item},
                   {"new_item", granting ? "/items/" + granting->item : ""},
                   {"new_name", granting ? granting->name.in(language) : ""}};
    return c.page(200, "cases/no-licence", std::move(view));
}

// Without the answers the way leads back through the questions.
Response before(const Context& c, const StaffParts& parts) {
    auto version = parts.catalogue.in_force(c.request.query.get("item"), c.today());
    if (!version) return c.refused(404, "cases", code(Refusal::item_not_offered));
    if (!version->online()) return c.go("/items/" + version->item);
    auto answers = answers_from(*version, c.request.query);
    auto known = known_of(c, parts, *version);
    if (known.licence_missing && !not_for(*version, applicant_of(c))) return no_licence(c, parts, *version, known);
    auto outcome = catalogue::guide(*version, answers, known.held);
    if (!outcome) return c.go(fmt::format("/items/{}/guide{}", version->item, c.request.target.substr(c.request.target.find('?'))));
    return c.page(200, "cases/begin", begin_view(c, *version, answers, *outcome, known));
}

Response begin_draft(const Context& c, const StaffParts& parts) {
    auto version = parts.catalogue.in_force(c.request.form.get("item"), c.today());
    if (!version || !version->online()) return c.refused(422, "cases", code(Refusal::item_not_offered));
    auto answers = answers_from(*version, c.request.form);
    return c.write([&](db::Tx& tx) -> Response {
        auto begun = begin_for(c, tx, parts, *version, answers, chosen_licence(c.request.form));
        if (!begun && begun.error() == Refusal::answers_incomplete) return c.go(way_back(*version, answers));
        if (!begun) return c.refused(status_of(begun.error()), "cases", code(begun.error()));
        return c.go("/cases/" + to_text(begun->id));
    });
}

}  // namespace

std::string way_back(const catalogue::ItemVersion& version, const catalogue::Answers& answers) {
    std::string query;
    for (auto& [name, answer] : answers) query += fmt::format("{}{}={}", query.empty() ? "?" : "&", name, percent_encoded(answer));
    return fmt::format("/items/{}/guide{}", version.item, query);
}

catalogue::Answers answers_from(const catalogue::ItemVersion& version, const web::Fields& fields) {
    catalogue::Answers answers;
    for (auto& question : version.questions)
        if (auto answer = fields.find(question.name)) answers.emplace(question.name, *answer);
    return answers;
}

Result<Case, Refusal> begin_for(const Context& c, db::Tx& tx, const StaffParts& parts, const catalogue::ItemVersion& version,
                                const catalogue::Answers& answers, LicenceId asked) {
    auto& who = c.who();
    auto desk = desk_of(c, tx, parts);
    auto held = held_by(desk, applicant_of(c), version);
    auto facts = identity::known(tx, c.site.keys.fields, c.site.division, who.person, who.acting_for);
    auto licence = licence_for(desk, version, applicant_of(c), asked);
    if (!licence) return refuse(licence.error());
    facts.merge(licence_facts(desk, *licence));
    return begin(desk, version.item, answers, held, applicant_of(c), catalogue::prefill(version, facts, answers), *licence);
}

Applicant applicant_of(const Context& c) {
    auto& who = c.who();
    return {who.person, who.acting_for, who.acting_for ? who.acting_for_name : who.name};
}

void add_applicant_pages(identity::Routes& routes, const StaffParts& parts) {
    routes.get("/cases", Act::see_own_case, [parts](Context& c) { return list(c, parts); });
    routes.get("/cases/new", Act::draft_case, [parts](Context& c) { return before(c, parts); });
    routes.post("/cases", Act::draft_case, [parts](Context& c) { return begin_draft(c, parts); });
    add_case_pages(routes, parts);
    add_form_pages(routes, parts, at_home);
    add_document_bytes(routes, "/cases/{id}/documents/{document}", Act::see_own_case);
    add_document_bytes(routes, "/window/cases/{id}/documents/{document}", Act::see_case);
}

}  // namespace yimen::cases
