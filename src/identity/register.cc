#include "identity/register.h"

#include <boost/json.hpp>

namespace yimen::identity {

namespace json = boost::json;

void record(db::Tx& tx, const By& by, std::string_view kind, int64_t subject, std::string_view act, json::value before, json::value after) {
    ledger::Entry entry{.division = by.division,
                        .kind = std::string(kind),
                        .chain = {subject},
                        .actor = by.actor,
                        .act = std::string(act),
                        .at = by.at,
                        .before = std::move(before),
                        .after = std::move(after),
                        .subject_digest = {}};
    auto head = ledger::Head::ask(tx, by.division, entry.chain);
    entry.subject_digest = subject_digests().at(entry.kind)(tx, by.division, entry.chain).value_or(std::string(ledger::no_rows));
    ledger::record(tx, entry, std::move(head));
}

std::string_view name(StaffRefusal refusal) {
    switch (refusal) {
        case StaffRefusal::not_found:
            return "not_found";
        case StaffRefusal::oneself:
            return "oneself";
        case StaffRefusal::unknown_act:
            return "unknown_act";
        case StaffRefusal::unknown_item:
            return "unknown_item";
        case StaffRefusal::dates:
            return "dates";
        case StaffRefusal::already:
            return "already";
        case StaffRefusal::not_active:
            return "not_active";
    }
    return "";
}

void register_authority(db::Tx& tx, const By& by, Authority authority) {
    if (find_authority_by_code(tx, by.division, authority.credit_code)) return;
    authority.id = make_id<AuthorityTag>();
    put_authority(tx, by.division, authority);
    ledger::record(tx,
                   {by.division,
                    "authority",
                    {authority.id.value},
                    by.actor,
                    "register",
                    by.at,
                    nullptr,
                    boost::json::object{{"name", authority.name_zh}, {"credit_code", authority.credit_code}},
                    ""},
                   ledger::Head::fresh());
}

std::vector<Act> authorised_acts() { return {Act::examine_case, Act::decide_case, Act::extend_limit, Act::suspend_limit}; }

namespace {

json::object line(const Authorisation& given) {
    json::object object{{"act", name(given.act)}, {"item", given.item}, {"situation", given.situation}};
    if (given.from) object["from"] = to_iso(*given.from);
    if (given.to) object["to"] = to_iso(*given.to);
    return object;
}

bool same(const Authorisation& a, const Authorisation& b) {
    return a.act == b.act && a.item == b.item && a.situation == b.situation && a.from == b.from && a.to == b.to;
}

std::optional<StaffRefusal> fault(const Authorisation& given, Date today) {
    auto acts = authorised_acts();
    if (std::find(acts.begin(), acts.end(), given.act) == acts.end()) return StaffRefusal::unknown_act;
    if (given.item.empty() || given.situation.empty()) return StaffRefusal::unknown_item;
    if (given.to && (*given.to < today || (given.from && *given.to < *given.from))) return StaffRefusal::dates;
    return std::nullopt;
}

Result<Done, StaffRefusal> set_active(db::Tx& tx, const By& by, StaffId id, bool active) {
    auto member = find_staff(tx, by.division, id, true);
    if (!member) return refuse(StaffRefusal::not_found);
    if (by.actor.kind == "staff" && by.actor.id == id.value) return refuse(StaffRefusal::oneself);
    if (member->active == active) return refuse(StaffRefusal::already);
    member->active = active;
    put_staff(tx, by.division, *member);
    if (!active)
        for (auto session : end_sessions_of_staff(tx, by.division, id, by.at))
            record(tx, by, "session", session.value, "end_session", nullptr, json::object{{"because", "deactivated"}});
    record(tx, by, "staff", id.value, active ? "activate_staff" : "deactivate_staff", json::object{{"active", !active}},
           json::object{{"active", active}});
    return Done{};
}

}  // namespace

Result<Done, StaffRefusal> give_authorisation(db::Tx& tx, const By& by, StaffId id, const Authorisation& given) {
    if (auto refusal = fault(given, shanghai_date(by.at))) return refuse(*refusal);
    auto member = find_staff(tx, by.division, id, true);
    if (!member) return refuse(StaffRefusal::not_found);
    if (by.actor.kind == "staff" && by.actor.id == id.value) return refuse(StaffRefusal::oneself);
    if (!member->active) return refuse(StaffRefusal::not_active);
    for (auto& standing : authorisations_of(tx, by.division, id))
        if (same(standing.given, given)) return refuse(StaffRefusal::already);
    insert_authorisation(tx, by.division, {next_id(), id, given});
    record(tx, by, "staff", id.value, "give_authorisation", nullptr, line(given));
    return Done{};
}

Result<Done, StaffRefusal> revoke_authorisation(db::Tx& tx, const By& by, StaffId id, int64_t authorisation) {
    if (!find_staff(tx, by.division, id, true)) return refuse(StaffRefusal::not_found);
    for (auto& standing : authorisations_of(tx, by.division, id)) {
        if (standing.id != authorisation) continue;
        remove_authorisation(tx, by.division, id, authorisation);
        record(tx, by, "staff", id.value, "revoke_authorisation", line(standing.given), nullptr);
        return Done{};
    }
    return refuse(StaffRefusal::not_found);
}

Result<Done, StaffRefusal> deactivate(db::Tx& tx, const By& by, StaffId id) { return set_active(tx, by, id, false); }
Result<Done, StaffRefusal> activate(db::Tx& tx, const By& by, StaffId id) { return set_active(tx, by, id, true); }

}  // namespace yimen::identity
