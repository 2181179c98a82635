#include "identity/store.h"

// Sessions. What belongs to people stands in store_people.cc.
namespace yimen::identity {

namespace {

// A guess at the hash is worth nothing without the token: only the hash is kept.
db::Blob hash_of(std::string_view token) { return {std::string(crypto::view(crypto::sm3(token)))}; }

// A mandate that has run out, or was taken away, or an organisation that has ended, ends the acting, not the session: hence the join
// in place of a bare name.
#define SESSION_COLUMNS                                                                                                             \
    "SELECT s.id, s.person, s.staff, s.seen_at, s.ends_at, s.notice, p.name, o.id, o.name, f.name, f.posts, f.authority, s.rights " \
    "FROM session s LEFT JOIN person p ON p.division = s.division AND p.id = s.person "                                             \
    "LEFT JOIN mandate m ON m.division = s.division AND m.person = s.person AND m.organisation = s.acting_for "                     \
    "AND m.valid_from <= $5 AND (m.valid_to IS NULL OR m.valid_to >= $5) "                                                          \
    "LEFT JOIN organisation o ON o.division = m.division AND o.id = m.organisation AND o.ended_on IS NULL "                         \
    "LEFT JOIN staff f ON f.division = s.division AND f.id = s.staff AND f.active = 1 "

Who who_from(Division division, const db::Row& row) {
    Who who;
    who.division = division;
    who.session = row.get<SessionId>(0);
    who.person = row.get<PersonId>(1);
    who.staff = row.get<StaffId>(2);
    if (who.staff) {
        who.name = row.get<std::string>(9);
        who.roles.bits = static_cast<uint32_t>(row.get<int64_t>(10));
        who.authority = row.get<AuthorityId>(11);
        return who;
    }
    who.name = row.get<std::string>(6);
    who.roles = {Role::applicant};
    if (auto organisation = row.get<std::optional<OrganisationId>>(7)) {
        who.acting_for = *organisation;
        who.acting_for_name = row.get<std::string>(8);
    }
    return who;
}

}  // namespace

std::optional<Authorisation> read_authorisation(const db::Row& row) {
    auto act = act_named(row.get<std::string_view>(0));
    if (!act) return std::nullopt;
    return Authorisation{*act, row.get<std::string>(1), row.get<std::string>(2), row.get<std::optional<Date>>(3),
                         row.get<std::optional<Date>>(4)};
}

std::optional<Session> find_session(db::Tx& tx, Division division, std::string_view token, Instant now, std::chrono::minutes idle) {
    auto hash = hash_of(token);
    auto asked = tx.ask(SESSION_COLUMNS
                        "WHERE s.division = $1 AND s.token_hash = $2 AND s.ended_at IS NULL AND s.ends_at > $3 AND s.seen_at > $4 "
                        "AND (s.staff = 0 OR f.id IS NOT NULL) AND (s.person = 0 OR p.id IS NOT NULL)",
                        division, hash, now, now - idle, shanghai_date(now));
    auto authorisations = tx.query(
        "SELECT a.act, a.item, a.situation, a.valid_from, a.valid_to FROM session s JOIN authorisation a ON a.division = s.division "
        "AND a.staff = s.staff WHERE s.division = $1 AND s.token_hash = $2 AND s.staff <> 0 ORDER BY a.id",
        division, hash);
    auto sessions = asked->rows();
    auto row = sessions.first();
    if (!row) return std::nullopt;
    Session session{who_from(division, *row), row->get<std::string>(5), row->get<Instant>(3), row->get<Instant>(4), row->get<int64_t>(12)};
    for (auto line : authorisations)
        if (auto authorisation = read_authorisation(line)) session.who.authorisations.push_back(std::move(*authorisation));
    return session;
}

AskedStanding::AskedStanding(db::Tx& tx, const Session& session, std::string_view token, Instant now, std::chrono::minutes idle)
    : rights_(session.rights),
      found_(tx.ask("SELECT rights FROM session WHERE division = $1 AND id = $2 AND token_hash = $3 AND ended_at IS NULL AND ends_at > $4 "
                    "AND seen_at > $5",
                    session.who.division, session.who.session, hash_of(token), now, now - idle)) {}

bool AskedStanding::holds() {
    auto rows = found_->rows();
    auto row = rows.first();
    return row && row->get<int64_t>(0) == rights_;
}

NewSession begin_session(db::Tx& tx, Division division, PersonId person, StaffId staff, OrganisationId acting_for, std::string_view device,
                         Instant now, std::chrono::hours lasts) {
    NewSession session{make_id<SessionTag>(), crypto::random_token()};
    tx.later(
        "INSERT INTO session (division, id, token_hash, person, staff, acting_for, made_at, seen_at, ends_at, device, notice) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9, '')",
        division, session.id, hash_of(session.token), person, staff, acting_for, now, now + lasts, device);
    return session;
}

void end_session(db::Tx& tx, Division division, SessionId id, Instant now) {
    tx.later("UPDATE session SET ended_at = $3 WHERE division = $1 AND id = $2 AND ended_at IS NULL", division, id, now);
}

// Never backwards: two requests of one browser may end in another order than they began.
void touch_session(db::Tx& tx, Division division, SessionId id, Instant now) {
    tx.later("UPDATE session SET seen_at = $3 WHERE division = $1 AND id = $2 AND seen_at < $3", division, id, now);
}

void set_notice(db::Tx& tx, Division division, SessionId id, std::string_view notice) {
    tx.later("UPDATE session SET notice = $3 WHERE division = $1 AND id = $2", division, id, notice);
}

void act_for(db::Tx& tx, Division division, SessionId id, OrganisationId organisation) {
    tx.later("UPDATE session SET acting_for = $3, rights = rights + 1 WHERE division = $1 AND id = $2", division, id, organisation);
}

std::vector<SessionLine> live_sessions(db::Tx& tx, Division division, PersonId person, StaffId staff, Instant now,
                                       std::chrono::minutes idle) {
    constexpr std::string_view of_staff =
        "SELECT id, device, made_at, seen_at, ends_at FROM session WHERE division = $1 AND staff = $2 AND ended_at IS NULL "
        "AND ends_at > $3 AND seen_at > $4 ORDER BY id DESC";
    constexpr std::string_view of_person =
        "SELECT id, device, made_at, seen_at, ends_at FROM session WHERE division = $1 AND person = $2 AND staff = 0 AND "
        "ended_at IS NULL AND ends_at > $3 AND seen_at > $4 ORDER BY id DESC";
    auto rows = tx.query(staff ? of_staff : of_person, division, staff ? staff.value : person.value, now, now - idle);
    std::vector<SessionLine> lines;
    for (auto row : rows)
        lines.push_back({row.get<SessionId>(0), row.get<std::string>(1), row.get<Instant>(2), row.get<Instant>(3), row.get<Instant>(4)});
    return lines;
}

namespace {

std::vector<SessionId> ids(const db::Rows& rows) {
    std::vector<SessionId> found;
    for (auto row : rows) found.push_back(row.get<SessionId>(0));
    return found;
}

}  // namespace

std::vector<SessionId> end_sessions_of_staff(db::Tx& tx, Division division, StaffId staff, Instant now, SessionId except) {
    return ids(
        tx.query("UPDATE session SET ended_at = $3 WHERE division = $1 AND staff = $2 AND ended_at IS NULL AND id <> $4 "
                 "RETURNING id",
                 division, staff, now, except));
}

std::vector<SessionId> end_sessions_of_person(db::Tx& tx, Division division, PersonId person, Instant now, SessionId except) {
    return ids(
        tx.query("UPDATE session SET ended_at = $3 WHERE division = $1 AND person = $2 AND staff = 0 AND ended_at IS NULL AND "
                 "id <> $4 RETURNING id",
                 division, person, now, except));
}

bool end_own_session(db::Tx& tx, Division division, PersonId person, StaffId staff, SessionId id, Instant now) {
    return tx.run("UPDATE session SET ended_at = $5 WHERE division = $1 AND id = $2 AND person = $3 AND staff = $4 AND ended_at IS NULL",
                  division, id, person, staff, now) == 1;
}

}  // namespace yimen::identity
