#include "base/log.h"
#include "identity/context.h"
#include "identity/store.h"
#include "web/csrf.h"

namespace yimen::identity {

namespace {

bool safe(web::Method method) { return method == web::Method::get || method == web::Method::head; }

// Pages without a form need no secret, so that a visitor who only reads gets no cookie and costs no token.
bool only_reads(Act act) {
    return act == Act::browse || act == Act::ask_guidance || act == Act::read_api_description || act == Act::verify_licence ||
           act == Act::verify_receipt;
}

// Looking one up is a question to the database.
bool brings_session(const web::Request& request) {
    return !web::cookie(request, "session").empty() || !request.header("authorization").empty();
}

// The way back after signing in: where the visitor wanted to go, or the page they came from.
std::string sign_in_path(const web::Request& request) {
    if (!safe(request.method)) return "/sign-in";
    std::string to;
    for (unsigned char c : request.target)
        to += std::isalnum(c) || c == '/' || c == '-' || c == '_' || c == '.' ? std::string(1, static_cast<char>(c))
                                                                              : fmt::format("%{:02X}", c);
    return "/sign-in?return=" + to;
}

bool csrf_holds(const Site& site, const web::Request& request, std::string_view secret) {
    if (web::from_another_site(request)) return false;
    auto token = request.header("x-csrf-token");
    if (token.empty()) token = request.form.get("_csrf");
    return !secret.empty() && web::csrf_valid(site.keys.session_key, secret, token);
}

// Whoever only reads must not be turned away because a full disk takes no note of it.
void note_seen(const Context& c) try {
    c.site.database.write([&](db::Tx& tx) { touch_session(tx, c.site.division, c.who().session, c.now()); });
} catch (const db::Unavailable& e) {
    log::warning("session_not_touched", {{"why", e.what()}, {"request", c.request.id}});
}

}  // namespace

std::chrono::minutes Context::idle() const { return std::chrono::minutes(site.config.number("session_idle_minutes", 1, 24 * 60)); }

void Context::find_who(bool may_remember) {
    if (token_.empty()) return;
    auto found = may_remember ? site.remembered->find(token_, now_) : std::nullopt;
    to_confirm_ = found.has_value();
    if (!found) {
        found = site.database.read([&](db::Tx& tx) { return find_session(tx, site.division, token_, now_, idle()); });
        if (found && may_remember) site.remembered->keep(token_, *found, now_);
    }
    if (!found) return;
    who_ = found->who;
    if (to_confirm_)
        remembered_ = std::move(*found);
    else if (now_ - found->seen_at > std::chrono::minutes(1))
        note_seen(*this);
}

std::function<void()> Context::confirming(db::Tx& tx) const {
    if (!to_confirm_) return [] {};
    auto asked = std::make_shared<AskedStanding>(tx, remembered_, token_, now_, idle());
    return [this, asked] {
        if (!asked->holds()) throw Stale();
        to_confirm_ = false;
    };
}

namespace {

// Kept in the chain of the session, so that an auditor sees who tried what.
void record_refusal(const Context& c, Act act) {
    log::warning("not_permitted", {{"act", name(act)}, {"request", c.request.id}, {"session", to_text(c.who().session)}});
    c.site.database.write([&](db::Tx& tx) {
        ledger::Entry entry{.division = c.site.division,
                            .kind = "session",
                            .chain = {c.who().session.value},
                            .actor = c.actor(),
                            .act = "refused",
                            .at = c.now(),
                            .before = nullptr,
                            .after = boost::json::object{{"act", name(act)}, {"path", c.request.path}},
                            .subject_digest = ""};
        ledger::record(tx, entry);
    });
}

}  // namespace

Routes::Routes(web::Router& router, const Site& site) : router_(router), site_(site) {}

void Routes::add(web::Method method, std::string pattern, Act act, Handler handler, RouteLimits limits) {
    std::function<bool(const web::Request&)> at_once;
    if (limits.from_memory)
        at_once = [ready = std::move(limits.from_memory)](const web::Request& request) {
            return !brings_session(request) && ready(request);
        };
    router_.add({.method = method,
                 .pattern = std::move(pattern),
                 .handler = [&site = site_, act, handler = std::move(handler),
                             rate = limits.rate](web::Request& request) { return answer(site, request, act, handler, rate.get()); },
                 .act = std::string(name(act)),
                 .max_body = limits.max_body,
                 .max_upload = limits.max_upload,
                 .live = limits.live,
                 .at_once = std::move(at_once)});
}

web::Response Routes::answer(const Site& site, web::Request& request, Act act, const Handler& handler, web::RateLimit* rate) {
    Context c(request, site);
    if (rate && !rate->allow(request.client, c.now_)) return c.refused(429, "site", "too_many").header("Retry-After", "30");
    // Where a question in a round trip of its own costs much, and every act of the handler confirms who asks.
    bool may_remember = site.database.is_postgresql() && !safe(request.method) && request.path.starts_with("/api/");
    try {
        auto response = answer_as_found(c, act, handler, may_remember);
        c.confirm();
        return response;
    } catch (const Context::Stale&) {
        // Nothing was done yet: each act confirms before it commits.
        site.remembered->forget(c.token_);
        Context anew(request, site);
        return answer_as_found(anew, act, handler, false);
    }
}

web::Response Routes::answer_as_found(Context& c, Act act, const Handler& handler, bool may_remember) {
    auto& request = c.request;
    c.find_who(may_remember);
    bool bearer = request.header("authorization").starts_with("Bearer ");
    if (!c.who_.signed_in() && c.visit_.empty() && !only_reads(act)) c.visit_ = crypto::random_token();
    if (!permits(c.who_.roles, act)) {
        if (!c.who_.signed_in()) return request.wants_json() ? c.refused(401, "site", "sign_in_first") : c.go(sign_in_path(request));
        record_refusal(c, act);
        return c.refused(403, "site", "not_permitted");
    }
    if (!safe(request.method) && !bearer && !csrf_holds(c.site, request, c.secret())) {
        // Programs begin without a cookie: there is no session that another site could ride on.
        bool nothing_to_ride_on = request.path.starts_with("/api/") && !c.who_.signed_in() && !web::from_another_site(request);
        if (!nothing_to_ride_on) return c.refused(403, "site", "form_stale");
    }
    return handler(c);
}

web::Response error_page(const Site& site, int status, const web::Request& request) {
    static const std::map<int, std::string_view> codes{
        {400, "bad_request"}, {401, "sign_in_first"}, {403, "not_permitted"}, {404, "not_found"}, {405, "method"},    {408, "timeout"},
        {409, "conflict"},    {413, "too_large"},     {415, "media_type"},    {429, "too_many"},  {431, "too_large"}, {503, "unavailable"}};
    auto copy = request;
    copy.method = web::Method::get;
    Context c(copy, site);
    auto code = codes.find(status);
    return c.refused(status, "site", code == codes.end() ? "broken" : code->second);
}

}  // namespace yimen::identity
