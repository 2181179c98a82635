#include "licences/pages.h"

#include "cases/about_licence.h"
#include "cases/store.h"
#include "document/document.h"
#include "identity/store.h"
#include "licences/pages_parts.h"
#include "licences/store.h"

namespace yimen::licences {

namespace {

using identity::Act;
using web::Response;
using web::View;
using web::words;

// The newest version of a number stands for it, those in force first; the ones before are folded beneath.
struct Held {
    Licence newest;
    std::vector<Licence> before;
};
std::vector<Held> by_number(const std::vector<Licence>& all, Date today) {
    std::map<LicenceId, const Licence*> by_id;
    std::set<LicenceId> replaced;
    for (auto& licence : all) {
        by_id[licence.id] = &licence;
        replaced.insert(licence.replaces);
    }
    std::vector<Held> held;
    for (auto& licence : all) {
        if (replaced.contains(licence.id)) continue;
        Held one{licence, {}};
        for (auto before = by_id.find(licence.replaces); before != by_id.end(); before = by_id.find(before->second->replaces))
            one.before.push_back(*before->second);
        held.push_back(std::move(one));
    }
    std::ranges::stable_partition(held, [&](auto& one) { return one.newest.status_on(today) == Status::valid; });
    return held;
}

View held_view(const Held& held, const Parts& parts, const Context& c) {
    auto view = card(held.newest, parts.types, c);
    boost::json::array before;
    for (auto& licence : held.before) before.push_back(card(licence, parts.types, c));
    view["actions"] = actions_view(held.newest, parts, c);
    view["has_actions"] = !view["actions"].as_array().empty();
    view["versions"] = before.size();
    view["has_before"] = !before.empty();
    view["before"] = std::move(before);
    return view;
}

Response list(const Context& c, const Parts& parts) {
    boost::json::array cards;
    for (auto& held : by_number(own_licences(c), c.today())) cards.push_back(held_view(held, parts, c));
    auto& who = c.who();
    View view{{"title", words(c.language(), "licences.title")},
              {"holder", who.acting_for ? who.acting_for_name : who.name},
              {"oneself", !who.acting_for},
              {"any", !cards.empty()},
              {"licences", std::move(cards)}};
    return c.page(200, "licences/list", std::move(view));
}

boost::json::array uses_of(const Licence& l, const Types& types, Language language) {
    boost::json::array uses;
    if (auto* type = types.find(l.type))
        for (auto& use : type->used_for) uses.emplace_back(use.in(language));
    return uses;
}

// Who may act for its holder is led to the choice: a company that has just been founded holds its licence itself.
Response not_theirs(const Context& c) {
    auto id = parse_id<LicenceTag>(c.request.param("id"));
    bool mandated = id && c.read([&](db::Tx& tx) {
        auto found = find(tx, c.site.division, *id);
        if (!found || !found->organisation) return found && found->person == c.who().person;
        auto choices = identity::may_act_for(tx, c.site.division, c.who().person, c.today());
        return std::ranges::any_of(choices, [&](auto& one) { return one.id == found->organisation; });
    });
    return mandated ? c.go("/act-for?return=" + c.request.path) : c.refused(404, "licences", "not_found");
}

Response show(const Context& c, const Parts& parts) {
    auto licence = own_licence(c);
    if (!licence) return not_theirs(c);
    auto view = card(*licence, parts.types, c);
    view["title"] = view.at("name");
    auto values = values_view(*licence, parts.types, c.language(), false);
    // The holder's code stands among the values where the licence prints it in full.
    if (std::ranges::any_of(values, [](auto& value) { return value.at("name") == "holder_code" || value.at("name") == "credit_code"; }))
        view["holder_code"] = "";
    view["values"] = std::move(values);
    view["uses"] = uses_of(*licence, parts.types, c.language());
    view["useful"] = licence->status_on(c.today()) == Status::valid && !view.at("uses").as_array().empty();
    view["actions"] = actions_view(*licence, parts, c);
    view["has_actions"] = !view["actions"].as_array().empty();
    view["successor"] = successor_view(*licence, c);
    view["verify"] = verify_path(*licence);
    view["qr"] = document::qr_svg(verify_address(*licence, c.site));
    return c.page(200, "licences/show", std::move(view));
}

Response pdf_of(const Context& c, const Parts& parts, const Licence& l) {
    auto address = verify_address(l, c.site);
    auto bytes = pdf(c.site.database, c.site.keys, parts.types, l, address.substr(0, address.size() - verify_path(l).size()), c.now());
    auto* type = parts.types.find(l.type);
    auto file = fmt::format("{} {}.pdf", type ? type->name.zh : l.type, l.number);
    return web::file("application/pdf", std::move(file), std::move(bytes), c.request.query.has("download"));
}

Response own_pdf(const Context& c, const Parts& parts) {
    auto licence = own_licence(c);
    return licence ? pdf_of(c, parts, *licence) : c.refused(404, "licences", "not_found");
}

// Staff see the licence of a case they may see.
Response staff_pdf(const Context& c, const Parts& parts) {
    auto id = parse_id<LicenceTag>(c.request.param("id"));
    auto found = id ? c.read([&](db::Tx& tx) { return find(tx, c.site.division, *id); }) : std::nullopt;
    auto file =
        found ? c.read([&](db::Tx& tx) { return cases::find(tx, c.site.keys.fields, c.site.division, found->case_id); }) : std::nullopt;
    if (!file || !identity::permits(c.who(), Act::see_case, file->subject(), c.today())) return c.refused(404, "licences", "not_found");
    return pdf_of(c, parts, *found);
}

// Recorded on the case first, then shown: whoever holds it can see who looked.
Response look(const Context& c, const Parts& parts) {
    auto file = parse_id<cases::CaseTag>(c.request.param("id"));
    auto id = parse_id<LicenceTag>(c.request.param("licence"));
    if (!file || !id || !parts.staff) return c.refused(404, "licences", "not_found");
    auto recorded = c.write([&](db::Tx& tx) {
        auto desk = cases::desk_of(c, tx, *parts.staff);
        auto looked = cases::look_at_licence(desk, *file, *id);
        return looked ? web::json(200, View{{"licence", to_text(*id)}}) : c.refused(404, "licences", "not_found");
    });
    if (recorded.status >= 400) return recorded;
    auto found = c.read([&](db::Tx& tx) { return find(tx, c.site.division, *id); });
    return found ? pdf_of(c, parts, *found) : c.refused(404, "licences", "not_found");
}

}  // namespace

void add_looking(identity::Routes& routes, const Parts& parts, std::string pattern) {
    routes.post(std::move(pattern), Act::see_case, [&parts](Context& c) { return look(c, parts); });
}

void add_pages(identity::Routes& routes, const Parts& parts) {
    routes.get("/licences", Act::see_own_licences, [&parts](Context& c) { return list(c, parts); });
    routes.get("/licences/{id}", Act::see_own_licences, [&parts](Context& c) { return show(c, parts); });
    routes.get("/licences/{id}/pdf", Act::see_own_licences, [&parts](Context& c) { return own_pdf(c, parts); });
    routes.get("/window/licences/{id}/pdf", Act::see_case, [&parts](Context& c) { return staff_pdf(c, parts); });
    add_looking(routes, parts, "/window/cases/{id}/licences/{licence}");
    add_verification(routes, parts);
}

}  // namespace yimen::licences
