#include "identity/pages.h"

#include "identity/demo.h"
#include "identity/pages_parts.h"

// Signing in and out, whom to act for, and the demonstration's identities.
namespace yimen::identity {

namespace {

web::View sign_in_view(const Context& c, std::string_view error) {
    web::View view{
        {"title", web::words(c.language(), "identity.sign_in_title")},
        {"name", c.request.form.get("name")},
        {"return", local_path(c.request.method == web::Method::post ? c.request.form.get("return") : c.request.query.get("return"))},
        {"demo", c.site.config.flag("demo")}};
    if (!error.empty()) view["error"] = web::words(c.language(), fmt::format("identity.error_sign_in_{}", error));
    return view;
}

web::Response show_sign_in(Context& c) {
    if (c.who().signed_in()) return c.go(std::string(landing(c.who().roles)));
    return c.page(200, "identity/sign-in", sign_in_view(c, ""));
}

// An applicant with a choice is asked first for whom they come.
web::Response inside(const Context& c, const Door::Entered& entered, std::string_view wish) {
    auto who =
        c.read([&](db::Tx& tx) { return find_session(tx, c.site.division, entered.session.token, c.now(), std::chrono::minutes(1)); });
    std::string to = local_path(wish);
    if (to.empty()) to = who ? landing(who->who.roles) : "/";
    if (entered.identity.person && !entered.identity.staff) {
        auto choices = c.read([&](db::Tx& tx) { return may_act_for(tx, c.site.division, entered.identity.person, c.today()); });
        if (!choices.empty()) to = "/act-for?return=" + escaped_query(to);
    }
    return c.enter(c.go(std::move(to)), entered.session.token);
}

web::Response sign_in_with_password(Door& door, Context& c) {
    auto& form = c.request.form;
    if (form.get("name").empty() || form.get("password").empty()) return c.page(422, "identity/sign-in", sign_in_view(c, "empty"));
    auto entered = door.enter(c, form.get("name"), form.get("password"));
    if (entered) return inside(c, *entered, form.get("return"));
    auto answer = c.page(status(entered.error()), "identity/sign-in", sign_in_view(c, name(entered.error())));
    if (entered.error() == Door::Refusal::too_many) answer.header("Retry-After", "60");
    return answer;
}

web::Response leave(Context& c) {
    return c.leave(c.write([&](db::Tx& tx) {
        sign_out(tx, by(c), c.who().session);
        return c.go("/", "identity.notice_signed_out");
    }));
}

web::View act_for_view(const Context& c, std::string_view wish, std::string_view error) {
    auto organisations = c.read([&](db::Tx& tx) { return may_act_for(tx, c.site.division, c.who().person, c.today()); });
    boost::json::array choices;
    for (auto& organisation : organisations)
        choices.push_back(web::View{{"id", to_text(organisation.id)},
                                    {"name", organisation.name},
                                    {"credit_code", organisation.credit_code},
                                    {"chosen", organisation.id == c.who().acting_for}});
    web::View view{{"title", web::words(c.language(), "identity.act_for_title")},
                   {"name", c.who().name},
                   {"oneself", !c.who().acting_for},
                   {"organisations", std::move(choices)},
                   {"return", local_path(wish)}};
    if (!error.empty()) view["error"] = web::words(c.language(), error);
    return view;
}

web::Response show_act_for(Context& c) {
    if (c.who().staff) return c.go(std::string(landing(c.who().roles)));
    return c.page(200, "identity/act-for", act_for_view(c, c.request.query.get("return"), ""));
}

web::Response choose(Context& c) {
    auto wish = c.request.form.get("return"), chosen = c.request.form.get("organisation");
    auto id = chosen == "oneself" ? std::optional(OrganisationId{}) : parse_id<OrganisationTag>(chosen);
    auto refused = [&](std::string_view error) { return c.page(422, "identity/act-for", act_for_view(c, wish, error)); };
    if (!id || c.who().staff) return refused("identity.error_act_for_choose");
    auto taken = c.write([&](db::Tx& tx) {
        if (!choose_whom_to_act_for(tx, by(c), c.who(), *id)) return web::text(422, "");
        auto to = local_path(wish);
        return c.go(to.empty() ? std::string(landing(c.who().roles)) : to, "identity.notice_acting");
    });
    return taken.status == 422 ? refused("identity.error_act_for_mandate") : taken;
}

web::Response show_demo(Context& c) {
    if (!c.site.config.flag("demo")) return c.refused(404, "site", "not_found");
    boost::json::array applicants, staff;
    for (auto& identity : demo_identities()) {
        auto words = [&](std::string_view what) {
            return web::words(c.language(), fmt::format("identity.demo_{}_{}", identity.account, what));
        };
        web::View card{{"account", identity.account}, {"name", identity.name}, {"role", words("role")}, {"try", words("try")}};
        (identity.staff ? staff : applicants).push_back(std::move(card));
    }
    return c.page(200, "identity/demo",
                  {{"title", web::words(c.language(), "identity.demo_title")},
                   {"applicants", std::move(applicants)},
                   {"staff", std::move(staff)},
                   {"password", demo_password}});
}

web::Response enter_demo(Door& door, Context& c) {
    auto entered = door.enter_demo(c, c.request.form.get("account"));
    return entered ? inside(c, *entered, "") : c.refused(404, "site", "not_found");
}

}  // namespace

std::string_view landing(Roles roles) {
    constexpr std::pair<Role, std::string_view> places[] = {
        {Role::applicant, "/"},          {Role::window_clerk, "/window"},   {Role::guide_clerk, "/window"},
        {Role::officer, "/review"},      {Role::issuing_clerk, "/issuing"}, {Role::director, "/figures"},
        {Role::administrator, "/admin"}, {Role::auditor, "/audit"},         {Role::analyst, "/editing"}};
    for (auto& [role, path] : places)
        if (roles.has(role)) return path;
    return "/";
}

void add_pages(Routes& routes, const Parts& parts) {
    auto& door = parts.door;
    routes.get("/sign-in", Act::sign_in, show_sign_in);
    routes.post("/sign-in", Act::sign_in, [&door](Context& c) { return sign_in_with_password(door, c); });
    routes.post("/sign-out", Act::sign_out, leave);
    routes.get("/act-for", Act::manage_own_account, show_act_for);
    routes.post("/act-for", Act::manage_own_account, choose);
    routes.get("/demo", Act::sign_in, show_demo);
    routes.post("/demo", Act::sign_in, [&door](Context& c) { return enter_demo(door, c); });
    add_account_pages(routes, parts);
    add_staff_pages(routes, parts);
}

}  // namespace yimen::identity
