#include "editing/pages_shared.h"

// What somebody typed, as a request brings it.
namespace yimen::editing {

namespace {

bool hidden(std::string_view name) { return name.empty() || name.front() == '_' || name == "then"; }

}  // namespace

Response kept(const Context& c) {
    auto minute = for_people(c.now(), c.language());
    auto saved = words(c.language(), "editing.kept_at", {{"time", minute.substr(minute.size() - 5)}});
    if (c.request.wants_json()) return web::json(200, json::object{{"saved", saved}});
    return c.page(200, "editing/kept", {{"saved", saved}});
}

std::string digest_of(const Typed& typed) {
    json::object all;
    for (auto& [name, values] : typed) all[name] = json::array(values.begin(), values.end());
    return seen_digest(all);
}

Typed whole_form(const web::Fields& form) {
    Typed typed;
    for (auto& [name, value] : form)
        if (!hidden(name)) typed[name].push_back(value);
    return typed;
}

Typed with_changes(Typed typed, const web::Fields& form) {
    for (auto field : form.all("_field"))
        std::erase_if(typed, [&](auto& one) { return one.first == field || one.first.starts_with(std::string(field) + "."); });
    for (auto& [name, value] : form)
        if (!hidden(name)) typed[name].push_back(value);
    return typed;
}

}  // namespace yimen::editing
