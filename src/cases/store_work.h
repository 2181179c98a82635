#pragma once
#include "cases/store.h"

// What worklists, their counts and figures are read from. Counts are exact: what was folded plus what has moved since.
namespace yimen::cases {

// What the worklist shows of a case; no form, no answers.
struct Row {
    CaseId id;
    std::string number, item, situation, applicant_name;
    State state;
    std::optional<Instant> submitted_at;
    std::optional<Date> accepted_on, acceptance_due, promised_due, statutory_due;
};
struct Wanted {
    std::vector<State> states = {};                  // none: every state but drafts
    identity::AuthorityId authority = {};            // empty: every authority
    std::string text = {};                           // a whole case number, or the beginning of the applicant's name
    std::optional<Date> due_from = {}, due_to = {};  // of the promised date, or of acceptance before there is one; inclusive
    std::string after = {};                          // cursor of the page before; empty: from the start. Not for texts
    int most = 30;
};
// Where the page after the one that ends with this row begins.
std::string cursor(const Row&);
// In order of the promised due date, then id; what is found by a text in order of name, then id. Drafts are found by neither.
std::vector<Row> worklist(db::Tx&, Division, const Wanted&);
// How many the text finds, counted no further than `most`.
int64_t count_named(db::Tx&, Division, const Wanted&, int64_t most);

// Whether a clock runs against the authority in this state: only then can a case be late.
bool clock_runs(State);

struct Standing {
    int64_t cases = 0, late = 0, soon = 0;
};
// By state, of one authority or (empty) of all. Late: due before `today`; soon: from `today` to `soon`, both inclusive.
std::map<State, Standing> standing(db::Tx&, Division, identity::AuthorityId, Date today, Date soon);

// A case went from one state to another, or got another due date: added by the act itself.
struct Move {
    const Case& before;
    const Case& after;
    Event event;
    Date day;
    int days = 0;       // of a decision: working days since acceptance
    bool late = false;  // of a decision: after the promised day
};
void insert_move(db::Tx&, const Move&);
// Worklists find the case from now on, or find it where it stands now. Nothing for what somebody writes at home.
void place(db::Tx&, const Case&);
void place(db::Tx&, const Case& before, const Case& after);

// Adds what has moved to the tallies, at most `most` moves; returns how many. Any node may do it at any time.
int64_t fold_moves(db::Tx&, Division, int64_t most);
bool any_move(db::Tx&, Division);
// Makes tallies and what worklists look for anew from the cases, for rows that came in by another way than by acts. Figures by day stay as they are.
void recount(db::Tx&, Division);

// What happened by day, event ("submit", "accept", "grant", "refuse"), item, authority and channel, from `from` on.
struct DayFigure {
    Date day;
    std::string event, item, channel;
    identity::AuthorityId authority;
    int64_t cases = 0, days = 0, late = 0;
};
std::vector<DayFigure> day_figures(db::Tx&, Division, Date from);

}  // namespace yimen::cases
