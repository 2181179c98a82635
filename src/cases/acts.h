#pragma once
#include "cases/cases.h"
#include "cases/store.h"

// What the acts share.
namespace yimen::cases {

// The case locked, allowed by the policy and the life cycle: what nearly every act begins with.
struct Opened {
    Case before, after;  // `after` already stands in the next state
    ledger::Head head;
    std::shared_ptr<const catalogue::ItemVersion> version;
};
Result<Opened, Refusal> open(Desk&, CaseId, identity::Act, Event);
Result<Opened, Refusal> open(Desk&, Locked, identity::Act, Event);

// Writes the row and the ledger entry; a notice, where there is one, is numbered, stored and bound into the digest.
Case record(Desk&, Opened, identity::Act, Event, std::optional<Notice> notice = std::nullopt, boost::json::object details = {});

// The policy's word for who may bring the event about.
Notice notice_of(const Case&, std::string_view kind, char letter, boost::json::object content, Instant now);

// The promised and statutory due dates, counted anew from what is known.
Limits count_limits(Desk&, Case&, const catalogue::ItemVersion&, const std::vector<calendar::Suspension>&);
// A due date as a notice keeps it, with its reasons: {"date", "provisional", "because_zh", "because_en"}.
boost::json::object due_content(const calendar::DueDate&);

}  // namespace yimen::cases
