#include "web/router.h"

#include "base/text.h"
#include "web/read_request.h"

namespace yimen::web {

namespace {

constexpr size_t methods = 6;

bool is_name(std::string_view segment) { return segment.size() > 2 && segment.front() == '{'; }

std::vector<std::string> names_of(std::string_view pattern) {
    std::vector<std::string> names;
    for (auto segment : split(pattern, '/'))
        if (is_name(segment)) names.emplace_back(segment.substr(1, segment.size() - 2));
    return names;
}

}  // namespace

// What may follow a part of a path, and what is there where the path ends.
struct Router::Node {
    struct Place {
        size_t route;
        std::vector<std::string> names;  // in the order of the path
    };
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literal;
    std::unique_ptr<Node> named;
    std::array<std::optional<Place>, methods> places;

    Node& at(std::string_view segment) {
        auto& next = is_name(segment) ? named : literal[std::string(segment)];
        if (!next) next = std::make_unique<Node>();
        return *next;
    }

    struct Looking {
        const std::vector<std::string_view>& path;
        Method wanted;
        std::vector<std::string_view> values = {};
        const Place* found = nullptr;
        std::vector<std::string_view> found_values = {};
        std::array<bool, methods> allowed = {};
    };
    void look(Looking& looking, size_t depth) const {
        if (looking.found) return;
        if (depth == looking.path.size()) {
            for (size_t m = 0; m < methods; ++m) looking.allowed[m] = looking.allowed[m] || places[m];
            if (auto& place = places[static_cast<size_t>(looking.wanted)]) looking.found = &*place, looking.found_values = looking.values;
            return;
        }
        auto segment = looking.path[depth];
        if (auto next = literal.find(segment); next != literal.end()) next->second->look(looking, depth + 1);
        if (!named || segment.empty()) return;
        looking.values.push_back(segment);
        named->look(looking, depth + 1);
        looking.values.pop_back();
    }
};

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;

void Router::add(Route route) {
    auto* node = root_.get();
    for (auto segment : split(route.pattern, '/')) node = &node->at(segment);
    auto& place = node->places[static_cast<size_t>(route.method)];
    if (place) throw std::logic_error("two routes for " + route.pattern);
    place.emplace(routes_.size(), names_of(route.pattern));
    routes_.push_back(std::move(route));
}

Router::Match Router::match(Method method, std::string_view path) const {
    Match match;
    auto parts = split(path, '/');
    std::deque<std::string> decoded;  // keeps what the parts then point at
    for (auto& part : parts) {
        if (part.find('%') == std::string_view::npos) continue;
        auto text = decode_path(part);
        if (!text) return match;
        part = decoded.emplace_back(std::move(*text));
    }
    Node::Looking looking{parts, method == Method::head ? Method::get : method};
    root_->look(looking, 0);
    if (!looking.found) {
        for (size_t m = 0; m < methods; ++m)
            if (looking.allowed[m]) match.allowed.push_back(static_cast<Method>(m));
        return match;
    }
    match.route = &routes_[looking.found->route];
    for (size_t i = 0; i < looking.found_values.size(); ++i)
        match.params.add(looking.found->names[i], std::string(looking.found_values[i]));
    return match;
}

}  // namespace yimen::web
