#include "cases/acts.h"

// The statutory answers to a submission: correction, acceptance, refusal to accept (Administrative License Law art. 32).
namespace yimen::cases {

using identity::Act;

namespace {

boost::json::array array_of(const std::vector<std::string>& texts) {
    boost::json::array found;
    for (auto& text : texts) found.push_back(boost::json::value(text));
    return found;
}

}  // namespace

// A notice that comes after the five days cannot undo that the case counts as accepted on the day of receipt.
Result<Case, Refusal> request_correction(Desk& desk, CaseId id, const Correction& wanted) {
    auto opened = open(desk, id, Act::request_correction, Event::request_correction);
    if (!opened) return refuse(opened.error());
    if (wanted.materials.empty() && wanted.fields.empty()) return refuse(Refusal::nothing_to_correct);
    if (desk.today() > opened->after.acceptance_due.value()) return refuse(Refusal::correction_too_late);
    boost::json::object remarks;
    for (auto& [what, remark] : wanted.remarks) remarks[what] = remark;
    auto notice = notice_of(
        opened->after, "correction", 'B',
        {{"materials", array_of(wanted.materials)}, {"fields", array_of(wanted.fields)}, {"remarks", remarks}, {"remark", wanted.remark}},
        desk.now);
    return record(desk, std::move(*opened), Act::request_correction, Event::request_correction, std::move(notice));
}

// A late acceptance counts from the day of receipt, as the law says of silence.
Result<Case, Refusal> accept(Desk& desk, CaseId id) {
    auto opened = open(desk, id, Act::accept_case, Event::accept);
    if (!opened) return refuse(opened.error());
    auto& c = opened->after;
    bool late = desk.today() > c.acceptance_due.value();
    c.accepted_on = late ? shanghai_date(*c.submitted_at) : desk.today();
    auto due = count_limits(desk, c, *opened->version, {});  // nothing stands still before the acceptance
    auto notice = notice_of(c, "acceptance", 'A',
                            {{"accepted_on", to_iso(*c.accepted_on)},
                             {"promised_due", to_iso(c.promised_due.value())},
                             {"statutory_due", to_iso(c.statutory_due.value())},
                             {"promised", due_content(due.promised.value())},
                             {"statutory", due_content(due.statutory.value())},
                             {"late", late}},
                            desk.now);
    return record(desk, std::move(*opened), Act::accept_case, Event::accept, std::move(notice));
}

Result<Case, Refusal> reveal(Desk& desk, CaseId id) {
    auto locked = lock(desk.tx, desk.keys.fields, desk.who.division, id);
    if (!locked) return refuse(Refusal::not_found);
    auto& c = locked->file;
    if (!identity::permits(desk.who, Act::reveal_personal, c.subject(), desk.today())) return refuse(Refusal::not_permitted);
    ledger::record(desk.tx,
                   {c.division,
                    "case",
                    {c.id.value},
                    desk.actor,
                    std::string(identity::name(Act::reveal_personal)),
                    desk.now,
                    nullptr,
                    boost::json::object{{"event", "reveal"}},
                    digest(c)},
                   std::move(locked->head));
    return c;
}

Result<Case, Refusal> refuse_acceptance(Desk& desk, CaseId id, std::string_view reason, std::string_view right_authority) {
    auto opened = open(desk, id, Act::refuse_acceptance, Event::refuse_acceptance);
    if (!opened) return refuse(opened.error());
    if (reason.empty()) return refuse(Refusal::reasons_missing);
    auto notice = notice_of(opened->after, "no_acceptance", 'N', {{"reason", reason}, {"right_authority", right_authority}}, desk.now);
    return record(desk, std::move(*opened), Act::refuse_acceptance, Event::refuse_acceptance, std::move(notice));
}

}  // namespace yimen::cases
