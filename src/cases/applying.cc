#include "cases/about_licence.h"
#include "cases/acts.h"
#include "cases/store.h"
#include "cases/store_work.h"
#include "identity/store_register.h"

// What the applicant does, or a clerk beside them.
namespace yimen::cases {

namespace {

using identity::Act;

Act act_for(const Desk& desk, Act own) { return desk.who.staff ? Act::help_applicant : own; }

boost::json::array names_of(const catalogue::Values& values) {
    boost::json::array names;
    for (auto& [name, value] : values) names.push_back(boost::json::value(name));
    return names;
}

// The item's version knows its authority by credit code; the row keeps the department's id.
Result<identity::AuthorityId, Refusal> authority_of(Desk& desk, const catalogue::ItemVersion& version) {
    auto found = identity::find_authority_by_code(desk.tx, desk.who.division, version.authority_credit_code);
    if (!found) return refuse(Refusal::item_not_offered);
    return found->id;
}

// Looked up only where a locked field is to change: what is known stays as it is known.
std::optional<Refusal> refused(Desk& desk, const Case& c, const catalogue::ItemVersion& version, const catalogue::Values& values) {
    bool locked = false;
    for (auto& [name, value] : values) {
        auto* field = version.field(name);
        if (!field) return Refusal::unknown_field;
        if (field->value || field->kind == catalogue::Field::Kind::files) return Refusal::computed_field;
        auto* before = c.form.if_contains(name);
        locked = locked || (field->locked && (!before || *before != value));
    }
    if (!locked) return std::nullopt;
    auto facts = identity::known(desk.tx, desk.keys.fields, c.division, c.person, c.organisation);
    facts.merge(licence_facts(desk, c.licence));
    for (auto& [name, known] : catalogue::prefill(version, facts, c.answers))
        if (auto* value = values.if_contains(name); value && version.field(name)->locked && *value != known) return Refusal::locked_field;
    return std::nullopt;
}

catalogue::Answers only_asked(const catalogue::ItemVersion& version, const catalogue::Answers& answers, const Applicant& applicant) {
    catalogue::Answers asked{{std::string(catalogue::who_applies), std::string(kind_of(applicant))}};
    for (auto* question : catalogue::asked_questions(version, answers))
        if (auto answer = answers.find(question->name); answer != answers.end()) asked.insert(*answer);
    return asked;
}

boost::json::array codes_of(const catalogue::Outcome& outcome, catalogue::Need need) {
    boost::json::array codes;
    for (auto& one : outcome.materials)
        if (one.need == need) codes.push_back(boost::json::value(one.material->code));
    return codes;
}

// A signature is of whoever applies, or acts for the organisation: asked for only where the form has one.
std::string signer_of(Desk& desk, const Case& c, const catalogue::ItemVersion& version) {
    for (auto& section : version.form)
        for (auto& field : section.fields)
            if (field.kind == catalogue::Field::Kind::signature)
                return identity::known(desk.tx, desk.keys.fields, c.division, c.person, {})["person.name"];
    return "";
}

// What was received for each material, as it stands now: a receipt does not change with what is handed in later.
boost::json::array received(const catalogue::Outcome& outcome, const std::vector<Document>& documents) {
    boost::json::array all;
    for (auto& one : outcome.materials) {
        boost::json::array files;
        for (auto& d : documents)
            if (!d.removed && d.material == one.material->code)
                files.push_back({{"name", d.name}, {"size", d.size}, {"type", d.media_type}});
        if (!files.empty()) all.push_back({{"code", one.material->code}, {"files", std::move(files)}});
    }
    return all;
}

Result<Case, Refusal> hand_in(Desk& desk, Opened opened, const catalogue::Held& held, Event event) {
    auto& c = opened.after;
    if (c.organisation && identity::ended_on(desk.tx, c.division, c.organisation)) return refuse(Refusal::organisation_ended);
    auto moment = event == Event::submit ? Moment::hand_in : Moment::correct;
    if (auto refused = licence_refusal(desk, c, *opened.version, moment)) return refuse(*refused);
    auto outcome = catalogue::guide(*opened.version, c.answers, held);
    if (!outcome) return refuse(Refusal::answers_incomplete);
    auto handed_in = documents(desk.tx, c.division, c.id);
    auto lacks = missing(c, *opened.version, handed_in, held, desk.today(), signer_of(desk, c, *opened.version));
    if (!lacks.fields.empty()) return refuse(Refusal::form_incomplete);
    if (!lacks.materials.empty()) return refuse(Refusal::materials_missing);
    c.situation = outcome->situation->name;
    c.submitted_at = desk.now;
    c.acceptance_due = desk.days.add(desk.today(), opened.version->acceptance_days);
    auto receipt = notice_of(c, "receipt", 'S',
                             {{"acceptance_due", to_iso(*c.acceptance_due)},
                              {"acceptance_days", opened.version->acceptance_days},
                              {"channel", c.channel},
                              {"corrected", event == Event::resubmit},
                              {"materials", received(*outcome, handed_in)},
                              {"exempt", codes_of(*outcome, catalogue::Need::exempt)},
                              {"later", codes_of(*outcome, catalogue::Need::later)}},
                             desk.now);
    return record(desk, std::move(opened), act_for(desk, event == Event::submit ? Act::submit_case : Act::correct_case), event,
                  std::move(receipt));
}

}  // namespace

std::string_view kind_of(const Applicant& applicant) { return applicant.organisation ? "organisation" : "person"; }

std::optional<Refusal> not_for(const catalogue::ItemVersion& version, const Applicant& applicant) {
    if (version.for_applicant(kind_of(applicant))) return std::nullopt;
    return applicant.organisation ? Refusal::only_persons : Refusal::only_organisations;
}

Result<Case, Refusal> begin(Desk& desk, std::string_view item, const catalogue::Answers& answers, const catalogue::Held& held,
                            const Applicant& applicant, catalogue::Values prefilled, LicenceId about) {
    auto version = desk.catalogue.in_force(item, desk.today());
    if (!version) return refuse(Refusal::item_not_offered);
    if (auto refusal = not_for(*version, applicant)) return refuse(*refusal);
    auto outcome = catalogue::guide(*version, answers, held);
    if (!outcome) return refuse(Refusal::answers_incomplete);
    auto authority = authority_of(desk, *version);
    if (!authority) return refuse(authority.error());
    auto licence = licence_for(desk, *version, applicant, about);
    if (!licence) return refuse(licence.error());
    Case c;
    c.division = desk.who.division;
    c.id = make_id<CaseTag>();
    c.item = version->item;
    c.item_version = version->id;
    c.situation = outcome->situation->name;
    c.answers = only_asked(*version, answers, applicant);
    c.licence = *licence;
    c.form = std::move(prefilled);
    catalogue::compute(*version, c.form, c.answers);
    c.person = applicant.person;
    c.organisation = applicant.organisation;
    c.applicant_name = applicant.name;
    c.authority = *authority;
    c.channel = desk.who.staff ? "window" : "online";
    c.helped_by = desk.who.staff;
    c.made_at = c.changed_at = desk.now;
    auto act = act_for(desk, Act::draft_case);
    if (!identity::permits(desk.who, act, c.subject(), desk.today())) return refuse(Refusal::not_permitted);
    insert(desk.tx, desk.keys.fields, c);
    place(desk.tx, c);
    ledger::record(desk.tx,
                   {c.division,
                    "case",
                    {c.id.value},
                    desk.actor,
                    std::string(identity::name(act)),
                    desk.now,
                    nullptr,
                    boost::json::object{{"state", name(c.state)}, {"item", c.item}, {"situation", c.situation}, {"event", "begin"}},
                    digest(c)},
                   ledger::Head::fresh());
    return c;
}

Result<Case, Refusal> save(Desk& desk, CaseId id, const catalogue::Values& values) {
    auto locked = lock(desk.tx, desk.keys.fields, desk.who.division, id);
    if (!locked) return refuse(Refusal::not_found);
    return save(desk, std::move(*locked), values);
}

Result<Case, Refusal> save(Desk& desk, Locked locked, const catalogue::Values& values) {
    auto opened = open(desk, std::move(locked), act_for(desk, Act::draft_case), Event::save);
    if (!opened) return refuse(opened.error());
    if (auto refusal = refused(desk, opened->before, *opened->version, values)) return refuse(*refusal);
    for (auto& [field, value] : values) opened->after.form[field] = value;
    catalogue::compute(*opened->version, opened->after.form, opened->after.answers);
    return record(desk, std::move(*opened), act_for(desk, Act::draft_case), Event::save, std::nullopt, {{"fields", names_of(values)}});
}

Missing missing(const Case& c, const catalogue::ItemVersion& version, const std::vector<Document>& documents, const catalogue::Held& held,
                Date today, std::string_view signer) {
    Missing found;
    found.fields = catalogue::check_form(version, std::nullopt, c.form, c.answers, today, signer);
    auto outcome = catalogue::guide(version, c.answers, held);
    if (!outcome) return found;
    for (auto& need : outcome->materials) {
        if (need.need != catalogue::Need::needed) continue;
        bool there =
            std::any_of(documents.begin(), documents.end(), [&](auto& d) { return !d.removed && d.material == need.material->code; });
        if (!there) found.materials.push_back(need.material->code);
    }
    return found;
}

Result<Case, Refusal> submit(Desk& desk, CaseId id, const catalogue::Held& held, const CaseNumber& number) {
    auto locked = lock(desk.tx, desk.keys.fields, desk.who.division, id);
    if (!locked) return refuse(Refusal::not_found);
    return submit(desk, std::move(*locked), held, number);
}

Result<Case, Refusal> submit(Desk& desk, Locked locked, const catalogue::Held& held, const CaseNumber& number) {
    auto opened = open(desk, std::move(locked), act_for(desk, Act::submit_case), Event::submit);
    if (!opened) return refuse(opened.error());
    opened->after.number = number.text();
    return hand_in(desk, std::move(*opened), held, Event::submit);
}

Result<Case, Refusal> resubmit(Desk& desk, CaseId id, const catalogue::Held& held) {
    auto locked = lock(desk.tx, desk.keys.fields, desk.who.division, id);
    if (!locked) return refuse(Refusal::not_found);
    return resubmit(desk, std::move(*locked), held);
}

// Each complete submission starts the clock of acceptance anew (Administrative License Law art. 32(1)(4)–(5)).
Result<Case, Refusal> resubmit(Desk& desk, Locked locked, const catalogue::Held& held) {
    auto opened = open(desk, std::move(locked), act_for(desk, Act::correct_case), Event::resubmit);
    if (!opened) return refuse(opened.error());
    return hand_in(desk, std::move(*opened), held, Event::resubmit);
}

Result<Case, Refusal> withdraw(Desk& desk, CaseId id, std::string_view reason) {
    auto opened = open(desk, id, Act::withdraw_case, Event::withdraw);
    if (!opened) return refuse(opened.error());
    if (reason.empty() && opened->before.state != State::draft) return refuse(Refusal::reasons_missing);
    return record(desk, std::move(*opened), Act::withdraw_case, Event::withdraw, std::nullopt, {{"reason", reason}});
}

Result<Case, Refusal> discard(Desk& desk, CaseId id) {
    auto locked = lock(desk.tx, desk.keys.fields, desk.who.division, id);
    if (!locked || locked->file.state != State::draft || !locked->file.helped_by) return refuse(Refusal::not_found);
    auto opened = open(desk, std::move(*locked), Act::help_applicant, Event::withdraw);
    if (!opened) return refuse(opened.error());
    return record(desk, std::move(*opened), Act::help_applicant, Event::withdraw, std::nullopt, {{"discarded", true}});
}

}  // namespace yimen::cases
