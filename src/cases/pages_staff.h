#pragma once
#include "cases/store_work.h"
#include "identity/context.h"

// What the pages and API of windows, officers, issuing clerks and auditors share.
namespace yimen::cases {

// The parts must live as long as the routes.
struct StaffParts {
    const catalogue::Catalogue& catalogue;
    const calendar::WorkingDays& days;
    Numbers& numbers;
    const Library* library = nullptr;
};

Desk desk_of(const identity::Context&, db::Tx&, const StaffParts&);

// The case of the address, if this member of staff may see it. What somebody keeps as a draft at home is theirs alone.
std::optional<Case> case_of_address(const identity::Context&, const StaffParts&);

// Everything the three panes show. `revealed`: with numbers in the clear; the caller has recorded it.
web::View case_view(const identity::Context&, const StaffParts&, const Case&, bool revealed = false);
web::View state_view(State, Language);
// "green", "yellow", "red", "black"; "paused" while the clock stands; empty where no limit runs.
std::string_view light_of(const Row&, const calendar::WorkingDays&, Date today);
// The shape that goes with it, for whom colours do not tell apart, and the word.
std::string_view light_shape(std::string_view light);
std::string light_word(const Row&, std::string_view light, Language);

// The same with everything that belongs to it, for GET /api/work/{id}.
boost::json::object whole_case_json(const identity::Context&, const StaffParts&, const Case&);

// A worklist read from the address: ?state=…&due=late|soon&q=…&after=…
struct Desktop {
    std::string_view path;            // "/window"
    std::vector<State> states;        // the tabs, the first is shown when none is chosen
    identity::AuthorityId authority;  // empty: every one
};
web::View worklist_view(const identity::Context&, const StaffParts&, const Desktop&);
// The first cases of the list, for the pane beside the one that is open.
boost::json::array queue_pane(const identity::Context&, const StaffParts&, const Desktop&, CaseId open);
boost::json::object worklist_json(const identity::Context&, const StaffParts&, const Desktop&);

// The answer to a refusal: 404 for what is not found, 403, 422 for what is incomplete, 409 for what is not possible now.
int status_of(Refusal);
// One act on the case of the address in one transaction; tells live pages; goes to `path` with the notice, or shows the refusal.
using ActOnCase = std::function<Result<Case, Refusal>(Desk&, CaseId)>;
web::Response do_act(const identity::Context&, const StaffParts&, std::string path, std::string_view notice, const ActOnCase&);
// The same for the API: the case as JSON.
web::Response do_api_act(const identity::Context&, const StaffParts&, const ActOnCase&);
boost::json::object case_json(const Case&);
// The JSON body as an object, empty where it is none.
boost::json::object json_body(const identity::Context&);
std::string text_in(const boost::json::object&, std::string_view name);

// News for worklists: nothing about whom, only that something moved.
std::string work_topic(Division);
void tell_worklists(const identity::Context&, db::Tx&);

}  // namespace yimen::cases
