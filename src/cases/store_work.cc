#include "cases/store_work.h"

// The worklist. One sub-query a state, each in the order of its index, so that no more rows are read than a page has.
namespace yimen::cases {

namespace {

#define ROW_COLUMNS                                                                                                                     \
    "c.id, c.number, c.item, c.situation, c.applicant_name, c.state, c.submitted_at, c.accepted_on, c.acceptance_due, c.promised_due, " \
    "c.statutory_due"

constexpr State all_but_drafts[] = {State::submitted,    State::correction_requested,
                                    State::accepted,     State::not_accepted,
                                    State::under_review, State::suspended,
                                    State::granted,      State::refused,
                                    State::result_made,  State::delivered,
                                    State::closed,       State::withdrawn,
                                    State::terminated};

Row read(const db::Row& row) {
    return {row.get<CaseId>(0),
            row.get<std::optional<std::string>>(1).value_or(""),
            row.get<std::string>(2),
            row.get<std::string>(3),
            row.get<std::string>(4),
            state_named(row.get<std::string_view>(5)).value(),
            row.get<std::optional<Instant>>(6),
            row.get<std::optional<Date>>(7),
            row.get<std::optional<Date>>(8),
            row.get<std::optional<Date>>(9),
            row.get<std::optional<Date>>(10)};
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

// The end (not included) of all texts that begin with this one: no character has the byte ff.
std::string behind(std::string_view prefix) { return std::string(prefix) + '\xff'; }

// Each state's share of case_work as its index has it in order. Names of states are ours, so they may stand in the statement:
// what is prepared then fits one state's share of the rows.
std::string shares(const Wanted& wanted, std::string_view columns, std::string_view where, std::string_view rest) {
    std::string parts;
    for (auto state : states_of(wanted))
        parts += fmt::format("{}SELECT * FROM (SELECT {} FROM case_work WHERE division = $1 AND state = '{}'{}{}) AS {}",
                             parts.empty() ? "" : " UNION ALL ", columns, name(state), where, rest, name(state));
    return parts;
}

// The rows themselves are read only of those on the page.
std::vector<Row> rows_of(db::Tx& tx, Asked& asked, const Wanted& wanted, std::string_view where, std::string_view order) {
    auto most = asked.bind(wanted.most);
    auto first = fmt::format(" ORDER BY {}, case_id LIMIT {}", order, most);
    asked.sql = fmt::format("SELECT " ROW_COLUMNS
                            " FROM ({}{}) AS w JOIN case_file c ON c.division = $1 AND c.id = w.case_id ORDER BY w.{}, w.case_id",
                            shares(wanted, fmt::format("{}, case_id", order), where, first), first, order);
    return asked.rows(tx);
}

std::vector<Row> found_by_number(db::Tx& tx, Division division, const Wanted& wanted) {
    std::string states;
    for (auto state : states_of(wanted)) states += fmt::format("{}'{}'", states.empty() ? "" : ", ", name(state));
    Asked asked;
    asked.params = {division, wanted.text};
    auto of = wanted.authority ? " AND c.authority = " + asked.bind(wanted.authority) : "";
    asked.sql = "SELECT " ROW_COLUMNS " FROM case_file c WHERE c.division = $1 AND c.number = $2 AND c.state IN (" + states + ")" + of;
    return asked.rows(tx);
}

// Names that begin with the text, which the caller keeps with its end.
std::string named(Asked& asked, const Wanted& wanted, const std::string& end) {
    auto of = wanted.authority ? " AND authority = " + asked.bind(wanted.authority) : "";
    return of + " AND name >= " + asked.bind(db::BlobView{wanted.text}) + " AND name < " + asked.bind(db::BlobView{end});
}

}  // namespace

std::vector<Row> worklist(db::Tx& tx, Division division, const Wanted& wanted) {
    if (CaseNumber::parse(wanted.text)) return found_by_number(tx, division, wanted);
    Asked asked;
    asked.params = {division};
    auto end = behind(wanted.text);
    if (!wanted.text.empty()) return rows_of(tx, asked, wanted, named(asked, wanted, end), "name");
    std::string where;
    if (wanted.authority) where += " AND authority = " + asked.bind(wanted.authority);
    if (wanted.due_from) where += " AND due >= " + asked.bind(*wanted.due_from);
    if (wanted.due_to) where += " AND due <= " + asked.bind(*wanted.due_to);
    auto after_id = wanted.after.size() > 10 ? parse_id<CaseTag>(std::string_view(wanted.after).substr(10)) : std::nullopt;
    auto after_due = wanted.after.substr(0, std::min<size_t>(wanted.after.size(), 10));
    if (after_id) {
        auto due = asked.bind(after_due);
        where += " AND due >= " + due + " AND (due > " + due + " OR case_id > " + asked.bind(*after_id) + ")";
    }
    return rows_of(tx, asked, wanted, where, "due");
}

int64_t count_named(db::Tx& tx, Division division, const Wanted& wanted, int64_t most) {
    if (CaseNumber::parse(wanted.text)) return std::ssize(found_by_number(tx, division, wanted));
    Asked asked;
    asked.params = {division};
    auto end = behind(wanted.text);
    auto where = named(asked, wanted, end);
    auto limit = " LIMIT " + asked.bind(most);
    asked.sql = "SELECT count(*) FROM (" + shares(wanted, "1 AS one", where, limit) + limit + ") AS found";
    return tx.query_list(asked.sql, asked.params)[0].get<int64_t>(0);
}

std::string cursor(const Row& row) {
    auto due = row.promised_due ? row.promised_due : row.acceptance_due;
    return (due ? to_iso(*due) : "9999-12-31") + to_text(row.id);
}

}  // namespace yimen::cases
