#include "cases/pages_staff.h"

#include "base/text.h"
#include "web/events.h"

namespace yimen::cases {

using identity::Context;
using web::words;

Desk desk_of(const Context& c, db::Tx& tx, const StaffParts& parts) {
    return {tx, c.who(), c.actor(), c.now(), parts.catalogue, parts.days, c.site.keys};
}

std::optional<Case> case_of_address(const Context& c, const StaffParts&) {
    auto id = parse_id<CaseTag>(c.request.param("id"));
    if (!id) return std::nullopt;
    auto found = c.read([&](db::Tx& tx) { return find(tx, c.site.keys.fields, c.site.division, *id); });
    bool hidden = found && found->state == State::draft && !found->helped_by;
    if (!found || hidden || !identity::permits(c.who(), identity::Act::see_case, found->subject(), c.today())) return std::nullopt;
    return found;
}

int status_of(Refusal refusal) {
    switch (refusal) {
        case Refusal::not_found: return 404;
        case Refusal::not_permitted:
        case Refusal::same_person: return 403;
        case Refusal::not_possible_now:
        case Refusal::stage_missing:
        case Refusal::already_extended:
        case Refusal::correction_too_late: return 409;
        default: return 422;
    }
}

std::string work_topic(Division division) { return fmt::format("division:{}:work", division.text()); }

void tell_worklists(const Context& c, db::Tx& tx) {
    tx.after_commit([&events = c.site.events, topic = work_topic(c.site.division)] { events.publish(topic, "work", "{}"); });
}

namespace {

// What was refused is told after the transaction, which an answer of 400 or more rolls back.
web::Response write_act(const Context& c, const StaffParts& parts, const ActOnCase& act,
                        const std::function<web::Response(const Case&)>& done) {
    auto id = parse_id<CaseTag>(c.request.param("id"));
    if (!id) return c.refused(404, "window", code(Refusal::not_found));
    return c.write([&](db::Tx& tx) -> web::Response {
        auto desk = desk_of(c, tx, parts);
        auto outcome = act(desk, *id);
        if (!outcome) return c.refused(status_of(outcome.error()), "window", code(outcome.error()));
        tell_worklists(c, tx);
        return done(*outcome);
    });
}

}  // namespace

web::Response do_act(const Context& c, const StaffParts& parts, std::string path, std::string_view notice, const ActOnCase& act) {
    return write_act(c, parts, act, [&](const Case&) { return c.go(path, notice); });
}

web::Response do_api_act(const Context& c, const StaffParts& parts, const ActOnCase& act) {
    return write_act(c, parts, act, [&](const Case& file) { return web::json(200, case_json(c, parts, file)); });
}

boost::json::object case_json(const Context& c, const StaffParts&, const Case& file) {
    auto day = [](const std::optional<Date>& date) { return date ? boost::json::value(to_iso(*date)) : boost::json::value(nullptr); };
    return {{"id", to_text(file.id)},
            {"number", file.number},
            {"item", file.item},
            {"situation", file.situation},
            {"state", name(file.state)},
            {"applicant", file.applicant_name},
            {"channel", file.channel},
            {"accepted_on", day(file.accepted_on)},
            {"acceptance_due", day(file.acceptance_due)},
            {"promised_due", day(file.promised_due)},
            {"statutory_due", day(file.statutory_due)},
            {"path", "/window/cases/" + to_text(file.id)},
            {"changed_at", to_iso(c.now() > file.changed_at ? file.changed_at : c.now())}};
}

boost::json::object json_body(const Context& c) {
    boost::system::error_code broken;
    auto value = boost::json::parse(c.request.body, broken);
    return broken || !value.is_object() ? boost::json::object() : value.as_object();
}

std::string text_in(const boost::json::object& body, std::string_view name) {
    auto* value = body.if_contains(name);
    return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

}  // namespace yimen::cases
