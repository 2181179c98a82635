#include "identity/policy.h"

#include "identity/identity.h"

namespace yimen::identity {

namespace {

using enum Role;

constexpr uint32_t bit(Role role) { return static_cast<uint32_t>(role); }
template <class... R>
constexpr uint32_t only(R... roles) {
    return (bit(roles) | ...);
}
constexpr uint32_t everybody = 1u << 31;
constexpr uint32_t signed_in = 0x1ff;
constexpr uint32_t desk = only(guide_clerk, window_clerk);
constexpr uint32_t inside = only(guide_clerk, window_clerk, officer, issuing_clerk);

struct Rule {
    Act act;
    std::string_view name;
    uint32_t who;
};

// Who may do what, by role. What depends on the case, or on an authorisation, is asked below.
constexpr Rule rules[] = {
    {Act::browse, "browse", everybody},
    {Act::ask_guidance, "ask_guidance", everybody},
    {Act::verify_licence, "verify_licence", everybody},
    {Act::verify_receipt, "verify_receipt", everybody},
    {Act::sign_in, "sign_in", everybody},
    {Act::sign_out, "sign_out", signed_in},
    {Act::manage_own_account, "manage_own_account", signed_in},
    {Act::read_own_notifications, "read_own_notifications", only(applicant)},
    {Act::draft_case, "draft_case", only(applicant)},
    {Act::submit_case, "submit_case", only(applicant)},
    {Act::see_own_case, "see_own_case", only(applicant)},
    {Act::correct_case, "correct_case", only(applicant)},
    {Act::withdraw_case, "withdraw_case", only(applicant)},
    {Act::download_result, "download_result", only(applicant)},
    {Act::see_own_licences, "see_own_licences", only(applicant)},
    {Act::find_case, "find_case", inside | only(auditor)},
    {Act::see_case, "see_case", inside | only(auditor)},
    {Act::help_applicant, "help_applicant", only(window_clerk)},
    {Act::request_correction, "request_correction", only(window_clerk)},
    {Act::accept_case, "accept_case", only(window_clerk)},
    {Act::refuse_acceptance, "refuse_acceptance", only(window_clerk)},
    {Act::see_worklist, "see_worklist", inside},
    {Act::examine_case, "examine_case", only(officer)},
    {Act::decide_case, "decide_case", only(officer)},
    {Act::extend_limit, "extend_limit", only(officer)},
    {Act::suspend_limit, "suspend_limit", only(officer)},
    {Act::make_result, "make_result", only(issuing_clerk)},
    {Act::deliver_result, "deliver_result", only(issuing_clerk)},
    {Act::edit_item, "edit_item", only(analyst)},
    {Act::check_item, "check_item", only(analyst)},
    {Act::publish_item, "publish_item", only(analyst)},
    {Act::withdraw_item, "withdraw_item", only(analyst)},
    {Act::import_items, "import_items", only(analyst)},
    {Act::confirm_import, "confirm_import", only(analyst)},
    {Act::see_figures, "see_figures", only(director, administrator)},
    {Act::see_health, "see_health", only(administrator)},
    {Act::manage_staff, "manage_staff", only(administrator)},
    {Act::read_ledger, "read_ledger", only(auditor)},
    {Act::reveal_personal, "reveal_personal", desk | only(officer)},
    {Act::read_api_description, "read_api_description", everybody},
};

// The one that says most about somebody comes first.
constexpr struct {
    Role role;
    std::string_view name;
} role_names[] = {{administrator, "administrator"}, {auditor, "auditor"},         {director, "director"},           {officer, "officer"},
                  {window_clerk, "window_clerk"},   {guide_clerk, "guide_clerk"}, {issuing_clerk, "issuing_clerk"}, {analyst, "analyst"},
                  {applicant, "applicant"}};

const Rule* rule_of(Act act) {
    for (auto& rule : rules)
        if (rule.act == act) return &rule;
    return nullptr;
}

// Acts of an officer rest on an authorisation (授权) for the item and situation, valid today.
bool needs_authorisation(Act act) {
    return act == Act::examine_case || act == Act::decide_case || act == Act::extend_limit || act == Act::suspend_limit;
}

bool covers(const Authorisation& given, Act act, const Subject& subject, Date today) {
    bool act_fits = given.act == act || (given.act == Act::decide_case && (act == Act::extend_limit || act == Act::suspend_limit));
    bool item_fits = given.item == "*" || given.item == subject.item;
    bool situation_fits = given.situation == "*" || given.situation == subject.situation;
    bool day_fits = (!given.from || *given.from <= today) && (!given.to || today <= *given.to);
    return act_fits && item_fits && situation_fits && day_fits;
}

// One's own case, or one of the organisation one is acting for now.
bool own(const Who& who, const Subject& subject) {
    if (subject.owner_organisation) return who.acting_for.value == subject.owner_organisation;
    return who.person.value == subject.owner_person;
}

}  // namespace

std::string_view name(Role role) {
    for (auto& known : role_names)
        if (known.role == role) return known.name;
    return "";
}

std::vector<Role> all_roles() {
    std::vector<Role> roles;
    for (auto& known : role_names) roles.push_back(known.role);
    return roles;
}

std::string_view role_word(Roles roles) {
    for (auto& known : role_names)
        if (roles.has(known.role)) return known.name;
    return "";
}

std::string_view name(Act act) { return rule_of(act)->name; }

std::optional<Act> act_named(std::string_view word) {
    for (auto& rule : rules)
        if (rule.name == word) return rule.act;
    return std::nullopt;
}

std::vector<Act> all_acts() {
    std::vector<Act> acts;
    for (auto& rule : rules) acts.push_back(rule.act);
    return acts;
}

bool permits(Roles roles, Act act) {
    auto* rule = rule_of(act);
    return rule && ((rule->who & everybody) || (rule->who & roles.bits));
}

bool permits(const Who& who, Act act, const Subject& subject, std::chrono::year_month_day today) {
    if (!permits(who.roles, act)) return false;
    if (who.person && !who.staff) return own(who, subject);
    // A departmental member of staff sees only their own department's cases; the centre's (authority 0) every one.
    if (who.authority && who.authority.value != subject.authority) return false;
    if (!needs_authorisation(act)) return true;
    return std::any_of(who.authorisations.begin(), who.authorisations.end(),
                       [&](auto& given) { return covers(given, act, subject, today); });
}

}  // namespace yimen::identity
