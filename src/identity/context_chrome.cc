#include <span>

#include "identity/context.h"
#include "web/csrf.h"

// What every page shows around its own content: view["page"], as web/README.md lists it.
namespace yimen::identity {

namespace {

struct Entry {
    Act act;
    std::string_view href, text;
};

// In the order shown; who may do the act sees the entry. Nobody sees another's desk as "mine".
constexpr Entry public_entries[] = {{Act::browse, "/", "site.nav_home"},
                                    {Act::browse, "/items", "site.nav_items"},
                                    {Act::see_own_case, "/cases", "site.nav_cases"},
                                    {Act::see_own_licences, "/licences", "site.nav_licences"},
                                    {Act::read_own_notifications, "/notifications", "site.nav_notifications"}};
constexpr Entry staff_entries[] = {
    {Act::accept_case, "/window", "site.nav_window"},   {Act::examine_case, "/review", "site.nav_review"},
    {Act::make_result, "/issuing", "site.nav_issuing"}, {Act::edit_item, "/editing", "site.nav_editing"},
    {Act::read_ledger, "/audit", "site.nav_audit"},     {Act::see_figures, "/figures", "site.nav_figures"},
    {Act::see_health, "/admin", "site.nav_admin"},      {Act::manage_staff, "/admin/staff", "site.nav_staff"},
    {Act::browse, "/items", "site.nav_items"}};

bool under(std::string_view path, std::string_view href) {
    return path == href || (href.size() > 1 && path.starts_with(href) && path[href.size()] == '/');
}

// The same address with one choice changed.
std::string with_choice(const web::Request& request, std::string_view name, std::string_view value) {
    if (request.method != web::Method::get && request.method != web::Method::head) return fmt::format("/?{}={}", name, value);
    auto at = request.target.find('?');
    std::string path = request.target.substr(0, at), query;
    if (at != std::string::npos)
        for (size_t begin = at + 1; begin < request.target.size();) {
            auto end = std::min(request.target.find('&', begin), request.target.size());
            auto pair = std::string_view(request.target).substr(begin, end - begin);
            if (!pair.starts_with(fmt::format("{}=", name))) query += fmt::format("{}&", pair);
            begin = end + 1;
        }
    return fmt::format("{}?{}{}={}", path, query, name, value);
}

// How many notifications wait to be read stands beside their entry.
boost::json::array navigation(const Context& c, int64_t unread) {
    std::span<const Entry> entries = public_entries;
    if (c.who().staff) entries = staff_entries;
    std::string_view current;
    for (auto& entry : entries)
        if (under(c.request.path, entry.href) && entry.href.size() > current.size()) current = entry.href;
    boost::json::array nav;
    for (auto& entry : entries)
        if (permits(c.who().roles, entry.act))
            nav.push_back(web::View{{"text", web::words(c.language(), entry.text)},
                                    {"href", entry.href},
                                    {"current", entry.href == current},
                                    {"unread", unread > 0 && entry.act == Act::read_own_notifications},
                                    {"count", unread}});
    return nav;
}

const web::View& assets() {
    static const web::View found{
        {"css", web::asset_path("site.css")}, {"js", web::asset_path("site.js")}, {"icon", web::asset_path("mark.svg")}};
    return found;
}

}  // namespace

web::View Context::chrome(const web::View& page) const {
    auto english = language_ == Language::en;
    web::View view = assets();
    view["lang"] = english ? "en" : "zh-CN";
    view["en"] = english;
    view["title"] = page.contains("title") ? page.at("title") : boost::json::value(web::words(language_, "site.name"));
    view["elder"] = elder_;
    view["path"] = request.path;
    view["lang_link"] = with_choice(request, "lang", english ? "zh" : "en");
    view["elder_link"] = with_choice(request, "elder", elder_ ? "0" : "1");
    view["request_id"] = request.id;
    view["demo"] = site.config.flag("demo");
    int64_t unread = site.unread && who_.person && !who_.staff ? site.unread(who_) : 0;
    view["nav"] = navigation(*this, unread);
    view["flash"] = notice_.empty() ? std::string() : web::words(language_, notice_);
    if (auto known = secret(); !known.empty()) {
        view["csrf"] = web::csrf_token(site.keys.session_key, known);
        view["key"] = crypto::random_token(12);
    }
    if (who_.signed_in()) {
        view["user"] = web::View{{"name", who_.name},
                                 {"role", web::words(language_, fmt::format("site.role_{}", role_word(who_.roles)))},
                                 {"acting_for", who_.acting_for_name},
                                 {"staff", bool(who_.staff)}};
        view["unread"] = unread;
    }
    return view;
}

}  // namespace yimen::identity
