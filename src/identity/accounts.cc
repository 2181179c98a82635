#include "identity/accounts.h"

#include <boost/json.hpp>

#include "base/text.h"

namespace yimen::identity {

namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

ledger::Actor actor_of(const Identity& identity) {
    if (identity.staff) return {"staff", identity.staff.value, "", ""};
    return {"person", identity.person.value, "applicant", ""};
}

bool active(db::Tx& tx, Division division, const Account& account) {
    if (!account.staff) return true;
    auto member = find_staff(tx, division, account.staff);
    return member && member->active;
}

// What was typed stays out: people type passwords into the wrong field. As much work as a failure at an account, so that the time
// does not tell which names exist.
void record_unknown(db::Tx& tx, Division division, Instant now) {
    ledger::Entry entry{.division = division,
                        .kind = "attempt",
                        .chain = {next_id()},
                        .actor = {"anonymous", 0, "", ""},
                        .act = "sign_in_failed",
                        .at = now,
                        .before = nullptr,
                        .after = json::object{{"because", "unknown_name"}},
                        .subject_digest = {}};
    ledger::record(tx, entry, ledger::Head::fresh());
}

// What is written of an attempt, under the account's lock: two guesses at once count as two.
std::optional<Identity> settle(db::Tx& tx, Division division, const Account& as_checked, bool right, Instant now) {
    auto account = lock_account(tx, division, as_checked.id);
    if (!account) return std::nullopt;
    By by{division, {"anonymous", 0, "", ""}, now};
    bool locked = account->locked_until && *account->locked_until > now;
    if (right && !locked && account->password == as_checked.password && active(tx, division, *account)) {
        if (account->failures) set_failures(tx, division, account->id, 0, std::nullopt);
        return Identity{account->person, account->staff};
    }
    if (locked) {  // a lock that every attempt prolonged would let anybody keep somebody out for good
        record(tx, by, "account", account->id.value, "sign_in_failed", nullptr, json::object{{"because", "locked"}});
        return std::nullopt;
    }
    auto failures = account->failures + 1;
    auto until = locked_after(failures, now);
    set_failures(tx, division, account->id, failures, until);
    json::object after{{"failures", failures}};
    if (until) after["locked_until"] = to_iso(*until);
    record(tx, by, "account", account->id.value, "sign_in_failed", nullptr, std::move(after));
    return std::nullopt;
}

}  // namespace

std::optional<Instant> locked_after(int failures, Instant now) {
    if (failures < failures_before_lock) return std::nullopt;
    return now + std::min<std::chrono::minutes>(60min, 1min * (1 << std::min(failures - failures_before_lock, 6)));
}

Result<Identity, SignInRefusal> PasswordProvider::authenticate(const Credentials& given, Instant now) {
    auto account = database_.read([&](db::Tx& tx) { return find_account(tx, division_, given.name); });
    bool right = crypto::verify_password(given.secret, account ? std::string_view(account->password) : nobodys_password);
    auto identity = database_.write([&](db::Tx& tx) -> std::optional<Identity> {
        if (account) return settle(tx, division_, *account, right, now);
        record_unknown(tx, division_, now);
        return std::nullopt;
    });
    if (!identity) return refuse(SignInRefusal::wrong);
    return *identity;
}

NewSession sign_in(db::Tx& tx, Division division, const Identity& identity, OrganisationId acting_for, std::string_view device,
                   SessionId before, Instant now, std::chrono::hours lasts) {
    By by{division, actor_of(identity), now};
    if (before) {
        end_session(tx, division, before, now);
        record(tx, by, "session", before.value, "end_session", nullptr, json::object{{"because", "signed_in_anew"}});
    }
    auto session = begin_session(tx, division, identity.person, identity.staff, acting_for, device, now, lasts);
    by.actor.session = to_text(session.id);
    record(tx, by, "session", session.id.value, "sign_in", nullptr, json::object{{"device", device}});
    return session;
}

void sign_out(db::Tx& tx, const By& by, SessionId session) {
    end_session(tx, by.division, session, by.at);
    record(tx, by, "session", session.value, "sign_out", nullptr, nullptr);
}

bool choose_whom_to_act_for(db::Tx& tx, const By& by, const Who& who, OrganisationId organisation) {
    auto choices = may_act_for(tx, by.division, who.person, shanghai_date(by.at));
    if (organisation && std::none_of(choices.begin(), choices.end(), [&](auto& choice) { return choice.id == organisation; })) return false;
    act_for(tx, by.division, who.session, organisation);
    record(tx, by, "session", who.session.value, "act_for", json::object{{"organisation", to_text(who.acting_for)}},
           json::object{{"organisation", to_text(organisation)}});
    return true;
}

bool end_one(db::Tx& tx, const By& by, const Who& who, SessionId session) {
    if (!end_own_session(tx, by.division, who.person, who.staff, session, by.at)) return false;
    record(tx, by, "session", session.value, "end_session", nullptr, json::object{{"because", "ended_by_owner"}});
    return true;
}

size_t end_others(db::Tx& tx, const By& by, const Who& who) {
    auto ended = who.staff ? end_sessions_of_staff(tx, by.division, who.staff, by.at, who.session)
                           : end_sessions_of_person(tx, by.division, who.person, by.at, who.session);
    for (auto session : ended)
        record(tx, by, "session", session.value, "end_session", nullptr, json::object{{"because", "ended_by_owner"}});
    return ended.size();
}

std::string_view name(PasswordRefusal refusal) {
    switch (refusal) {
        case PasswordRefusal::wrong:
            return "wrong";
        case PasswordRefusal::too_short:
            return "too_short";
        case PasswordRefusal::too_long:
            return "too_long";
        case PasswordRefusal::same:
            return "same";
    }
    return "";
}

Result<std::string, PasswordRefusal> new_password(const Account& account, std::string_view current, std::string_view wanted) {
    if (characters(wanted) < 10) return refuse(PasswordRefusal::too_short);
    if (wanted.size() > 128) return refuse(PasswordRefusal::too_long);
    if (!crypto::verify_password(current, account.password)) return refuse(PasswordRefusal::wrong);
    if (wanted == current || wanted == account.name) return refuse(PasswordRefusal::same);
    return crypto::hash_password(wanted);
}

bool change_password(db::Tx& tx, const By& by, const Who& who, const Account& as_checked, std::string_view phc) {
    auto account = lock_account(tx, by.division, as_checked.id);
    if (!account || account->password != as_checked.password) return false;
    set_password(tx, by.division, account->id, phc);
    record(tx, by, "account", account->id.value, "change_password", nullptr, nullptr);
    end_others(tx, by, who);
    return true;
}

std::string device_name(std::string_view agent) {
    constexpr std::pair<std::string_view, std::string_view> browsers[] = {{"MicroMessenger", "WeChat"}, {"Edg", "Edge"},
                                                                          {"Firefox", "Firefox"},       {"Chrome", "Chrome"},
                                                                          {"Safari", "Safari"},         {"curl", "curl"}};
    constexpr std::pair<std::string_view, std::string_view> systems[] = {
        {"HarmonyOS", "HarmonyOS"}, {"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"},
        {"Windows", "Windows"},     {"Mac OS", "macOS"},    {"Linux", "Linux"}};
    std::string found;
    for (auto& [word, browser] : browsers)
        if (found.empty() && agent.find(word) != agent.npos) found = browser;
    for (auto& [word, system] : systems)
        if (agent.find(word) != agent.npos) return found.empty() ? std::string(system) : fmt::format("{} · {}", found, system);
    return found;
}

}  // namespace yimen::identity
