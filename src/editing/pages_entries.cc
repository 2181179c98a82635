#include <boost/json.hpp>

#include "catalogue/forms.h"
#include "editing/formulas.h"
#include "editing/pages_shared.h"

// Entries of lists: moved, copied and removed, if they are still those that the page showed; and the form that an item without one
// of its own begins with.
namespace yimen::editing {

namespace {

constexpr size_t most_entries = 300;

std::string name_in(const json::object& map) {
    auto* name = map.if_contains("name");
    return name && name->is_string() ? std::string(name->as_string()) : std::string();
}

// "floor_area" → "floor_area_2", the first that nobody has.
std::string free_name(const std::string& name, std::string_view between, std::set<std::string>& taken) {
    auto free = name;
    for (int number = 2; !taken.insert(free).second; ++number) free = fmt::format("{}{}{}", name, between, number);
    return free;
}

// Every name that a field may not have again.
std::set<std::string> field_names(const json::object& content) {
    std::set<std::string> taken;
    for (auto& named : names_in(content, true)) taken.insert(named.name);
    return taken;
}

void rename_in(json::value& value, const std::map<std::string, std::string>& names) {
    auto* map = value.if_object();
    if (!map) return;
    for (auto* key : {"visible", "required", "value", "when"})
        if (auto* text = map->if_contains(key); text && text->is_string()) *text = renamed(std::string_view(text->as_string()), names);
    if (auto* valid = map->if_contains("valid"); valid && valid->is_array())
        for (auto& one : valid->as_array()) rename_in(one, names);
}

// A copy of a section has copies of its fields under names of their own, and they speak of each other, not of the first ones.
void copy_fields(json::object& section, const json::object& content) {
    auto* fields = section.if_contains("fields");
    if (!fields || !fields->is_array()) return;
    auto taken = field_names(content);
    std::map<std::string, std::string> names;
    for (auto& field : fields->as_array())
        if (auto* map = field.if_object(); map && !name_in(*map).empty()) {
            auto name = name_in(*map);
            names[name] = free_name(name, "_", taken);
            (*map)["name"] = names[name];
        }
    for (auto& field : fields->as_array()) rename_in(field, names);
}

json::value copied(const Part& part, const json::array& list, const json::value& entry, const json::object& content) {
    auto copy = entry;
    auto* map = copy.if_object();
    if (!map || !map->contains(part.known_by) || !map->at(part.known_by).is_string()) return copy;
    std::set<std::string> taken;
    if (part.list == "fields") taken = field_names(content);
    for (auto& one : list)
        if (auto* other = one.if_object(); other && other->contains(part.known_by) && other->at(part.known_by).is_string())
            taken.emplace(other->at(part.known_by).as_string());
    bool kebab = part.known_by == "code" || part.name == "examples";
    std::string own(map->at(part.known_by).as_string());
    (*map)[part.known_by] = free_name(own, kebab ? "-" : "_", taken);
    if (part.name == "sections") copy_fields(*map, content);
    return copy;
}

enum class Move { move, copy, remove };

Result<Done, Refusal> rearranged(const Place& place, Move move, bool up, std::string_view seen, json::object& content) {
    auto* list = list_in(place.part, content, false);
    auto at = place.number;
    if (!list || at < 1 || at > list->size() || seen_digest((*list)[at - 1]) != seen) return refuse(Refusal::entry_gone);
    auto here = list->begin() + static_cast<std::ptrdiff_t>(at - 1);
    if (move == Move::copy) {
        if (list->size() >= most_entries) return refuse(Refusal::too_large);
        auto copy = copied(place.part, *list, *here, content);
        list->insert(here + 1, std::move(copy));
        return Done{};
    }
    if (move == Move::remove) {
        list->erase(here);
        // An item whose own form is gone has the standard one again.
        if (place.part.name == "sections" && list->empty()) content.erase("form");
        return Done{};
    }
    if (up ? at > 1 : at < list->size()) std::swap((*list)[at - 1], (*list)[up ? at - 2 : at]);
    return Done{};
}

Response rearrange(const Context& c, const Draft& draft, const Place& place, Move move) {
    auto seen = c.request.form.get("seen");
    bool up = c.request.form.get("to") == "up";
    constexpr std::string_view notices[] = {"editing.notice_moved", "editing.notice_copied", "editing.notice_removed"};
    auto to = move == Move::copy ? fmt::format("{}/{}", place.part.name, place.number + 1) : place.part.name;
    return do_act(c, draft.item, path_of(draft.item, to), notices[static_cast<int>(move)], [&](Desk& desk) {
        return change(desk, draft.item, place.ledger_word(),
                      [&](json::object& content) { return rearranged(place, move, up, seen, content); });
    });
}

// Puts the standard form of the item's applicants into the draft, to be changed there.
Response begin_form(const Context& c) {
    auto item = item_of(c);
    return do_act(c, item, path_of(item, "sections"), "editing.notice_form_begun", [&](Desk& desk) {
        return change(desk, item, "form/sections", [&](json::object& content) -> Result<Done, Refusal> {
            if (!list_of(*part_named("sections", content), content).empty()) return refuse(Refusal::not_possible_now);
            auto basics = *part_named("basics", content);
            auto typed = typed_of(basics, *holder_of(basics, content));
            content["form"] = catalogue::standard_form_content(typed["applicants"]);
            return Done{};
        });
    });
}

}  // namespace

void add_entry_pages(identity::Routes& routes) {
    routes.post("/editing/items/{item}/form-begin", Act::edit_item, [](Context& c) { return begin_form(c); });
    constexpr std::pair<std::string_view, Move> moves[] = {{"move", Move::move}, {"copy", Move::copy}, {"remove", Move::remove}};
    for (auto [word, move] : moves)
        routes.post(fmt::format("/editing/items/{{item}}/{{part}}/{{entry}}/{}", word), Act::edit_item, [move](Context& c) {
            return with_place(c, [&](const Draft& draft, const Place& place) { return rearrange(c, draft, place, move); });
        });
}

}  // namespace yimen::editing
