#include "base/text.h"
#include "licences/pages_parts.h"

// Verification (证照核验): by anybody who has the licence in hand, without signing in.
namespace yimen::licences {

namespace {

using identity::Act;
using web::Response;
using web::View;
using web::words;

// Search engines are told nothing of who holds what.
Response unlisted(Response page) { return std::move(page).header("X-Robots-Tag", "noindex"); }

// An identifier begins with the arc of e-licences; everything else is taken for a number.
bool looks_like_identifier(std::string_view code) { return code.starts_with("1.2."); }

std::optional<Licence> look_up(const Context& c, const std::string& code) {
    return c.read([&](db::Tx& tx) {
        return looks_like_identifier(code) ? by_identifier(tx, c.site.division, code) : by_number(tx, c.site.division, code);
    });
}

// What is wrong with what was typed, where that can be told without looking it up.
std::string mistake(const Context& c, const std::string& code) {
    if (code.empty()) return words(c.language(), "licences.code_missing");
    if (!looks_like_identifier(code)) return "";
    auto parsed = LicenceIdentifier::parse(code);
    return parsed ? "" : describe(parsed.error(), c.language());
}

Response ask(const Context& c, int status, const std::string& code, const std::string& error) {
    View view{{"title", words(c.language(), "licences.verify_title")}, {"code", code}, {"error", error}};
    return unlisted(c.page(status, "licences/verify", std::move(view)));
}

Response verify(const Context& c, web::RateLimit& limit) {
    if (!c.request.query.has("code")) return ask(c, 200, "", "");
    std::string code(trim(c.request.query.get("code")));
    if (auto wrong = mistake(c, code); !wrong.empty()) return ask(c, 422, code, wrong);
    if (!limit.allow(c.request.client, c.now())) return too_many(c);
    if (auto found = look_up(c, code)) return web::see_other(verify_path(*found));
    return ask(c, 404, code, words(c.language(), "licences.error_no_such_licence"));
}

Response result(const Context& c, const Parts& parts, web::RateLimit& limit) {
    if (!limit.allow(c.request.client, c.now())) return too_many(c);
    auto found = c.read([&](db::Tx& tx) { return by_token(tx, c.site.division, c.request.param("token")); });
    if (!found) return unlisted(c.page(404, "licences/unknown", {{"title", words(c.language(), "licences.unknown_title")}}));
    auto view = verified_view(*found, parts.types, c);
    bool holds = view.at("signature").at("holds").as_bool();
    view["checked_at"] = for_people(c.now(), c.language());
    view["holds"] = holds;
    // A licence whose facts were altered is not told as valid, whatever its row says.
    view["verdict"] = holds ? view.at("status").at("name") : boost::json::value("altered");
    view["title"] = holds ? words(c.language(), fmt::format("licences.verdict_{}", std::string_view(view.at("verdict").as_string())))
                          : words(c.language(), "licences.verdict_altered");
    return unlisted(c.page(200, "licences/result", std::move(view)));
}

}  // namespace

void add_verification(identity::Routes& routes, const Parts& parts) {
    auto limit = std::make_shared<web::RateLimit>(30, parts.lookups_per_minute);
    routes.get("/verify", Act::verify_licence, [limit](Context& c) { return verify(c, *limit); });
    routes.get("/verify/{token}", Act::verify_licence, [&parts, limit](Context& c) { return result(c, parts, *limit); });
}

}  // namespace yimen::licences
