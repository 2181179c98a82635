#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

#include "base/result.h"
#include "catalogue/catalogue.h"
#include "identity/identity.h"
#include "ledger/ledger.h"

// Writing items as data: one draft an item, looked at by two people, published as the item's next version. Every function here is
// one act: it checks the policy, changes the rows and writes the ledger entry within the caller's transaction.
namespace yimen::editing {

namespace json = boost::json;
using DraftId = Id<struct DraftTag>;

// draft → checked → published. Any change after the check makes it a draft again; superseded follows from a later version.
enum class State { draft, checked, published };
std::string_view name(State);
std::optional<State> state_named(std::string_view);

struct Draft {
    Division division;
    DraftId id;
    std::string item;
    int based_on = 0;      // the version it began from; 0: a new item, or a copy of another
    json::object content;  // {"department", "item", "form"?, "rules"?, "golden"?}
    int64_t revision = 1;  // raised by every change
    State state = State::draft;
    identity::StaffId edited_by, checked_by;
    std::string edited_by_name, checked_by_name;
    Instant edited_at{};
    std::optional<Instant> checked_at;
    int published_version = 0;  // what it became
    std::optional<Date> published_from;
};

enum class Refusal {
    not_found,
    not_permitted,
    not_possible_now,   // there is no draft, or another is open, or nothing is published
    changed_meanwhile,  // somebody else changed it since the page was opened
    same_person,        // two pairs of eyes: whoever edited last neither checks nor publishes
    not_checked,
    faulty,  // the gate found something to mend
    day_past,
    name_wrong,  // not of small letters, digits and hyphens
    name_taken,
    unknown_department,
    reasons_missing,
    entry_gone,  // of a list: somebody removed or moved it
    bad_model,   // no decision model that can be read
    too_large,
};
std::string_view code(Refusal);  // "same_person": texts "editing.error_<code>"

struct Desk {
    db::Tx& tx;
    const identity::Who& who;
    ledger::Actor actor;
    Instant now;
    Date today() const { return shanghai_date(now); }
};

struct NewItem {
    std::string item, department, copy_of;  // department: a folder's name; copy_of: another item, or empty
    catalogue::Text name;
    std::string applicant =
        "organisation";  // or "person": who applies, where nothing is copied; they get the standard form while the item has none of its own
};
Result<Draft, Refusal> begin_new(Desk&, const NewItem&);
// A draft of the next version, begun from the newest one. Refuses while one is open.
Result<Draft, Refusal> begin(Desk&, std::string_view item);
// One change of the content. `change` is given it and says whether it could be made; `what` names the part in the ledger, whose
// entry holds that part before and after. A change that changes nothing is not recorded and raises nothing.
using Change = std::function<Result<Done, Refusal>(json::object& content)>;
Result<Draft, Refusal> change(Desk&, std::string_view item, std::string_view what, const Change&);
// Throws the open draft away.
Result<Draft, Refusal> discard(Desk&, std::string_view item);
// The second pair of eyes: refuses whoever edited last, and a revision that is not the newest. Refuses what the
// gate (gate.h) finds something to mend in.
Result<Draft, Refusal> check(Desk&, std::string_view item, int64_t revision);
// Becomes the item's next version, in force from that day, today or later; asks the gate again, since the world may have moved.
Result<Draft, Refusal> publish(Desk&, std::string_view item, int64_t revision, Date from);
// No longer offered from that day on; cases under way go on.
Result<Done, Refusal> withdraw(Desk&, std::string_view item, Date from, std::string_view reason);

// The draft as the version it would become: with its number and first day. Nothing but faults where it cannot be read.
json::object as_version(const Draft&, int version, Date from);

// For ledger verification: the digest over the draft's row of today.
std::optional<std::string> draft_digest(db::Tx&, Division, ledger::ChainId);

}  // namespace yimen::editing
