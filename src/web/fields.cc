#include "web/request.h"

namespace yimen::web {

std::string_view Fields::get(std::string_view name) const { return find(name).value_or(std::string_view{}); }

std::optional<std::string_view> Fields::find(std::string_view name) const {
    for (auto& [key, value] : pairs_)
        if (key == name) return value;
    return std::nullopt;
}

std::vector<std::string_view> Fields::all(std::string_view name) const {
    std::vector<std::string_view> found;
    for (auto& [key, value] : pairs_)
        if (key == name) found.push_back(value);
    return found;
}

std::string_view Request::header(std::string_view name) const {
    for (auto& [key, value] : headers)
        if (key == name) return value;
    return {};
}

bool Request::wants_json() const {
    if (path.starts_with("/api/")) return true;
    auto accept = header("accept");
    return accept.find("json") != std::string_view::npos && accept.find("text/html") == std::string_view::npos;
}

}  // namespace yimen::web
