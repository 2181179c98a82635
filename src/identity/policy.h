#pragma once
#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

// The one file (policy.cc) that says who may do what. Routes name their act; rules ask again with the subject in hand.
namespace yimen::identity {

enum class Role : uint32_t {
    applicant = 1 << 0,
    guide_clerk = 1 << 1,
    window_clerk = 1 << 2,
    officer = 1 << 3,
    issuing_clerk = 1 << 4,
    director = 1 << 5,
    administrator = 1 << 6,
    auditor = 1 << 7,
    analyst = 1 << 8,  // business analyst (业务分析员): describes items
};
class Roles {
  public:
    Roles() = default;
    Roles(std::initializer_list<Role> roles) {
        for (auto r : roles) bits |= static_cast<uint32_t>(r);
    }
    bool has(Role r) const { return bits & static_cast<uint32_t>(r); }
    bool any_of(Roles other) const { return bits & other.bits; }
    uint32_t bits = 0;
    bool operator==(const Roles&) const = default;
};

std::string_view name(Role);  // "window_clerk": texts "site.role_<name>"
std::vector<Role> all_roles();
// The one that says most about somebody who has several; empty for none.
std::string_view role_word(Roles);

enum class Act {
    // everybody
    browse,
    ask_guidance,
    verify_licence,
    verify_receipt,
    sign_in,
    // whoever is signed in
    sign_out,
    manage_own_account,
    read_own_notifications,
    // applicants, for themselves or for whom they act
    draft_case,
    submit_case,
    see_own_case,
    correct_case,
    withdraw_case,
    download_result,
    see_own_licences,
    // guide desk and windows
    find_case,
    see_case,
    help_applicant,
    request_correction,
    accept_case,
    refuse_acceptance,
    // officers
    see_worklist,
    examine_case,
    decide_case,
    extend_limit,
    suspend_limit,
    // issuing
    make_result,
    deliver_result,
    // items as data
    edit_item,
    check_item,
    publish_item,
    withdraw_item,
    import_items,
    confirm_import,
    // supervision and running
    see_figures,
    see_health,
    manage_staff,
    read_ledger,
    reveal_personal,
    read_api_description,
};
std::string_view name(Act);  // "accept_case": in the ledger, in `yimen routes`, in the API
std::optional<Act> act_named(std::string_view);
std::vector<Act> all_acts();

struct Who;
// Whether the roles alone allow the act at all: what a route asks before its handler runs.
bool permits(Roles, Act);

// What an act is about, as far as the policy needs to know.
struct Subject {
    int64_t owner_person = 0;        // PersonId value of the applicant
    int64_t owner_organisation = 0;  // or the organisation applied for
    int64_t authority = 0;           // the department that decides
    std::string_view item, situation;
};
// Whether this person may do it to this subject: own cases only for applicants; for officers an authorisation valid today.
bool permits(const Who&, Act, const Subject&, std::chrono::year_month_day today);

}  // namespace yimen::identity
