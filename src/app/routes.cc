#include "app/commands.h"
#include "app/settings.h"
#include "app/wiring.h"
#include "base/log.h"

namespace yimen::app {

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

// Routes are added over a database, though none of them is asked here: one that is thrown away, so that the command needs
// neither keys nor configuration.
class Scratch {
  public:
    Scratch() : folder_(make_folder()), keys_(crypto::Keys::load(folder_ / "keys", true)) {
        database_ = db::Database::open({.url = "sqlite:" + (folder_ / "scratch.db").string(), .connections = 1});
        db::migrate(*database_);
    }
    Scratch(const Scratch&) = delete;
    ~Scratch() {
        database_.reset();
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    db::Database& database() { return *database_; }
    const crypto::Keys& keys() const { return keys_; }

  private:
    static fs::path make_folder() {
        auto pattern = (fs::temp_directory_path() / "yimen-routes-XXXXXX").string();
        if (!mkdtemp(pattern.data())) throw std::runtime_error(pattern + ": cannot be made");
        return pattern;
    }
    fs::path folder_;
    crypto::Keys keys_;
    std::unique_ptr<db::Database> database_;
};

struct Line {
    std::string_view method;
    const web::Route* route;
    bool everybody;
    std::vector<std::string_view> roles;
};

std::string_view word(web::Method method) {
    constexpr std::string_view words[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};
    return words[static_cast<int>(method)];
}

Line line_of(const web::Route& route) {
    auto act = identity::act_named(route.act);
    if (!act) throw std::logic_error(fmt::format("{}: the policy knows no act \"{}\"", route.pattern, route.act));
    Line line{word(route.method), &route, identity::permits({}, *act), {}};
    for (auto role : identity::all_roles())
        if (identity::permits({role}, *act)) line.roles.push_back(name(role));
    return line;
}

std::string who_may(const Line& line) {
    if (line.everybody) return "everybody";
    if (line.roles.size() == identity::all_roles().size()) return "whoever is signed in";
    return fmt::format("{}", fmt::join(line.roles, ", "));
}

json::object to_json(const Line& line) {
    json::array roles(line.roles.begin(), line.roles.end());
    return {{"method", line.method},
            {"pattern", line.route->pattern},
            {"act", line.route->act},
            {"everybody", line.everybody},
            {"roles", std::move(roles)},
            {"max_body", line.route->max_body},
            {"max_upload", line.route->max_upload},
            {"live", line.route->live}};
}

}  // namespace

int show_routes(const Config& config, bool as_json) {
    log::set_level(log::Level::warning);
    Scratch scratch;
    SystemClock clock;
    Wiring wiring(scratch.database(), clock, scratch.keys(), config);
    std::vector<Line> lines;
    for (auto& route : wiring.router.routes()) lines.push_back(line_of(route));
    std::ranges::stable_sort(lines, {}, [](auto& line) { return std::string_view(line.route->pattern); });
    if (as_json) {
        json::array all;
        for (auto& line : lines) all.push_back(to_json(line));
        fmt::print("{}\n", json::serialize(all));
        return 0;
    }
    for (auto& line : lines) fmt::print("{:6} {:58} {:22} {}\n", line.method, line.route->pattern, line.route->act, who_may(line));
    return 0;
}

}  // namespace yimen::app
