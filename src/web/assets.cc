#include <boost/json.hpp>

#include "base/embedded.h"
#include "web/router.h"
#include "web/templates.h"

namespace yimen::web {

namespace {

std::string_view type_of(std::string_view name) {
    if (name.ends_with(".css")) return "text/css; charset=utf-8";
    if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
    if (name.ends_with(".svg")) return "image/svg+xml";
    if (name.ends_with(".woff2")) return "font/woff2";
    return "application/octet-stream";
}

// The build made the compressed forms beside each file.
Response asset(const Request& request) {
    auto name = std::string(request.param("name"));
    auto path = "assets/" + name;
    auto plain = embedded_file(path);
    if (!plain || name == "manifest.json") return text(404, "no such file");
    Response response;
    response.header("Content-Type", std::string(type_of(name)));
    response.header("Cache-Control", "public, max-age=31536000, immutable");
    response.header("ETag", "\"" + name + "\"");
    response.header("Vary", "Accept-Encoding");
    auto accepts = request.header("accept-encoding");
    for (auto [word, ending] : {std::pair("br", ".br"), std::pair("gzip", ".gz")}) {
        if (accepts.find(word) == std::string_view::npos) continue;
        if (auto packed = embedded_file(path + ending)) {
            response.header("Content-Encoding", word);
            response.body = std::string(*packed);
            return response;
        }
    }
    response.body = std::string(*plain);
    return response;
}

}  // namespace

std::string asset_path(std::string_view name) {
    static const auto manifest = [] {
        auto file = embedded_file("assets/manifest.json");
        return file ? boost::json::parse(*file).as_object() : boost::json::object{};
    }();
    auto* found = manifest.if_contains(name);
    return "/assets/" + std::string(found ? std::string_view(found->as_string()) : name);
}

void add_asset_routes(Router& router) {
    router.add({.method = Method::get,
                .pattern = "/assets/{name}",
                .handler = [](Request& request) { return asset(request); },
                .act = "browse",
                .at_once = [](const Request&) { return true; }});
}

}  // namespace yimen::web
