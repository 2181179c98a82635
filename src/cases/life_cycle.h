#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace yimen::cases {

// Where a case stands. The names are the ones stored.
enum class State {
    draft,
    submitted,
    correction_requested,  // 补正
    accepted,              // 受理
    not_accepted,          // 不予受理
    under_review,
    suspended,
    granted,
    refused,
    result_made,
    delivered,
    closed,
    withdrawn,
    terminated,
};
std::string_view name(State);
std::optional<State> state_named(std::string_view);

// What can happen to a case.
enum class Event {
    save,
    attach,
    submit,
    request_correction,
    resubmit,
    accept,
    refuse_acceptance,
    begin_review,
    suspend,
    resume,
    extend,
    grant,
    refuse,
    make_result,
    deliver,
    close,
    withdraw,
    terminate,
};
std::string_view name(Event);

// The statutory life of a case, once: the program moves by this table and docs/case-life-cycle.md is made from it.
struct Step {
    State from;
    Event event;
    State to;
    std::string_view law;  // the article it rests on; empty where it is our own order of work
};
std::span<const Step> life_cycle();
// Where `event` leads from `from`; nothing where the law, or the order of work, does not allow it.
std::optional<State> next(State from, Event);
// The table as Markdown with a Mermaid picture: docs/case-life-cycle.md.
std::string life_cycle_markdown();

// Nothing more can happen to it.
bool final(State);

}  // namespace yimen::cases
