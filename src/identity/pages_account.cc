#include <boost/json.hpp>

#include "identity/pages_parts.h"

// One's own account: who one is, sessions, password.
namespace yimen::identity {

namespace {

web::View account_view(const Context& c) {
    auto& who = c.who();
    auto sessions = own_sessions(c);
    web::View view{{"title", web::words(c.language(), "identity.account_title")},
                   {"name", who.name},
                   {"acting_for", who.acting_for_name},
                   {"other_sessions", sessions.size() > 1},
                   {"sessions", std::move(sessions)}};
    if (who.staff) {
        boost::json::array posts;
        for (auto role : all_roles())
            if (who.roles.has(role))
                posts.push_back(web::View{{"name", web::words(c.language(), fmt::format("site.role_{}", name(role)))}});
        view["staff"] = web::View{{"posts", std::move(posts)}};
        auto authority = c.read([&](db::Tx& tx) { return find_authority(tx, c.site.division, who.authority); });
        if (authority) view["authority"] = c.language() == Language::en ? authority->name_en : authority->name_zh;
        return view;
    }
    auto person = c.read([&](db::Tx& tx) { return find_person(tx, c.site.division, who.person); });
    auto organisations = c.read([&](db::Tx& tx) { return may_act_for(tx, c.site.division, who.person, c.today()); });
    if (person) view["person"] = web::View{{"number", person->id_masked}, {"phone", person->phone_masked}};
    boost::json::array list;
    for (auto& organisation : organisations)
        list.push_back(web::View{{"name", organisation.name}, {"credit_code", organisation.credit_code}});
    view["has_organisations"] = !list.empty();
    view["organisations"] = std::move(list);
    return view;
}

// Not by Context::write, which would keep the answer, and the numbers in it, for a repeated request.
web::Response reveal(Context& c) {
    auto& who = c.who();
    if (who.staff) return c.refused(404, "site", "not_found");
    auto values = c.site.database.write([&](db::Tx& tx) {
        if (lock_person(tx, c.site.division, who.person))
            record(tx, by(c), "person", who.person.value, name(Act::reveal_personal), nullptr, boost::json::object{{"whose", "own"}});
        return known(tx, c.site.keys.fields, c.site.division, who.person, {});
    });
    auto view = account_view(c);
    view["revealed"] = true;
    view["person"] =
        web::View{{"number", values["person.number"]}, {"phone", values["person.phone"]}, {"address", values["person.address"]}};
    auto response = c.page(200, "identity/account", std::move(view));
    response.header("Cache-Control", "no-store");
    return response;
}

web::Response end_session_of_mine(Context& c) {
    auto id = parse_id<SessionTag>(c.request.param("id"));
    if (!id || *id == c.who().session) return c.refused(404, "site", "not_found");
    return c.write([&](db::Tx& tx) {
        bool ended = end_one(tx, by(c), c.who(), *id);
        return c.go("/account#sessions", ended ? "identity.notice_session_ended" : "identity.notice_session_gone");
    });
}

web::Response end_all_others(Context& c) {
    return c.write([&](db::Tx& tx) {
        end_others(tx, by(c), c.who());
        return c.go("/account#sessions", "identity.notice_sessions_ended");
    });
}

web::View password_view(const Context& c, std::string_view error) {
    web::View view{{"title", web::words(c.language(), "identity.password_title")}};
    if (error.empty()) return view;
    auto text = web::words(c.language(), fmt::format("identity.error_password_{}", error));
    view["error"] = text;
    bool about_current = error == "wrong" || error == "too_many";
    view[about_current ? "current_error" : error == "repeat" ? "repeat_error" : "wanted_error"] = text;
    view["field"] = about_current ? "current" : error == "repeat" ? "repeat" : "wanted";
    return view;
}

web::Response show_password(Context& c) { return c.page(200, "identity/password", password_view(c, "")); }

// The hashing comes before the transaction; a refusal still goes through write, so that a second click on a change that succeeded
// gets that answer and not "wrong password".
web::Response change(Door& door, Context& c) {
    auto& form = c.request.form;
    auto account = c.read([&](db::Tx& tx) { return account_of(tx, c.site.division, c.who().person, c.who().staff); });
    if (!account) return c.refused(404, "site", "not_found");
    if (!door.may_try(c, account->id)) return c.page(429, "identity/password", password_view(c, "too_many")).header("Retry-After", "60");
    if (form.get("wanted") != form.get("repeat")) return c.page(422, "identity/password", password_view(c, "repeat"));
    auto phc = new_password(*account, form.get("current"), form.get("wanted"));
    std::string_view error = phc ? "" : name(phc.error());
    auto answer = c.write([&](db::Tx& tx) {
        if (!phc) return web::text(422, "");
        if (!change_password(tx, by(c), c.who(), *account, *phc)) return error = "wrong", web::text(422, "");
        return c.go("/account", "identity.notice_password_changed");
    });
    return answer.status == 422 ? c.page(422, "identity/password", password_view(c, error)) : answer;
}

}  // namespace

void add_account_pages(Routes& routes, const Parts& parts) {
    auto& door = parts.door;
    routes.get("/account", Act::manage_own_account, [](Context& c) { return c.page(200, "identity/account", account_view(c)); });
    routes.post("/account/reveal", Act::manage_own_account, reveal);
    routes.post("/account/sessions/{id}/end", Act::manage_own_account, end_session_of_mine);
    routes.post("/account/other-sessions/end", Act::manage_own_account, end_all_others);
    routes.get("/account/password", Act::manage_own_account, show_password);
    routes.post("/account/password", Act::manage_own_account, [&door](Context& c) { return change(door, c); });
}

}  // namespace yimen::identity
