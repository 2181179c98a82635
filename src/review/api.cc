#include "review/api.h"

#include "base/text.h"
#include "review/review.h"

namespace yimen::review {

namespace {

using identity::Act;
using identity::Context;
using web::Response;

// "grant" or "refuse"; anything else is refused before the case is looked at.
std::optional<bool> verdict_in(const boost::json::object& body, std::string_view name) {
    auto word = cases::text_in(body, name);
    if (word == "grant") return true;
    if (word == "refuse") return false;
    return std::nullopt;
}

Response examine_it(const Context& c, const Parts& parts) {
    auto body = cases::json_body(c);
    auto advice = verdict_in(body, "advice");
    if (!advice) return c.refused(422, "window", "decision_missing");
    auto opinion = cases::text_in(body, "opinion");
    return cases::do_api_act(c, parts.staff, [&](Desk& desk, CaseId id) { return examine(desk, id, trim(opinion), *advice); });
}

Response decide_it(const Context& c, const Parts& parts) {
    auto body = cases::json_body(c);
    auto grant = verdict_in(body, "decision");
    if (!grant) return c.refused(422, "window", "decision_missing");
    auto reasons = cases::text_in(body, "reasons");
    return cases::do_api_act(c, parts.staff, [&](Desk& desk, CaseId id) { return decide(desk, parts.types, id, *grant, trim(reasons)); });
}

Response extend_it(const Context& c, const Parts& parts) {
    auto body = cases::json_body(c);
    auto* number = body.if_contains("days");
    auto days = number && number->is_int64() ? number->as_int64() : 0;
    if (days < 1 || days > 10) return c.refused(422, "window", "days_wrong");
    auto reason = cases::text_in(body, "reason");
    return cases::do_api_act(c, parts.staff,
                             [&](Desk& desk, CaseId id) { return cases::extend(desk, id, static_cast<int>(days), trim(reason)); });
}

Response suspend_it(const Context& c, const Parts& parts) {
    auto body = cases::json_body(c);
    auto reason = cases::text_in(body, "reason");
    auto* number = body.if_contains("expected_days");
    auto days = number && number->is_int64() ? number->as_int64() : 0;
    if (number && (days < 1 || days > cases::longest_suspension)) return c.refused(422, "window", "expected_days_wrong");
    return cases::do_api_act(c, parts.staff,
                             [&](Desk& desk, CaseId id) { return cases::suspend(desk, id, trim(reason), static_cast<int>(days)); });
}

Response resume_it(const Context& c, const Parts& parts) {
    return cases::do_api_act(c, parts.staff, [](Desk& desk, CaseId id) { return cases::resume(desk, id); });
}

}  // namespace

void add_api(identity::Routes& routes, const Parts& parts) {
    using Answer = Response (*)(const Context&, const Parts&);
    auto post = [&](std::string_view what, Act act, Answer answer) {
        routes.post(fmt::format("/api/work/{{id}}/{}", what), act, [parts, answer](Context& c) { return answer(c, parts); });
    };
    post("examination", Act::examine_case, examine_it);
    post("decision", Act::decide_case, decide_it);
    post("extension", Act::extend_limit, extend_it);
    post("suspension", Act::suspend_limit, suspend_it);
    post("resumption", Act::suspend_limit, resume_it);
}

}  // namespace yimen::review
