#include "cases/pages_staff.h"

#include "base/text.h"
#include "cases/about_licence.h"
#include "cases/pages_case_parts.h"
#include "web/events.h"
#include "web/json_body.h"

namespace yimen::cases {

using identity::Context;
using web::words;

Desk desk_of(const Context& c, db::Tx& tx, const StaffParts& parts) {
    return {tx, c.who(), c.actor(), c.now(), parts.catalogue, parts.days, c.site.keys, parts.library};
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
        case Refusal::not_found:
            return 404;
        case Refusal::not_permitted:
        case Refusal::same_person:
            return 403;
        case Refusal::not_possible_now:
        case Refusal::stage_missing:
        case Refusal::already_extended:
        case Refusal::licence_pending:
        case Refusal::licence_unknown:
        case Refusal::organisation_ended:
        case Refusal::correction_too_late:
            return 409;
        default:
            return 422;
    }
}

std::string work_topic(Division division) { return fmt::format("division:{}:work", division.text()); }

void tell_worklists(const Context& c, db::Tx& tx) {
    tx.after_commit([&events = c.site.events, topic = work_topic(c.site.division)] { events.publish(topic, "work", "{}"); });
}

namespace {

// What was refused is told after the transaction, which an answer of 400 or more rolls back.
web::Response write_act(const Context& c, const StaffParts& parts, const ActOnCase& act,
                        const std::function<web::Response(const Case&)>& done, const std::function<web::Response(Refusal)>& refused) {
    auto id = parse_id<CaseTag>(c.request.param("id"));
    if (!id) return c.refused(404, "window", code(Refusal::not_found));
    return c.write([&](db::Tx& tx) -> web::Response {
        auto desk = desk_of(c, tx, parts);
        auto outcome = act(desk, *id);
        if (!outcome) return refused(outcome.error());
        tell_worklists(c, tx);
        return done(*outcome);
    });
}

}  // namespace

web::Response do_act(const Context& c, const StaffParts& parts, std::string path, std::string_view notice, const ActOnCase& act) {
    auto refused = [&](Refusal why) {
        if (c.request.wants_json() || why == Refusal::not_found) return c.refused(status_of(why), "window", code(why));
        return c.page(status_of(why), "window/refused",
                      {{"title", words(c.language(), "site.problem_title")},
                       {"message", words(c.language(), fmt::format("window.error_{}", code(why)))},
                       {"path", path}});
    };
    return write_act(
        c, parts, act, [&](const Case&) { return c.go(path, notice); }, refused);
}

web::Response do_api_act(const Context& c, const StaffParts& parts, const ActOnCase& act) {
    return write_act(
        c, parts, act, [&](const Case& file) { return web::json(200, case_json(file)); },
        [&](Refusal why) { return c.refused(status_of(why), "window", code(why)); });
}

namespace {

boost::json::value day_or_null(const std::optional<Date>& date) {
    return date ? boost::json::value(to_iso(*date)) : boost::json::value(nullptr);
}

boost::json::array documents_json(const std::vector<Document>& all) {
    boost::json::array found;
    for (auto& d : all)
        if (!d.removed)
            found.push_back(boost::json::object{{"id", to_text(d.id)},
                                                {"material", d.material},
                                                {"name", d.name},
                                                {"media_type", d.media_type},
                                                {"size", d.size},
                                                {"added_at", to_iso(d.added_at)}});
    return found;
}

boost::json::array notices_json(const std::vector<Notice>& all) {
    boost::json::array found;
    for (auto& n : all)
        found.push_back(boost::json::object{{"id", to_text(n.id)}, {"kind", n.kind}, {"number", n.number}, {"made_at", to_iso(n.made_at)}});
    return found;
}

boost::json::value limit_json(const std::optional<calendar::DueDate>& due, Language language) {
    if (!due) return nullptr;
    boost::json::array because;
    for (auto& step : language == Language::en ? due->because_en : due->because_zh) because.push_back(boost::json::value(step));
    return boost::json::object{{"date", to_iso(due->date)}, {"provisional", due->provisional}, {"because", std::move(because)}};
}

}  // namespace

boost::json::object case_json(const Case& file) {
    return {{"id", to_text(file.id)},
            {"number", file.number},
            {"item", file.item},
            {"situation", file.situation},
            {"state", name(file.state)},
            {"applicant", file.applicant_name},
            {"channel", file.channel},
            {"accepted_on", day_or_null(file.accepted_on)},
            {"acceptance_due", day_or_null(file.acceptance_due)},
            {"promised_due", day_or_null(file.promised_due)},
            {"statutory_due", day_or_null(file.statutory_due)},
            {"extension_days", file.extension_days},
            {"licence", file.licence ? boost::json::value(to_text(file.licence)) : boost::json::value()},
            {"changed_at", to_iso(file.changed_at)}};
}

boost::json::object whole_case_json(const Context& c, const StaffParts& parts, const Case& file) {
    auto version = parts.catalogue.version(file.item_version);
    if (!version) throw std::runtime_error("a case is pinned to an item version that is gone");
    auto object = case_json(file);
    c.read([&](db::Tx& tx) {
        object["documents"] = documents_json(documents(tx, file.division, file.id));
        object["notices"] = notices_json(notices(tx, file.division, file.id));
        auto desk = desk_of(c, tx, parts);
        object["materials"] = materials_json(file, *version, held_by(desk, file), c.language());
        auto found = limits(file, *version, suspensions(tx, file.division, file.id), parts.days, c.today());
        object["limits"] = boost::json::object{{"acceptance", limit_json(found.acceptance, c.language())},
                                               {"promised", limit_json(found.promised, c.language())},
                                               {"statutory", limit_json(found.statutory, c.language())}};
    });
    boost::json::object answers;
    for (auto& [question, answer] : file.answers) answers[question] = answer;
    object["answers"] = std::move(answers);
    auto situation = catalogue::settled(*version, file.situation, file.answers);
    object["fee"] = situation ? boost::json::value(yuan_text(situation->fee)) : boost::json::value();
    return object;
}

boost::json::object json_body(const Context& c) {
    auto value = web::read_json(c.request.body);
    return value && value->is_object() ? value->as_object() : boost::json::object();
}

std::string text_in(const boost::json::object& body, std::string_view name) {
    auto* value = body.if_contains(name);
    return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

}  // namespace yimen::cases
