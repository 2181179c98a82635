#include "web/router.h"

#include "base/text.h"

namespace yimen::web {

void Router::add(Route route) {
    for (auto& other : routes_)
        if (other.method == route.method && other.pattern == route.pattern)
            throw std::logic_error("two routes for " + route.pattern);
    routes_.push_back(std::move(route));
}

namespace {

bool fits(std::string_view pattern, std::string_view path, Fields& params) {
    auto wanted = split(pattern, '/'), given = split(path, '/');
    if (wanted.size() != given.size()) return false;
    for (size_t i = 0; i < wanted.size(); ++i) {
        bool named = wanted[i].size() > 2 && wanted[i].front() == '{';
        if (named ? given[i].empty() : wanted[i] != given[i]) return false;
        if (named) params.add(std::string(wanted[i].substr(1, wanted[i].size() - 2)), std::string(given[i]));
    }
    return true;
}

int names_in(std::string_view pattern) { return static_cast<int>(std::count(pattern.begin(), pattern.end(), '{')); }

}  // namespace

// A literal segment beats a name: /cases/new is not the case called "new".
Router::Match Router::match(Method method, std::string_view path) const {
    Match best;
    auto wanted = method == Method::head ? Method::get : method;
    for (auto& route : routes_) {
        Fields params;
        if (!fits(route.pattern, path, params)) continue;
        best.allowed.push_back(route.method);
        if (route.method != wanted) continue;
        if (best.route && names_in(best.route->pattern) <= names_in(route.pattern)) continue;
        best.route = &route;
        best.params = std::move(params);
    }
    return best;
}

}  // namespace yimen::web
