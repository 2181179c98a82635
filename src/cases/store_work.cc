#include "cases/store_work.h"

// The worklist. One sub-query a state, each in the order of its index, so that no more rows are read than a page has.
namespace yimen::cases {

namespace {

#define DUE "coalesce(promised_due, acceptance_due, '9999-12-31')"
#define ROW_COLUMNS \
    "c.id, c.number, c.item, c.situation, c.applicant_name, c.state, c.submitted_at, c.accepted_on, c.acceptance_due, c.promised_due, c.statutory_due"

constexpr State all_but_drafts[] = {State::submitted, State::correction_requested, State::accepted,  State::not_accepted, State::under_review,
                                    State::suspended, State::granted,              State::refused,   State::result_made,  State::delivered,
                                    State::closed,    State::withdrawn,            State::terminated};

Row read(const db::Row& row) {
    return {row.get<CaseId>(0), row.get<std::optional<std::string>>(1).value_or(""), row.get<std::string>(2), row.get<std::string>(3),
            row.get<std::string>(4), state_named(row.get<std::string_view>(5)).value(), row.get<std::optional<Instant>>(6),
            row.get<std::optional<Date>>(7), row.get<std::optional<Date>>(8), row.get<std::optional<Date>>(9), row.get<std::optional<Date>>(10)};
}

// A query put together from what is asked for. Texts are kept by the caller: parameters only look at them.
struct Asked {
    std::string sql;
    std::vector<db::Param> params;
    std::string bind(db::Param param) {
        params.push_back(std::move(param));
        return fmt::format("${}", params.size());
    }
    std::vector<Row> rows(db::Tx& tx) const {
        std::vector<Row> found;
        for (auto row : tx.query_list(sql, params)) found.push_back(read(row));
        return found;
    }
};

std::span<const State> states_of(const Wanted& wanted) {
    if (wanted.states.empty()) return all_but_drafts;
    return wanted.states;
}

// Names of states are ours, so they may stand in the statement: what is prepared then fits one state's share of the rows.
std::string in_states(const Wanted& wanted) {
    std::string names;
    for (auto state : states_of(wanted)) names += fmt::format("{}'{}'", names.empty() ? "" : ", ", name(state));
    return " AND c.state IN (" + names + ")";
}

// The end (not included) of all texts that begin with this one: no character has the byte ff.
std::string behind(std::string_view prefix) { return std::string(prefix) + '\xff'; }

// Found among the applicants' names, or by the whole number, which the caller has brought into its stored form.
std::vector<Row> found_by_text(db::Tx& tx, Division division, const Wanted& wanted) {
    auto end = behind(wanted.text);
    Asked asked;
    asked.params = {division, wanted.text};
    auto of = [&](std::string_view table) { return wanted.authority ? fmt::format(" AND {}.authority = {}", table, asked.bind(wanted.authority)) : ""; };
    if (CaseNumber::parse(wanted.text)) {
        asked.sql = "SELECT " ROW_COLUMNS " FROM case_file c WHERE c.division = $1 AND c.number = $2" + in_states(wanted) + of("c");
        return asked.rows(tx);
    }
    asked.params[1] = db::BlobView{wanted.text};
    // The rows themselves are read only of those on the page.
    auto stands = wanted.states.empty() ? "" : "JOIN case_file c ON c.division = a.division AND c.id = a.case_id" + in_states(wanted);
    asked.sql = "SELECT " ROW_COLUMNS " FROM (SELECT a.name, a.case_id FROM case_applicant a " + stands +
                " WHERE a.division = $1 AND a.name >= $2 AND a.name < " + asked.bind(db::BlobView{end}) + of("a") +
                " ORDER BY a.name, a.case_id LIMIT " + asked.bind(wanted.most) +
                ") AS f JOIN case_file c ON c.division = $1 AND c.id = f.case_id ORDER BY f.name, f.case_id";
    return asked.rows(tx);
}

}  // namespace

std::vector<Row> worklist(db::Tx& tx, Division division, const Wanted& wanted) {
    if (!wanted.text.empty()) return found_by_text(tx, division, wanted);
    Asked asked;
    asked.params = {division};
    std::string where;
    if (wanted.authority) where += " AND authority = " + asked.bind(wanted.authority);
    if (wanted.due_from) where += " AND " DUE " >= " + asked.bind(*wanted.due_from);
    if (wanted.due_to) where += " AND " DUE " <= " + asked.bind(*wanted.due_to);
    auto after_id = wanted.after.size() > 10 ? parse_id<CaseTag>(std::string_view(wanted.after).substr(10)) : std::nullopt;
    auto after_due = wanted.after.substr(0, std::min<size_t>(wanted.after.size(), 10));
    if (after_id) {
        auto due = asked.bind(after_due);
        where += " AND " DUE " >= " + due + " AND (" DUE " > " + due + " OR id > " + asked.bind(*after_id) + ")";
    }
    auto most = asked.bind(wanted.most);
    std::string parts;
    for (auto state : states_of(wanted))
        parts += fmt::format("{}SELECT * FROM (SELECT id, number, item, situation, applicant_name, state, submitted_at, accepted_on, "
                             "acceptance_due, promised_due, statutory_due, " DUE " AS due FROM case_file WHERE division = $1 AND state = '{}'{} "
                             "ORDER BY " DUE ", id LIMIT {}) AS {}",
                             parts.empty() ? "" : " UNION ALL ", name(state), where, most, name(state));
    asked.sql = parts + " ORDER BY due, id LIMIT " + most;
    return asked.rows(tx);
}

int64_t count_named(db::Tx& tx, Division division, const Wanted& wanted, int64_t most) {
    if (CaseNumber::parse(wanted.text)) return std::ssize(found_by_text(tx, division, wanted));
    auto end = behind(wanted.text);
    Asked asked;
    asked.params = {division, db::BlobView{wanted.text}, db::BlobView{end}};
    std::string from = "case_applicant a";
    if (!wanted.states.empty()) from += " JOIN case_file c ON c.division = a.division AND c.id = a.case_id" + in_states(wanted);
    auto of = wanted.authority ? " AND a.authority = " + asked.bind(wanted.authority) : "";
    asked.sql = "SELECT count(*) FROM (SELECT 1 FROM " + from + " WHERE a.division = $1 AND a.name >= $2 AND a.name < $3" + of +
                " LIMIT " + asked.bind(most) + ") AS found";
    return tx.query_list(asked.sql, asked.params)[0].get<int64_t>(0);
}

std::string cursor(const Row& row) {
    auto due = row.promised_due ? row.promised_due : row.acceptance_due;
    return (due ? to_iso(*due) : "9999-12-31") + to_text(row.id);
}

}  // namespace yimen::cases
