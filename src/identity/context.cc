#include "identity/context.h"

#include <boost/json.hpp>

#include "web/csrf.h"

namespace yimen::identity {

namespace {

// Cookies last a year: how somebody likes to read is not a secret.
constexpr int64_t a_year = 365 * 24 * 3600;

bool plain_key(std::string_view key) {
    return !key.empty() && key.size() < 80 && key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.") == std::string_view::npos;
}

std::string_view choice(const web::Request& request, std::string_view name) {
    if (auto asked = request.query.find(name)) return *asked;
    return web::cookie(request, name);
}

}  // namespace

Context::Context(web::Request& r, const Site& s) : request(r), site(s), now_(s.clock.now()) {
    language_ = choice(r, "lang") == "en" ? Language::en : Language::zh;
    elder_ = choice(r, "elder") == "1";
    if (auto bearer = r.header("authorization"); bearer.starts_with("Bearer "))
        token_ = bearer.substr(7);
    else
        token_ = web::cookie(r, "session");
    visit_ = web::cookie(r, "visit");
    auto notice = web::cookie(r, "notice");
    if (plain_key(notice) && web::has_words(notice)) notice_ = notice;
}

std::string_view Context::secret() const { return who_.signed_in() ? token_ : visit_; }

web::Response Context::page(int status, std::string_view name, web::View view, const web::View* shared) const {
    view["page"] = chrome(view);
    auto response = web::html(status, site.templates.render(name, language_, view, shared));
    response.for_anybody = status == 200 && secret().empty() && notice_.empty();
    for (auto choice : {"lang", "elder"})
        if (auto asked = request.query.find(choice); asked && (*asked == "zh" || *asked == "en" || *asked == "0" || *asked == "1"))
            web::set_cookie(response, {choice, std::string(*asked), a_year}, request.secure);
    if (!notice_.empty()) web::set_cookie(response, {"notice", ""}, request.secure);
    if (!who_.signed_in() && web::cookie(request, "visit").empty() && !visit_.empty())
        web::set_cookie(response, {"visit", visit_}, request.secure);
    response.header("Vary", "Cookie");
    return response;
}

web::Response Context::refused(int status, std::string_view feature, std::string_view code) const {
    auto message = web::words(language_, fmt::format("{}.error_{}", feature, code));
    if (request.wants_json()) return web::problem(status, code, message, {{"request_id", request.id}});
    return page(status, "site/problem",
                {{"title", web::words(language_, status == 404 ? "site.problem_not_found" : "site.problem_title")},
                 {"status", status},
                 {"message", message},
                 {"request_id", request.id}});
}

web::Response Context::go(std::string path, std::string_view notice) const {
    auto response = web::see_other(std::move(path));
    if (!notice.empty()) web::set_cookie(response, {"notice", std::string(notice), 60}, request.secure);
    return response;
}

web::Response Context::enter(web::Response response, std::string_view token) const {
    web::set_cookie(response, {"session", std::string(token)}, request.secure);
    web::set_cookie(response, {"visit", ""}, request.secure);
    return response;
}

web::Response Context::leave(web::Response response) const {
    web::set_cookie(response, {"session", ""}, request.secure);
    return response;
}

ledger::Actor Context::actor() const {
    ledger::Actor actor{"anonymous", 0, "", ""};
    if (who_.staff) actor = {"staff", who_.staff.value, "", to_text(who_.session)};
    if (who_.person && !who_.staff) actor = {"person", who_.person.value, "", to_text(who_.session)};
    actor.role = role_word(who_.roles);
    return actor;
}

}  // namespace yimen::identity
