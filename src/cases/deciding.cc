#include "cases/acts.h"

// From acceptance to the end: what review and issuing bring about.
namespace yimen::cases {

using identity::Act;

namespace {

// An act that changes nothing but the state.
Result<Case, Refusal> move_on(Desk& desk, CaseId id, Act act, Event event, boost::json::object details = {}) {
    auto opened = open(desk, id, act, event);
    if (!opened) return refuse(opened.error());
    return record(desk, std::move(*opened), act, event, std::nullopt, std::move(details));
}

}  // namespace

Result<Case, Refusal> begin_review(Desk& desk, Locked locked, std::string_view opinion, bool favourable) {
    auto opened = open(desk, std::move(locked), Act::examine_case, Event::begin_review);
    if (!opened) return refuse(opened.error());
    if (opinion.empty()) return refuse(Refusal::reasons_missing);
    return record(desk, std::move(*opened), Act::examine_case, Event::begin_review, std::nullopt,
                  {{"opinion", opinion}, {"favourable", favourable}, {"by", desk.who.name}});
}

Result<Case, Refusal> extend(Desk& desk, CaseId id, int days, std::string_view reason) {
    auto opened = open(desk, id, Act::extend_limit, Event::extend);
    if (!opened) return refuse(opened.error());
    auto& c = opened->after;
    if (c.extension_days) return refuse(Refusal::already_extended);
    if (reason.empty() || days < 1 || days > 10) return refuse(Refusal::reasons_missing);
    c.extension_days = days;
    auto due = count_limits(desk, c, *opened->version, suspensions(desk.tx, c.division, id));
    auto notice = notice_of(c, "extension", 'E',
                            {{"days", days},
                             {"reason", reason},
                             {"statutory_due", to_iso(c.statutory_due.value())},
                             {"promised", due_content(due.promised.value())},
                             {"statutory", due_content(due.statutory.value())}},
                            desk.now);
    return record(desk, std::move(*opened), Act::extend_limit, Event::extend, std::move(notice));
}

// The applicant is told how long the time that does not count will be, as far as it is known (art. 45).
Result<Case, Refusal> suspend(Desk& desk, CaseId id, std::string_view reason, int expected_days) {
    auto opened = open(desk, id, Act::suspend_limit, Event::suspend);
    if (!opened) return refuse(opened.error());
    if (reason.empty()) return refuse(Refusal::reasons_missing);
    insert_suspension(desk.tx, opened->after.division, id, desk.today(), reason);
    opened->after.suspensions_digest = suspensions_digest(suspensions(desk.tx, opened->after.division, id));
    boost::json::object content{{"reason", reason}, {"from", to_iso(desk.today())}};
    if (expected_days > 0) content["expected_days"] = expected_days;
    auto notice = notice_of(opened->after, "suspension", 'P', std::move(content), desk.now);
    return record(desk, std::move(*opened), Act::suspend_limit, Event::suspend, std::move(notice));
}

Result<Case, Refusal> resume(Desk& desk, CaseId id) {
    auto opened = open(desk, id, Act::suspend_limit, Event::resume);
    if (!opened) return refuse(opened.error());
    end_suspension(desk.tx, opened->after.division, id, desk.today());
    auto pauses = suspensions(desk.tx, opened->after.division, id);
    opened->after.suspensions_digest = suspensions_digest(pauses);
    count_limits(desk, opened->after, *opened->version, pauses);
    return record(desk, std::move(*opened), Act::suspend_limit, Event::resume);
}

// A refusal gives reasons and names the remedies (art. 38(2)); the notice's page prints them.
Result<Case, Refusal> decide(Desk& desk, Locked locked, bool grant, std::string_view reasons, boost::json::object content) {
    auto event = grant ? Event::grant : Event::refuse;
    auto opened = open(desk, std::move(locked), Act::decide_case, event);
    if (!opened) return refuse(opened.error());
    if (!grant && reasons.empty()) return refuse(Refusal::reasons_missing);
    opened->after.decided_at = desk.now;
    content["reasons"] = reasons;
    content["by"] = desk.who.name;
    auto notice = notice_of(opened->after, grant ? "grant" : "refusal", grant ? 'Y' : 'J', std::move(content), desk.now);
    return record(desk, std::move(*opened), Act::decide_case, event, std::move(notice));
}

Result<Case, Refusal> make_result(Desk& desk, CaseId id) {
    return move_on(desk, id, desk.who.staff ? Act::make_result : Act::download_result, Event::make_result);
}

// Handing over ends the case: delivered and closed are two steps of one act, recorded as both.
Result<Case, Refusal> deliver(Desk& desk, CaseId id, std::string_view how, std::string_view received_by) {
    auto act = desk.who.staff ? Act::deliver_result : Act::download_result;
    auto opened = open(desk, id, act, Event::deliver);
    if (!opened) return refuse(opened.error());
    opened->after.delivered_at = desk.now;
    opened->after.state = next(opened->after.state, Event::close).value();
    boost::json::object details{{"how", how}};
    if (!received_by.empty()) details["received_by_sealed"] = crypto::base64url(desk.keys.fields.seal(received_by, "case.received_by"));
    return record(desk, std::move(*opened), act, Event::close, std::nullopt, std::move(details));
}

}  // namespace yimen::cases
