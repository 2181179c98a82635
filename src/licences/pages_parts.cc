#include "licences/pages_parts.h"

#include "base/text.h"
#include "licences/store.h"

namespace yimen::licences {

using web::View;
using web::words;

namespace {

struct Look {
    Status status;
    std::string_view colour, shape;
};
constexpr Look looks[] = {{Status::valid, "green", "✓"},    {Status::suspended, "yellow", "‖"}, {Status::changed, "grey", "→"},
                          {Status::expired, "orange", "◷"}, {Status::cancelled, "red", "✕"},    {Status::revoked, "red", "✕"}};
constexpr int soon_days = 60;

// "李*": enough to compare with whoever stands there.
std::string masked_name(const std::string& name) {
    size_t first = 1;
    while (first < name.size() && (name[first] & 0xc0) == 0x80) ++first;
    return name.empty() ? "" : name.substr(0, first) + "＊";
}

int days_left(const Licence& l, Date today) {
    return static_cast<int>((std::chrono::sys_days(l.valid_to) - std::chrono::sys_days(today)).count()) + 1;
}

std::string type_name(const Licence& l, const Types& types, Language language) {
    auto* type = types.find(l.type);
    return type ? type->name.in(language) : l.type;
}

}  // namespace

View status_view(const Licence& l, const Context& c) {
    auto status = l.status_on(c.today());
    // A renewed licence counts at once: its term follows on that of the version that it replaced.
    bool follows = status == Status::valid && l.valid_from > c.today();
    View view{{"name", name(status)},
              {"word", words(c.language(), fmt::format("licences.status_{}", name(status)))},
              {"sentence", follows ? words(c.language(), "licences.sentence_continued", {{"date", for_people(l.valid_from, c.language())}})
                                   : words(c.language(), fmt::format("licences.sentence_{}", name(status)))}};
    for (auto& look : looks)
        if (look.status == status) view["colour"] = look.colour, view["shape"] = look.shape;
    return view;
}

View card(const Licence& l, const Types& types, const Context& c) {
    auto language = c.language();
    auto left = days_left(l, c.today());
    bool valid = l.status_on(c.today()) == Status::valid;
    return {{"id", to_text(l.id)},
            {"path", "/licences/" + to_text(l.id)},
            {"type", l.type},
            {"name", type_name(l, types, language)},
            {"identifier", l.identifier},
            {"number", l.number},
            {"holder", l.holder_name},
            {"holder_code", l.holder_code_masked},
            {"authority", l.authority_name},
            {"valid_from", for_people(l.valid_from, language)},
            {"valid_to", last_day_words(l, language)},
            {"issued_on", for_people(shanghai_date(l.issued_at), language)},
            {"days_left", valid && left <= soon_days ? boost::json::value(left) : boost::json::value(nullptr)},
            {"status", status_view(l, c)}};
}

boost::json::array values_view(const Licence& l, const Types& types, Language language, bool told_to_all) {
    boost::json::array values;
    auto* type = types.find(l.type);
    if (!type) return values;
    for (auto& value : type->values) {
        bool of_the_case = value.of_case() || value.from == "holder.credit_code";
        auto* kept = l.values.if_contains(value.name);
        if (!of_the_case || !kept || kept->as_string().empty() || (told_to_all && value.on_paper_only)) continue;
        values.push_back(View{{"name", value.name}, {"label", value.label.in(language)}, {"value", *kept}});
    }
    return values;
}

std::optional<Licence> own_licence(const Context& c) {
    auto id = parse_id<LicenceTag>(c.request.param("id"));
    if (!id) return std::nullopt;
    auto found = c.read([&](db::Tx& tx) { return find(tx, c.site.division, *id); });
    identity::Subject subject;
    if (found) subject = {found->person.value, found->organisation.value, found->authority.value, {}, {}};
    if (!found || !identity::permits(c.who(), identity::Act::see_own_licences, subject, c.today())) return std::nullopt;
    return found;
}

std::vector<Licence> own_licences(const Context& c) {
    return c.read([&](db::Tx& tx) { return of_holder(tx, c.site.division, c.who().person, c.who().acting_for); });
}

boost::json::array actions_view(const Licence& l, const Parts& parts, const Context& c) {
    using enum catalogue::LicenceEffect;
    boost::json::array actions;
    if (!parts.catalogue || l.status_on(c.today()) != Status::valid) return actions;
    auto items = parts.catalogue->all(c.today());
    for (auto effect : {renewal, change, replacement, cancellation})
        for (auto& item : items)
            if (item->licence && item->licence->type == l.type && item->licence->effect == effect && item->online() &&
                (effect != renewal || !l.for_good()))
                actions.push_back(View{{"name", item->name.in(c.language())},
                                       {"effect", words(c.language(), fmt::format("licences.do_{}", catalogue::name(effect)))},
                                       {"item", item->item},
                                       {"href", fmt::format("/items/{}/guide?licence={}", item->item, to_text(l.id))}});
    return actions;
}

boost::json::value successor_view(const Licence& l, const Context& c) {
    auto next = c.read([&](db::Tx& tx) { return successor(tx, l.division, l.id); });
    if (!next) return nullptr;
    return View{{"identifier", next->identifier},
                {"number", next->number},
                {"valid_from", for_people(next->valid_from, c.language())},
                {"valid_to", last_day_words(*next, c.language())},
                {"issued_on", for_people(shanghai_date(next->issued_at), c.language())},
                {"verify", verify_path(*next)}};
}

std::string verify_path(const Licence& l) { return "/verify/" + l.token; }

std::string verify_address(const Licence& l, const identity::Site& site) { return site.public_address() + verify_path(l); }

View verified_view(const Licence& l, const Types& types, const Context& c) {
    auto view = card(l, types, c);
    for (auto* of_the_holder : {"id", "path", "days_left"}) view.erase(of_the_holder);
    if (!l.organisation) view["holder"] = masked_name(l.holder_name);
    view["values"] = values_view(l, types, c.language(), true);
    view["successor"] = successor_view(l, c);
    view["signature"] = View{{"algorithm", "SM2"}, {"holds", signature_holds(c.site.keys, l)}, {"checked_at", to_iso(c.now())}};
    return view;
}

web::Response too_many(const Context& c) { return c.refused(429, "licences", "too_many_lookups").header("Retry-After", "60"); }

}  // namespace yimen::licences
