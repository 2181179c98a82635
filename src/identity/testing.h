#pragma once
#include <gtest/gtest.h>

#include <regex>

#include "base/text.h"
#include "db/testing.h"
#include "identity/api.h"
#include "identity/demo.h"

namespace yimen::identity {

// What pages need of the program: its templates, compiled once, and the settings that their routes ask for.
inline const web::Templates& templates() {
    static const web::Templates all;
    return all;
}
inline Config page_settings(const char* demo = "no") {
    Config c;
    for (auto [key, value] : {std::pair{"demo", demo},
                              {"public_address", "https://example.org"},
                              {"port", "8080"},
                              {"session_hours", "12"},
                              {"session_idle_minutes", "60"}})
        c.declare(key, value, "");
    return c;
}

// A browser without a network: keeps cookies, fills in the hidden fields of the page it shows, and calls handlers by their route.
class Browser {
  public:
    explicit Browser(const web::Router& router) : router_(router) {}

    int get(std::string target) { return send(web::Method::get, std::move(target), {}, ""); }
    int post(std::string target, std::vector<std::pair<std::string, std::string>> form) {
        form.emplace_back("_csrf", hidden("_csrf"));
        form.emplace_back("_key", hidden("_key"));
        return send(web::Method::post, std::move(target), std::move(form), "");
    }
    // As a program: no cookies, a token.
    int call(web::Method method, std::string target, std::string body = "", std::string token = "") {
        if (!token.empty()) headers_.emplace_back("authorization", "Bearer " + token);
        return send(method, std::move(target), {}, std::move(body));
    }
    const std::string& page() const { return page_; }
    const std::string& location() const { return location_; }
    const std::string& cookie(const std::string& name) { return cookies_[name]; }
    void set_cookie(const std::string& name, std::string value) { cookies_[name] = std::move(value); }
    bool shows(std::string_view text) const { return page_.find(text) != std::string::npos; }

  private:
    static std::string decoded(std::string_view text) {
        std::string out;
        for (size_t i = 0; i < text.size(); ++i) {
            if (text[i] != '%')
                out += text[i] == '+' ? ' ' : text[i];
            else
                out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16)), i += 2;
        }
        return out;
    }
    std::string hidden(const std::string& name) const {
        std::smatch field, value;
        if (!std::regex_search(page_, field, std::regex("<input[^>]*name=\"" + name + "\"[^>]*>"))) return "";
        auto tag = field[0].str();
        return std::regex_search(tag, value, std::regex("value=\"([^\"]*)\"")) ? value[1].str() : "";
    }

    int send(web::Method method, std::string target, std::vector<std::pair<std::string, std::string>> form, std::string body) {
        web::Request request;
        request.method = method;
        request.target = target;
        auto query = target.find('?');
        request.path = target.substr(0, query);
        if (query != std::string::npos)
            for (auto pair : split(std::string_view(target).substr(query + 1), '&')) {
                auto equals = std::min(pair.find('='), pair.size());
                request.query.add(decoded(pair.substr(0, equals)), decoded(pair.substr(std::min(equals + 1, pair.size()))));
            }
        for (auto& [name, value] : form) request.form.add(name, value);
        for (auto& [name, value] : cookies_)
            if (!value.empty()) request.cookies.add(name, value);
        request.headers = std::exchange(headers_, {});
        request.body = std::move(body);
        request.client = "127.0.0.1";
        request.id = "test";
        auto match = router_.match(method, request.path);
        if (!match.route) return 404;
        request.params = match.params;
        return take(match.route->handler(request));
    }

    int take(const web::Response& response) {
        location_.clear();
        for (auto& [name, value] : response.headers) {
            if (name == "Location") location_ = value;
            if (name != "Set-Cookie") continue;
            auto equals = value.find('=');
            cookies_[value.substr(0, equals)] = value.substr(equals + 1, value.find(';') - equals - 1);
        }
        if (auto* text = std::get_if<std::string>(&response.body); text && response.status != 303) page_ = *text;
        return response.status;
    }

    const web::Router& router_;
    std::map<std::string, std::string> cookies_;
    std::vector<std::pair<std::string, std::string>> headers_;
    std::string page_, location_;
};

}  // namespace yimen::identity
