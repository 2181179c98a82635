#pragma once
#include "cases/cases.h"

// A clerk begins an application for somebody who stands at the window (帮办).
namespace yimen::cases {

// Who stands there and for whom they apply, as the clerk typed it.
struct Newcomer {
    std::string number, name, phone;
    bool for_organisation = false;
    std::string credit_code = {}, organisation = {};
    bool letter_seen = false;  // the clerk has seen the letter of authorisation (授权委托书)
    LicenceId licence = {};    // that it is about, where they hold several
};

enum class Wrong {
    number_missing,
    number_wrong,
    name_missing,
    phone_wrong,
    code_missing,
    code_wrong,
    organisation_missing,
    other_name,
    other_organisation,
    letter_missing,
    organisation_ended
};
std::string_view code(Wrong);  // "name_missing": texts "window.error_help_<code>"
struct Fault {
    std::string_view field;  // of Newcomer
    Wrong wrong;
    std::optional<CodeError> at = {};  // of a number or code that is wrong in form
};

// Without the spaces and full-width forms that come with copying and reading aloud.
Newcomer plain(Newcomer);
// Everything that can be said to be wrong without asking the register; of `plain` values.
std::vector<Fault> faults(const Newcomer&, Date today);

struct HelpRefused {
    std::vector<Fault> faults;               // all at once; or
    std::optional<Refusal> refusal = {};     // what stands in the way of the application itself
    std::vector<HeldLicence> licences = {};  // with licence_not_chosen: those to choose from
};
// Finds or registers whoever stands there (identity/at_window.h), lets them act for the organisation where a letter was seen, and
// begins the draft for them: one transaction, so that nobody is registered for nothing. The phone that was said today is filled in
// where the form lets it be changed; the register keeps what it has.
Result<Case, HelpRefused> begin_at_window(Desk&, std::string_view item, const catalogue::Answers&, const Newcomer&);

}  // namespace yimen::cases
