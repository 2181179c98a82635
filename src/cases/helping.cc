#include "cases/helping.h"

#include "base/text.h"
#include "cases/about_licence.h"
#include "identity/at_window.h"

namespace yimen::cases {

using identity::Act;

namespace {

constexpr std::string_view wrong_codes[] = {"number_missing",     "number_wrong",   "name_missing",         "phone_wrong",
                                            "code_missing",       "code_wrong",     "organisation_missing", "other_name",
                                            "other_organisation", "letter_missing", "organisation_ended"};

constexpr size_t longest_name = 100;  // characters

// Codes and numbers: no spaces or hyphens, capitals.
std::string without_gaps(std::string_view typed) {
    std::string text;
    for (char c : fold(typed))
        if (c != ' ' && c != '-') text += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return text;
}

bool mobile(std::string_view text) {
    return text.size() == 11 && text[0] == '1' && text[1] >= '3' && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool a_name(std::string_view text) { return !text.empty() && characters(text) <= longest_name; }

// Found or registered, each refusal beside its field.
struct Met {
    identity::PersonId person;
    identity::OrganisationId organisation;
    std::vector<Fault> faults;
};
Met meet(Desk& desk, const Newcomer& n) {
    Met met;
    identity::By by{desk.who.division, desk.actor, desk.now};
    auto person = identity::meet_person(desk.tx, desk.keys.fields, by, {{}, n.name, n.number, n.phone, ""});
    if (person)
        met.person = *person;
    else
        met.faults.push_back({"name", Wrong::other_name});
    if (!n.for_organisation) return met;
    auto organisation =
        identity::meet_organisation(desk.tx, desk.keys.fields, by, {{}, n.organisation, n.credit_code, "company", "", "", ""});
    if (organisation)
        met.organisation = *organisation;
    else
        met.faults.push_back({"organisation", organisation.error() == identity::WindowRefusal::ended ? Wrong::organisation_ended
                                                                                                     : Wrong::other_organisation});
    if (person && organisation && !identity::let_act_for(desk.tx, by, *person, *organisation, n.letter_seen))
        met.faults.push_back({"letter_seen", Wrong::letter_missing});
    return met;
}

catalogue::Values prefilled(Desk& desk, const catalogue::ItemVersion& version, const catalogue::Answers& answers, const Met& met,
                            const Newcomer& n, LicenceId licence) {
    auto facts = identity::known(desk.tx, desk.keys.fields, desk.who.division, met.person, met.organisation);
    facts.merge(licence_facts(desk, licence));
    auto values = catalogue::prefill(version, facts, answers);
    for (auto& section : version.form)
        for (auto& field : section.fields)
            if (field.prefill == "person.phone" && !field.locked) values[field.name] = n.phone;
    return values;
}

}  // namespace

std::string_view code(Wrong wrong) { return wrong_codes[static_cast<int>(wrong)]; }

Newcomer plain(Newcomer n) {
    for (auto* text : {&n.number, &n.phone, &n.credit_code}) *text = without_gaps(*text);
    for (auto* text : {&n.name, &n.organisation}) *text = std::string(trim(*text));
    return n;
}

std::vector<Fault> faults(const Newcomer& n, Date today) {
    std::vector<Fault> found;
    if (!a_name(n.name)) found.push_back({"name", Wrong::name_missing});
    if (n.number.empty())
        found.push_back({"number", Wrong::number_missing});
    else if (auto number = ResidentNumber::parse(n.number, today); !number)
        found.push_back({"number", Wrong::number_wrong, number.error()});
    if (!mobile(n.phone)) found.push_back({"phone", Wrong::phone_wrong});
    if (!n.for_organisation) return found;
    if (!a_name(n.organisation)) found.push_back({"organisation", Wrong::organisation_missing});
    if (n.credit_code.empty())
        found.push_back({"credit_code", Wrong::code_missing});
    else if (auto number = CreditCode::parse(n.credit_code); !number)
        found.push_back({"credit_code", Wrong::code_wrong, number.error()});
    return found;
}

Result<Case, HelpRefused> begin_at_window(Desk& desk, std::string_view item, const catalogue::Answers& answers, const Newcomer& typed) {
    auto n = plain(typed);
    if (!desk.who.staff || !identity::permits(desk.who.roles, Act::help_applicant)) return refuse(HelpRefused{{}, Refusal::not_permitted});
    auto version = desk.catalogue.in_force(item, desk.today());
    if (!version || !version->online()) return refuse(HelpRefused{{}, Refusal::item_not_offered});
    if (auto wrong = faults(n, desk.today()); !wrong.empty()) return refuse(HelpRefused{std::move(wrong)});
    auto met = meet(desk, n);
    if (!met.faults.empty()) return refuse(HelpRefused{std::move(met.faults)});
    auto name = met.organisation ? identity::find_organisation(desk.tx, desk.who.division, met.organisation).value().name
                                 : identity::find_person(desk.tx, desk.who.division, met.person).value().name;
    const Applicant applicant{met.person, met.organisation, std::move(name)};
    auto held = held_by(desk, applicant, *version);
    auto licence = licence_for(desk, *version, applicant, n.licence);
    if (!licence) return refuse(HelpRefused{{}, licence.error(), choices(desk, *version, applicant)});
    auto begun = begin(desk, item, answers, held, applicant, prefilled(desk, *version, answers, met, n, *licence), *licence);
    if (!begun) return refuse(HelpRefused{{}, begun.error()});
    return std::move(*begun);
}

}  // namespace yimen::cases
