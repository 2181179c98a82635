#include "editing/pages_shared.h"

namespace yimen::editing {

namespace {

// How long somebody who looked is told of to others.
constexpr auto lately = std::chrono::minutes(15);

Response live(const Context& c) {
    Response response;
    response.body = web::EventStream{{topic(c.site.division, item_of(c))}};
    return response;
}

}  // namespace

Desk desk_of(const Context& c, db::Tx& tx) { return {tx, c.who(), c.actor(), c.now()}; }

std::string item_of(const Context& c) { return std::string(c.request.param("item")); }

std::string path_of(std::string_view item, std::string_view rest) {
    return fmt::format("/editing/items/{}{}{}", item, rest.empty() ? "" : "/", rest);
}

std::optional<Draft> open_draft(const Context& c, std::string_view item) {
    auto draft = c.read([&](db::Tx& tx) { return find(tx, c.site.division, item); });
    if (draft && draft->state == State::published) draft.reset();
    return draft;
}

int status_of(Refusal refusal) {
    switch (refusal) {
        case Refusal::not_found:
            return 404;
        case Refusal::not_permitted:
        case Refusal::same_person:
            return 403;
        case Refusal::not_possible_now:
        case Refusal::changed_meanwhile:
        case Refusal::not_checked:
        case Refusal::entry_gone:
            return 409;
        default:
            return 422;
    }
}

Response refusal_page(const Context& c, Refusal refusal) { return c.refused(status_of(refusal), "editing", code(refusal)); }

std::string topic(Division division, std::string_view item) { return fmt::format("editing/{}/{}", division.code(), item); }

void tell(const Context& c, db::Tx& tx, std::string_view item) {
    tx.after_commit([&events = c.site.events, about = topic(c.site.division, item)] { events.publish(about, "work", ""); });
}

Response do_act(const Context& c, std::string_view item, std::string to, std::string_view notice, const ActOnItem& act) {
    return c.write([&](db::Tx& tx) -> Response {
        auto desk = desk_of(c, tx);
        auto done = act(desk);
        if (!done) return refusal_page(c, done.error());
        tell(c, tx, item);
        return c.go(to, notice);
    });
}

std::string word_of(Language language, std::string_view stem, std::string_view name) {
    auto key = fmt::format("{}{}", stem, name);
    std::ranges::replace(key.begin() + 8, key.end(), '.', '_');
    std::ranges::replace(key.begin() + 8, key.end(), '-', '_');
    return web::has_words(key) ? words(language, key) : std::string(name);
}

std::string name_of(const Draft& draft, Language language) {
    auto* item = draft.content.if_contains("item");
    auto* name = item && item->is_object() ? item->as_object().if_contains("name") : nullptr;
    auto* both = name ? name->if_object() : nullptr;
    auto* text = both ? both->if_contains(language == Language::en ? "en" : "zh") : name;
    return text && text->is_string() && !text->as_string().empty() ? std::string(text->as_string()) : draft.item;
}

void add_company(const Context& c, std::string_view item, std::string_view part, View& view) {
    auto division = c.site.division;
    auto present = c.read([&](db::Tx& tx) { return present_since(tx, division, item, c.now() - lately); });
    auto mine = std::ranges::find(present, c.who().staff, &Present::staff);
    if (mine == present.end() || mine->part != part || c.now() - mine->at > std::chrono::minutes(1))
        c.site.database.write([&](db::Tx& tx) {
            note_presence(tx, division, item, {c.who().staff, c.who().name, std::string(part), c.now()});
            if (mine == present.end() || mine->part != part) tell(c, tx, item);
        });
    json::array others;
    for (auto& other : present)
        if (other.staff != c.who().staff) {
            auto at = other.part.substr(0, other.part.find('/'));
            auto stem = at.starts_with("fields-") || at.starts_with("columns-") ? at.substr(0, at.find('-')) : at;
            others.push_back(View{{"who", other.name},
                                  {"where", word_of(c.language(), "editing.part_", stem)},
                                  {"when", for_people(other.at, c.language())},
                                  {"here", other.part == part}});
        }
    view["has_others"] = !others.empty();
    view["others"] = std::move(others);
    view["live"] = fmt::format("/live/editing/{}", item);
}

View head_view(const Context& c, const Draft& draft) {
    auto language = c.language();
    constexpr std::string_view colours[] = {"yellow", "turquoise", "green"};
    constexpr std::string_view shapes[] = {"✎", "◐", "✓"};
    auto at = static_cast<int>(draft.state);
    View view{
        {"item", draft.item},
        {"name", name_of(draft, language)},
        {"base", path_of(draft.item)},
        {"revision", draft.revision},
        {"based_on", draft.based_on},
        {"is_new", draft.based_on == 0},
        {"next_version", draft.based_on + 1},
        {"state", View{{"word", word_of(language, "editing.state_", name(draft.state))}, {"colour", colours[at]}, {"shape", shapes[at]}}},
        {"edited_by", draft.edited_by_name},
        {"edited_at", for_people(draft.edited_at, language)},
        {"is_checked", draft.state == State::checked},
        {"mine", draft.edited_by == c.who().staff}};
    if (draft.checked_at) {
        view["checked_by"] = draft.checked_by_name;
        view["checked_at"] = for_people(*draft.checked_at, language);
    }
    return view;
}

void add_pages(identity::Routes& routes, const Parts& parts) {
    routes.get("/live/editing/{item}", Act::edit_item, live, {.live = true});
    add_list_pages(routes, parts);
    add_workbench_pages(routes, parts);
    add_part_pages(routes, parts);
    add_entry_pages(routes);
    add_gate_pages(routes, parts);
    add_compare_pages(routes, parts);
    add_table_pages(routes, parts);
    add_model_pages(routes, parts);
    add_preview_pages(routes, parts);
    add_import_pages(routes, parts);
}

}  // namespace yimen::editing
