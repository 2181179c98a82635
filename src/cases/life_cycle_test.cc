#include "cases/life_cycle.h"

#include <gmock/gmock.h>

#include <fstream>
#include <set>
#include <sstream>

namespace yimen::cases {
namespace {

using enum State;
using E = Event;

constexpr State states[] = {draft,   submitted, correction_requested, accepted,  not_accepted, under_review, suspended,
                            granted, refused,   result_made,          delivered, closed,       withdrawn,    terminated};
constexpr Event events[] = {E::save,
                            E::attach,
                            E::submit,
                            E::request_correction,
                            E::resubmit,
                            E::accept,
                            E::refuse_acceptance,
                            E::begin_review,
                            E::suspend,
                            E::resume,
                            E::extend,
                            E::grant,
                            E::refuse,
                            E::make_result,
                            E::deliver,
                            E::close,
                            E::withdraw,
                            E::terminate};

// Written down once more by hand, in another form than the program's table: what may happen in each state, and where it leads.
const std::map<State, std::map<Event, State>> law = {
    {draft, {{E::save, draft}, {E::attach, draft}, {E::submit, submitted}, {E::withdraw, withdrawn}}},
    {submitted,
     {{E::request_correction, correction_requested},
      {E::accept, accepted},
      {E::refuse_acceptance, not_accepted},
      {E::withdraw, withdrawn}}},
    {correction_requested,
     {{E::save, correction_requested},
      {E::attach, correction_requested},
      {E::resubmit, submitted},
      {E::withdraw, withdrawn},
      {E::terminate, terminated}}},
    {accepted,
     {{E::begin_review, under_review},
      {E::grant, granted},
      {E::refuse, refused},
      {E::extend, accepted},
      {E::suspend, suspended},
      {E::withdraw, withdrawn}}},
    {under_review,
     {{E::begin_review, under_review},
      {E::grant, granted},
      {E::refuse, refused},
      {E::extend, under_review},
      {E::suspend, suspended},
      {E::withdraw, withdrawn}}},
    {suspended, {{E::resume, under_review}, {E::withdraw, withdrawn}, {E::terminate, terminated}}},
    {granted, {{E::make_result, result_made}}},
    {refused, {{E::make_result, result_made}}},
    {result_made, {{E::deliver, delivered}}},
    {delivered, {{E::close, closed}}},
};

// Tests run from the repository's root or from a folder of its build.
std::filesystem::path in_the_repository(const std::filesystem::path& file) {
    auto root = std::filesystem::current_path();
    while (root.has_relative_path() && !std::filesystem::exists(root / "packages.txt")) root = root.parent_path();
    return root / file;
}

TEST(LifeCycle, EveryStateAllowsWhatTheLawSaysAndNothingElse) {
    for (auto state : states)
        for (auto event : events) {
            auto row = law.find(state);
            auto allowed = row != law.end() && row->second.contains(event);
            EXPECT_EQ(next(state, event), allowed ? std::optional(row->second.at(event)) : std::nullopt)
                << name(state) << " " << name(event);
        }
}

TEST(LifeCycle, NothingLeavesAFinalState) {
    std::set<State> ends;
    for (auto state : states)
        if (final(state)) ends.insert(state);
    EXPECT_THAT(ends, testing::ElementsAre(not_accepted, closed, withdrawn, terminated));
    for (auto end : ends)
        for (auto event : events) EXPECT_FALSE(next(end, event)) << name(end) << " " << name(event);
}

TEST(LifeCycle, EveryStateIsReachedFromADraftAndLeadsToAnEnd) {
    std::set<State> reached{draft};
    for (size_t before = 0; before != reached.size();) {
        before = reached.size();
        for (auto& step : life_cycle())
            if (reached.contains(step.from)) reached.insert(step.to);
    }
    EXPECT_EQ(reached.size(), std::size(states));
    std::set<State> ending;
    for (auto state : states)
        if (final(state)) ending.insert(state);
    for (size_t before = 0; before != ending.size();) {
        before = ending.size();
        for (auto& step : life_cycle())
            if (ending.contains(step.to)) ending.insert(step.from);
    }
    EXPECT_EQ(ending.size(), std::size(states));
}

TEST(LifeCycle, NothingIsDecidedThatWasNotAccepted) {
    for (auto state : {draft, submitted, correction_requested, not_accepted})
        for (auto event : {E::grant, E::refuse, E::begin_review, E::extend, E::suspend}) EXPECT_FALSE(next(state, event)) << name(state);
}

TEST(LifeCycle, NamesOfStatesAreReadBack) {
    for (auto state : states) EXPECT_EQ(state_named(name(state)), state);
    EXPECT_FALSE(state_named("lost"));
}

TEST(LifeCycle, ItsDocumentIsMadeFromTheTable) {
    auto path = in_the_repository("docs/case-life-cycle.md");
    if (getenv("YIMEN_WRITE_DOCS")) std::ofstream(path) << life_cycle_markdown();
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    EXPECT_EQ(text.str(), life_cycle_markdown()) << "write it anew: YIMEN_WRITE_DOCS=1 build/asan/cases_test";
}

}  // namespace
}  // namespace yimen::cases
