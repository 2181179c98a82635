#include "cases/life_cycle.h"

namespace yimen::cases {

namespace {

constexpr std::string_view state_names[] = {
    "draft",   "submitted", "correction_requested", "accepted",  "not_accepted", "under_review", "suspended",
    "granted", "refused",   "result_made",          "delivered", "closed",       "withdrawn",    "terminated"};
constexpr std::string_view event_names[] = {
    "save",   "attach", "submit", "request_correction", "resubmit", "accept", "refuse_acceptance", "begin_review", "suspend", "resume",
    "extend", "grant",  "refuse", "make_result",        "deliver",  "close",  "withdraw",          "terminate"};

using enum State;
using E = Event;
constexpr Step steps[] = {
    {draft, E::save, draft, ""},
    {draft, E::attach, draft, ""},
    {draft, E::submit, submitted, "行政许可法 art. 29"},
    {draft, E::withdraw, withdrawn, ""},
    {submitted, E::request_correction, correction_requested, "行政许可法 art. 32(1)(4)"},
    {submitted, E::accept, accepted, "行政许可法 art. 32(1)(5)"},
    {submitted, E::refuse_acceptance, not_accepted, "行政许可法 art. 32(1)(1)–(2)"},
    {submitted, E::withdraw, withdrawn, ""},
    {correction_requested, E::save, correction_requested, "行政许可法 art. 32(1)(4)"},
    {correction_requested, E::attach, correction_requested, "行政许可法 art. 32(1)(4)"},
    {correction_requested, E::resubmit, submitted, "行政许可法 art. 32(1)(4)"},
    {correction_requested, E::withdraw, withdrawn, ""},
    {correction_requested, E::terminate, terminated, ""},
    {accepted, E::begin_review, under_review, "行政许可法 art. 34"},
    {accepted, E::grant, granted, "行政许可法 arts. 37, 38(1)"},
    {accepted, E::refuse, refused, "行政许可法 art. 38(2)"},
    {accepted, E::extend, accepted, "行政许可法 art. 42(1)"},
    {accepted, E::suspend, suspended, "行政许可法 art. 45"},
    {accepted, E::withdraw, withdrawn, ""},
    {under_review, E::begin_review, under_review, "行政许可法 art. 34"},
    {under_review, E::grant, granted, "行政许可法 art. 38(1)"},
    {under_review, E::refuse, refused, "行政许可法 art. 38(2)"},
    {under_review, E::extend, under_review, "行政许可法 art. 42(1)"},
    {under_review, E::suspend, suspended, "行政许可法 art. 45"},
    {under_review, E::withdraw, withdrawn, ""},
    {suspended, E::resume, under_review, "行政许可法 art. 45"},
    {suspended, E::withdraw, withdrawn, ""},
    {suspended, E::terminate, terminated, ""},
    {granted, E::make_result, result_made, "行政许可法 art. 39"},
    {refused, E::make_result, result_made, "行政许可法 art. 38(2)"},
    {result_made, E::deliver, delivered, "行政许可法 art. 44"},
    {delivered, E::close, closed, ""},
};

}  // namespace

std::string_view name(State state) { return state_names[static_cast<int>(state)]; }
std::string_view name(Event event) { return event_names[static_cast<int>(event)]; }

std::optional<State> state_named(std::string_view word) {
    for (size_t i = 0; i < std::size(state_names); ++i)
        if (state_names[i] == word) return static_cast<State>(i);
    return std::nullopt;
}

std::span<const Step> life_cycle() { return steps; }

std::optional<State> next(State from, Event event) {
    for (auto& step : steps)
        if (step.from == from && step.event == event) return step.to;
    return std::nullopt;
}

bool final(State state) {
    for (auto& step : steps)
        if (step.from == state) return false;
    return true;
}

std::string life_cycle_markdown() {
    std::string text =
        "# The life of a case\n\nMade from the table the program moves by (`src/cases/life_cycle.cc`); a test holds it to that.\n\n"
        "```mermaid\nstateDiagram-v2\n    [*] --> draft\n";
    for (auto& step : steps)
        if (step.from != step.to) text += fmt::format("    {} --> {}: {}\n", name(step.from), name(step.to), name(step.event));
    for (size_t i = 0; i < std::size(state_names); ++i)
        if (final(static_cast<State>(i))) text += fmt::format("    {} --> [*]\n", state_names[i]);
    text += "```\n\n| from | event | to | rests on |\n|---|---|---|---|\n";
    for (auto& step : steps) text += fmt::format("| {} | {} | {} | {} |\n", name(step.from), name(step.event), name(step.to), step.law);
    return text;
}

}  // namespace yimen::cases
