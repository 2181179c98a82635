#pragma once
#include <span>

#include "cases/cases.h"
#include "licences/licences.h"

// Review plans (审查方案) and decisions. A plan is an ordered list of stages; which one a situation takes is data.
namespace yimen::review {

struct Stage {
    std::string_view kind;  // "examine", "verify", "decide"
    identity::Act act;
    bool another_person = false;  // nobody who did a stage before
};
// "sole": one authorised officer decides alone (独任). "examiner_verifier": one examines, another verifies and decides (一审一核).
// "three_level": one examines, another verifies, a third decides (三级).
// Nothing for a name that no plan has.
std::span<const Stage> plan(std::string_view name);

// A stage that somebody has done, as the ledger holds it.
struct Done {
    std::string_view kind;
    int64_t staff = 0;
    std::string by, opinion;
    bool favourable = false;
    Instant at{};
};
struct Position {
    std::vector<Done> done;
    const Stage* now = nullptr;  // none: nothing is left to do, or the case is not in review
};
Position position(db::Tx&, const cases::Case&, const catalogue::ItemVersion&);

// Whether the plan wants somebody else for the stage that is next.
bool same_person(const Position&, identity::StaffId);

using cases::Case;
using cases::CaseId;
using cases::Desk;
using cases::Refusal;

// The examiner's stage, or where that is done the verifier's. Refuses where the plan has none, or both are done, and to whoever did
// the stage before.
Result<Case, Refusal> examine(Desk&, CaseId, std::string_view opinion, bool favourable);
// The last stage: grants, which in the same transaction makes, changes or ends the licence as the item says, or refuses with reasons.
// Refuses while a stage before is missing, to the person who did it where the plan wants another, and a grant that cannot have its
// effect on the licence (licences::cannot_take_effect).
Result<Case, Refusal> decide(Desk&, const licences::Types&, CaseId, bool grant, std::string_view reasons);

}  // namespace yimen::review
