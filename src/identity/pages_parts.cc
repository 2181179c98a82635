#include "identity/pages_parts.h"

namespace yimen::identity {

// A browser reads "//host", "/\host" and a tab between them as another host.
std::string local_path(std::string_view wish) {
    if (wish.empty() || wish.size() > 500 || wish[0] != '/' || wish.starts_with("//")) return "";
    for (unsigned char letter : wish)
        if (letter < 0x20 || letter == 0x7f || letter == '\\') return "";
    for (auto way : {"/sign-in", "/sign-out", "/act-for", "/demo"})
        if (wish.starts_with(way)) return "";
    return std::string(wish);
}

std::string escaped_query(std::string_view text) {
    std::string out;
    for (unsigned char letter : text) {
        bool plain = std::isalnum(letter) || letter == '/' || letter == '-' || letter == '_' || letter == '.';
        out += plain ? std::string(1, static_cast<char>(letter)) : fmt::format("%{:02X}", letter);
    }
    return out;
}

boost::json::array own_sessions(const Context& c) {
    auto idle = std::chrono::minutes(c.site.config.number("session_idle_minutes", 1, 24 * 60));
    auto lines = c.read([&](db::Tx& tx) { return live_sessions(tx, c.site.division, c.who().person, c.who().staff, c.now(), idle); });
    boost::json::array sessions;
    for (auto& line : lines)
        sessions.push_back(web::View{{"id", to_text(line.id)},
                                     {"device", line.device.empty() ? web::words(c.language(), "identity.device_unknown") : line.device},
                                     {"began", for_people(line.made_at, c.language())},
                                     {"seen", for_people(line.seen_at, c.language())},
                                     {"this", line.id == c.who().session}});
    return sessions;
}

}  // namespace yimen::identity
