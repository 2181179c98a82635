#include "cases/store_work.h"

// Counts: what acts have moved, and the tallies it is folded into.
namespace yimen::cases {

namespace {

#define DUE "coalesce(promised_due, acceptance_due, '9999-12-31')"
#define RUNNING "'submitted', 'accepted', 'under_review'"

// The order of worklists.
std::string work_due(const Case& c) {
    auto due = c.promised_due ? c.promised_due : c.acceptance_due;
    return due ? to_iso(*due) : "9999-12-31";
}

std::string due_of(const Case& c) { return clock_runs(c.state) ? work_due(c) : ""; }

void insert_work(db::Tx& tx, Division division, CaseId id, identity::AuthorityId authority, std::string_view state, std::string_view due,
                 std::string_view applicant) {
    tx.later("INSERT INTO case_work (division, case_id, authority, state, due, name) VALUES ($1, $2, $3, $4, $5, $6)", division, id,
             authority, state, due, db::BlobView{applicant});
}

using TallyKey = std::tuple<int64_t, std::string, std::string>;                          // authority, state, due
using DayKey = std::tuple<std::string, std::string, int64_t, std::string, std::string>;  // day, event, authority, item, channel
struct Sums {
    int64_t cases = 0, days = 0, late = 0;
};

// In order of their keys, so that two who fold never wait for each other in a circle.
struct Folded {
    std::map<TallyKey, int64_t> tally;
    std::map<DayKey, Sums> days;

    void add(const db::Row& row) {
        auto authority = row.get<int64_t>(0);
        for (auto of : {int64_t{0}, authority}) {
            if (auto was = row.get<std::string>(5); !was.empty()) --tally[{of, was, row.get<std::string>(6)}];
            ++tally[{of, row.get<std::string>(7), row.get<std::string>(8)}];
        }
        auto& sums = days[{row.get<std::string>(4), row.get<std::string>(3), authority, row.get<std::string>(1), row.get<std::string>(2)}];
        ++sums.cases;
        sums.days += row.get<int64_t>(9);
        sums.late += row.get<int64_t>(10);
    }
};

void add_tally(db::Tx& tx, Division division, const TallyKey& key, int64_t change) {
    auto& [authority, state, due] = key;
    tx.later(
        "INSERT INTO case_tally (division, authority, state, due, cases) VALUES ($1, $2, $3, $4, $5) "
        "ON CONFLICT (division, authority, state, due) DO UPDATE SET cases = case_tally.cases + excluded.cases",
        division, authority, state, due, change);
}

void add_day(db::Tx& tx, Division division, const DayKey& key, const Sums& sums) {
    auto& [day, event, authority, item, channel] = key;
    tx.later(
        "INSERT INTO case_day (division, day, event, authority, item, channel, cases, days, late) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, "
        "$9) "
        "ON CONFLICT (division, day, event, authority, item, channel) DO UPDATE SET cases = case_day.cases + excluded.cases, "
        "days = case_day.days + excluded.days, late = case_day.late + excluded.late",
        division, day, event, authority, item, channel, sums.cases, sums.days, sums.late);
}

}  // namespace

bool clock_runs(State state) { return state == State::submitted || state == State::accepted || state == State::under_review; }

// One statement, so that it sees one moment: what is being folded is counted once.
std::map<State, Standing> standing(db::Tx& tx, Division division, identity::AuthorityId authority, Date today, Date soon) {
    auto rows = tx.query(
        "SELECT state, CAST(SUM(cases) AS BIGINT), CAST(SUM(CASE WHEN due <> '' AND due < $3 THEN cases ELSE 0 END) AS BIGINT), "
        "CAST(SUM(CASE WHEN due >= $3 AND due <= $4 THEN cases ELSE 0 END) AS BIGINT) FROM ("
        "SELECT state, due, cases FROM case_tally WHERE division = $1 AND authority = $2 "
        "UNION ALL SELECT became, became_due, 1 FROM case_move WHERE division = $1 AND (authority = $2 OR $2 = 0) "
        "UNION ALL SELECT was, was_due, -1 FROM case_move WHERE division = $1 AND was <> '' AND (authority = $2 OR $2 = 0)) AS moved "
        "GROUP BY state HAVING SUM(cases) <> 0",
        division, authority, today, soon);
    std::map<State, Standing> found;
    for (auto row : rows)
        found[state_named(row.get<std::string_view>(0)).value()] = {row.get<int64_t>(1), row.get<int64_t>(2), row.get<int64_t>(3)};
    return found;
}

void insert_move(db::Tx& tx, const Move& m) {
    auto& [before, after, event, day, days, late] = m;
    auto was = before.state == State::draft ? std::string_view() : name(before.state);
    tx.later(
        "INSERT INTO case_move (division, id, authority, item, channel, event, day, was, was_due, became, became_due, days, late) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        after.division, next_id(), after.authority, after.item, after.channel, name(event), day, was,
        was.empty() ? std::string() : due_of(before), name(after.state), due_of(after), days, late);
}

void place(db::Tx& tx, const Case& c) {
    if (c.state == State::draft && !c.helped_by) return;
    insert_work(tx, c.division, c.id, c.authority, name(c.state), work_due(c), c.applicant_name);
}

void place(db::Tx& tx, const Case& before, const Case& after) {
    if (before.state == State::draft && !before.helped_by) return place(tx, after);
    if (before.state == after.state && work_due(before) == work_due(after)) return;
    tx.later("UPDATE case_work SET state = $3, due = $4 WHERE division = $1 AND case_id = $2", after.division, after.id, name(after.state),
             work_due(after));
}

bool any_move(db::Tx& tx, Division division) { return !tx.query("SELECT id FROM case_move WHERE division = $1 LIMIT 1", division).empty(); }

// A tally that came down to nothing goes, so that days gone by leave no rows to add up.
int64_t fold_moves(db::Tx& tx, Division division, int64_t most) {
    auto rows = tx.query(
        "DELETE FROM case_move WHERE division = $1 AND id IN (SELECT id FROM case_move WHERE division = $1 ORDER BY id LIMIT $2) "
        "RETURNING authority, item, channel, event, day, was, was_due, became, became_due, days, late",
        division, most);
    Folded folded;
    for (auto row : rows) folded.add(row);
    for (auto& [key, change] : folded.tally)
        if (change) add_tally(tx, division, key, change);
    for (auto& [key, sums] : folded.days) add_day(tx, division, key, sums);
    if (!rows.empty()) tx.later("DELETE FROM case_tally WHERE division = $1 AND cases = 0", division);
    return std::ssize(rows);
}

void recount(db::Tx& tx, Division division) {
    for (auto sql : {"DELETE FROM case_move WHERE division = $1", "DELETE FROM case_tally WHERE division = $1",
                     "DELETE FROM case_work WHERE division = $1"})
        tx.run(sql, division);
    tx.run(
        "INSERT INTO case_tally (division, authority, state, due, cases) SELECT division, authority, state, "
        "CASE WHEN state IN (" RUNNING ") THEN " DUE
        " ELSE '' END, count(*) FROM case_file WHERE division = $1 AND state <> 'draft' "
        "GROUP BY 1, 2, 3, 4",
        division);
    tx.run(
        "INSERT INTO case_tally (division, authority, state, due, cases) SELECT division, 0, state, due, CAST(SUM(cases) AS BIGINT) "
        "FROM case_tally WHERE division = $1 AND authority <> 0 GROUP BY division, state, due",
        division);
    for (int64_t last = 0, more = 1; more;) {
        auto rows = tx.query("SELECT id, authority, state, " DUE
                             ", applicant_name FROM case_file WHERE division = $1 AND id > $2 "
                             "AND (state <> 'draft' OR helped_by <> 0) ORDER BY id LIMIT 1000",
                             division, last);
        more = std::ssize(rows);
        for (auto row : rows) {
            last = row.get<int64_t>(0);
            insert_work(tx, division, {last}, row.get<identity::AuthorityId>(1), row.get<std::string_view>(2), row.get<std::string_view>(3),
                        row.get<std::string_view>(4));
        }
    }
}

std::vector<DayFigure> day_figures(db::Tx& tx, Division division, Date from) {
    auto rows = tx.query(
        "SELECT day, event, item, channel, authority, CAST(SUM(cases) AS BIGINT), CAST(SUM(days) AS BIGINT), CAST(SUM(late) AS BIGINT) "
        "FROM ("
        "SELECT day, event, item, channel, authority, cases, days, late FROM case_day WHERE division = $1 AND day >= $2 "
        "UNION ALL SELECT day, event, item, channel, authority, 1, days, late FROM case_move WHERE division = $1 AND day >= $2) AS "
        "happened "
        "WHERE event IN ('submit', 'accept', 'grant', 'refuse') GROUP BY day, event, item, channel, authority",
        division, from);
    std::vector<DayFigure> found;
    for (auto row : rows)
        found.push_back({row.get<Date>(0), row.get<std::string>(1), row.get<std::string>(2), row.get<std::string>(3),
                         row.get<identity::AuthorityId>(4), row.get<int64_t>(5), row.get<int64_t>(6), row.get<int64_t>(7)});
    return found;
}

}  // namespace yimen::cases
