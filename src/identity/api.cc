#include "identity/api.h"

#include <boost/json.hpp>

#include "identity/pages_parts.h"
#include "web/json_body.h"

namespace yimen::identity {

namespace {

namespace json = boost::json;

std::string text_of(const json::object& body, std::string_view name) {
    auto* value = body.if_contains(name);
    auto* text = value ? value->if_string() : nullptr;
    return text ? std::string(*text) : "";
}

json::object who_json(const Who& who) {
    json::object object{{"name", who.name}, {"kind", who.staff ? "staff" : "person"}};
    json::array roles;
    for (auto role : all_roles())
        if (who.roles.has(role)) roles.push_back(json::value(name(role)));
    object["roles"] = std::move(roles);
    object["acting_for"] = who.acting_for ? json::value(who.acting_for_name) : json::value();
    return object;
}

web::Response begin(Door& door, Context& c) {
    auto value = web::read_json(c.request.body);
    auto* body = value ? value->if_object() : nullptr;
    if (!body) return c.refused(400, "site", "bad_request");
    auto entered = door.enter(c, text_of(*body, "name"), text_of(*body, "password"), text_of(*body, "acting_for"));
    if (!entered) {
        auto answer = c.refused(status(entered.error()), "identity", fmt::format("sign_in_{}", name(entered.error())));
        if (entered.error() == Door::Refusal::too_many) answer.header("Retry-After", "60");
        return answer;
    }
    auto session =
        c.read([&](db::Tx& tx) { return find_session(tx, c.site.division, entered->session.token, c.now(), std::chrono::minutes(1)); });
    json::object answer{{"token", entered->session.token}};
    if (session) answer["who"] = who_json(session->who);
    if (session) answer["ends_at"] = to_iso(session->ends_at);
    return web::json(201, std::move(answer)).header("Cache-Control", "no-store");
}

web::Response end(Context& c) {
    c.confirm();
    c.site.database.write([&](db::Tx& tx) { sign_out(tx, by(c), c.who().session); });
    return c.leave(web::text(204, ""));
}

web::Response me(Context& c) {
    auto object = who_json(c.who());
    if (c.who().staff) {
        auto authority = c.read([&](db::Tx& tx) { return find_authority(tx, c.site.division, c.who().authority); });
        if (authority) object["authority"] = json::object{{"name", authority->name_zh}, {"credit_code", authority->credit_code}};
    } else if (auto person = c.read([&](db::Tx& tx) { return find_person(tx, c.site.division, c.who().person); })) {
        object["number_masked"] = person->id_masked;
        object["phone_masked"] = person->phone_masked;
    }
    return web::json(200, std::move(object));
}

web::Response organisations(Context& c) {
    auto found = c.read([&](db::Tx& tx) { return may_act_for(tx, c.site.division, c.who().person, c.today()); });
    json::array list;
    for (auto& o : found)
        list.push_back(
            json::object{{"name", o.name}, {"credit_code", o.credit_code}, {"kind", o.kind}, {"acting", o.id == c.who().acting_for}});
    return web::json(200, json::object{{"organisations", std::move(list)}});
}

web::Response sessions(Context& c) {
    auto idle = std::chrono::minutes(c.site.config.number("session_idle_minutes", 1, 24 * 60));
    auto lines = c.read([&](db::Tx& tx) { return live_sessions(tx, c.site.division, c.who().person, c.who().staff, c.now(), idle); });
    json::array list;
    for (auto& line : lines)
        list.push_back(json::object{{"id", to_text(line.id)},
                                    {"device", line.device},
                                    {"began_at", to_iso(line.made_at)},
                                    {"seen_at", to_iso(line.seen_at)},
                                    {"this", line.id == c.who().session}});
    return web::json(200, json::object{{"sessions", std::move(list)}});
}

web::Response end_sessions(Context& c) {
    return c.write([&](db::Tx& tx) { return web::json(200, json::object{{"ended", end_others(tx, by(c), c.who())}}); });
}

}  // namespace

void add_api(Routes& routes, const Parts& parts) {
    auto& door = parts.door;
    routes.post("/api/session", Act::sign_in, [&door](Context& c) { return begin(door, c); });
    routes.add(web::Method::del, "/api/session", Act::sign_out, end);
    routes.get("/api/me", Act::manage_own_account, me);
    routes.get("/api/me/organisations", Act::manage_own_account, organisations);
    routes.get("/api/me/sessions", Act::manage_own_account, sessions);
    routes.add(web::Method::del, "/api/me/sessions", Act::manage_own_account, end_sessions);
}

}  // namespace yimen::identity
