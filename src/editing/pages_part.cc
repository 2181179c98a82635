#include "base/text.h"
#include "editing/pages_shared.h"

// A part of an item as a form: one form for what stands once, a list and a form an entry for what stands several times.
namespace yimen::editing {

namespace {

constexpr uint64_t largest_form = 512 << 10;

// What an address names: the part, and of a list the entry (from 1; 0: a new one).
struct Place {
    Part part;
    bool entry = false;
    size_t number = 0;

    std::string key() const {  // of what is typed in there
        if (!entry) return part.name;
        return fmt::format("{}/{}", part.name, number ? std::to_string(number) : "new");
    }
    std::string ledger_word() const { return part.piece.empty() ? std::string(part.list) : fmt::format("{}/{}", part.piece, part.list.empty() ? "" : part.list == "fields" ? "sections" : part.list); }
};

std::optional<Place> place_of(const Context& c, const Draft& draft) {
    auto part = part_named(c.request.param("part"), draft.content);
    if (!part) return std::nullopt;
    Place place{std::move(*part), false, 0};
    auto wanted = c.request.param("entry");
    if (wanted.empty()) return place;
    if (place.part.list.empty()) return std::nullopt;
    place.entry = true;
    if (wanted == "new") return place;
    if (wanted.size() > 4 || wanted.front() == '0' || !std::ranges::all_of(wanted, [](char d) { return d >= '0' && d <= '9'; })) return std::nullopt;
    place.number = static_cast<size_t>(std::stoi(std::string(wanted)));
    return place;
}

// An entry that is one text in both languages is a map of both, as its form shows it.
json::object as_map(const json::value& entry) {
    if (auto* map = entry.if_object()) return *map;
    if (auto* text = entry.if_string()) return {{"zh", *text}, {"en", *text}};
    return {};
}

// What the place holds now; nothing where the entry is gone.
std::optional<json::object> held(const Place& place, const json::object& content) {
    if (place.entry) {
        auto& list = list_of(place.part, content);
        if (!place.number) return json::object{};
        return place.number <= list.size() ? std::optional(as_map(list[place.number - 1])) : std::nullopt;
    }
    auto* holder = holder_of(place.part, const_cast<json::object&>(content), false);
    return holder ? *holder : json::object{};
}

std::string up_path(const Draft& draft, const Place& place) {
    if (place.entry) return path_of(draft.item, place.part.name);
    return place.part.name.starts_with("fields-") ? path_of(draft.item, "sections") : path_of(draft.item);
}

std::string part_word(const Context& c, const Part& part, const Draft& draft) {
    if (!part.name.starts_with("fields-")) return word_of(c.language(), "editing.part_", part.name);
    auto sections = part_named("sections", draft.content);
    auto& list = list_of(*sections, draft.content);
    auto at = static_cast<size_t>(std::stoi(part.name.substr(7)));
    return at <= list.size() ? words(c.language(), "editing.fields_of", {{"section", entry_title(*sections, list[at - 1], c.language())}}) : part.name;
}

struct Shown {
    Typed typed;
    std::vector<Wrong> wrong = {};
    std::optional<Typed> theirs = {};
    std::string seen;
    std::optional<Instant> restored = {};
    size_t more_rows = 1;
};

Response form_page(const Context& c, const Draft& draft, const Place& place, int status, const Shown& shown) {
    auto language = c.language();
    Filled filled{place.part, shown.typed, shown.wrong, shown.theirs ? &*shown.theirs : nullptr, shown.more_rows};
    auto view = head_view(c, draft);
    auto part = part_word(c, place.part, draft);
    auto heading = part;
    if (place.entry) {
        auto& list = list_of(place.part, draft.content);
        heading = place.number ? entry_title(place.part, list[place.number - 1], language) : words(language, "editing.new_entry", {{"list", part}});
    }
    view["title"] = fmt::format("{}{} · {}", shown.wrong.empty() ? "" : words(language, "editing.error_prefix"), heading, std::string_view(view.at("name").as_string()));
    view["heading"] = heading;
    view["part"] = part;
    view["entry"] = place.entry;
    view["up"] = up_path(draft, place);
    view["action"] = fmt::format("{}?seen={}", path_of(draft.item, place.key()), shown.seen);
    view["boxes"] = boxes_view(c, filled);
    view["mistakes"] = mistakes_view(c, filled);
    view["has_mistakes"] = !shown.wrong.empty();
    view["conflict"] = shown.theirs.has_value();
    if (shown.restored) view["restored"] = for_people(*shown.restored, language);
    add_company(c, draft.item, place.key(), view);
    return c.page(status, "editing/form", std::move(view));
}

// What is kept of an earlier typing stands in the form again; where somebody saved meanwhile, both are shown.
Response show_form(const Context& c, const Draft& draft, const Place& place) {
    auto now = held(place, draft.content);
    if (!now) return refusal_page(c, Refusal::entry_gone);
    auto typed = typed_of(place.part, *now);
    Shown shown{.typed = typed, .seen = digest_of(typed)};
    auto kept = c.read([&](db::Tx& tx) { return typing(tx, c.site.division, draft.item, c.who().staff, place.key()); });
    if (kept) {
        shown.restored = kept->at;
        shown.typed = kept->typed;
        if (kept->seen != shown.seen) shown.theirs = std::move(typed);
    }
    return form_page(c, draft, place, 200, shown);
}

Response list_page(const Context& c, const Draft& draft, const Part& part, int status = 200) {
    auto language = c.language();
    auto& list = list_of(part, draft.content);
    if (part.list == "fields" && !holder_of(part, const_cast<json::object&>(draft.content), false)) return refusal_page(c, Refusal::entry_gone);
    json::array entries;
    for (size_t at = 0; at < list.size(); ++at) {
        auto path = fmt::format("{}/{}", path_of(draft.item, part.name), at + 1);
        auto* map = list[at].if_object();
        auto* name = map ? map->if_contains(part.known_by) : nullptr;
        View entry{{"number", at + 1}, {"path", path}, {"text", entry_title(part, list[at], language)}, {"seen", seen_digest(list[at])},
                   {"first", at == 0}, {"last", at + 1 == list.size()}, {"known_by", name && name->is_string() ? std::string_view(name->as_string()) : ""}};
        if (part.name == "sections") entry["fields"] = path_of(draft.item, fmt::format("fields-{}", at + 1));
        entries.push_back(std::move(entry));
    }
    auto view = head_view(c, draft);
    auto heading = part_word(c, part, draft);
    view["title"] = fmt::format("{} · {}", heading, std::string_view(view.at("name").as_string()));
    view["heading"] = heading;
    view["up"] = up_path(draft, {part, false, 0});
    view["list"] = path_of(draft.item, part.name);
    view["intro"] = web::has_words("editing.intro_" + part.name) ? words(language, "editing.intro_" + part.name) : "";
    view["has_entries"] = !entries.empty();
    view["entries"] = std::move(entries);
    view["preview"] = part.name == "sections" || part.name.starts_with("fields-");
    add_company(c, draft.item, part.name, view);
    return c.page(status, "editing/entries", std::move(view));
}

// Puts what was typed where it belongs.
Result<Done, Refusal> write_place(const Place& place, const Typed& typed, std::string_view seen, std::vector<Wrong>& wrong, json::object& content) {
    auto now = held(place, content);
    if (!now) return refuse(Refusal::entry_gone);
    if (digest_of(typed_of(place.part, *now)) != seen) return refuse(Refusal::changed_meanwhile);
    wrong = put(place.part, typed, *now);
    if (!wrong.empty()) return refuse(Refusal::faulty);
    if (!place.entry) {
        auto* holder = holder_of(place.part, content);
        if (!holder) return refuse(Refusal::entry_gone);
        *holder = std::move(*now);
        return Done{};
    }
    auto* list = list_in(place.part, content);
    if (!list) return refuse(Refusal::entry_gone);
    if (list->size() >= 300) return refuse(Refusal::too_large);
    if (place.number) (*list)[place.number - 1] = std::move(*now);
    else list->push_back(std::move(*now));
    return Done{};
}

void remember(const Context& c, const Draft& draft, const Place& place, const Typed& typed, std::string_view seen) {
    c.site.database.write([&](db::Tx& tx) { keep_typing(tx, c.site.division, draft.item, c.who().staff, place.key(), {std::string(seen), typed, c.now()}); });
}

// The island keeps what is typed while somebody types; it is theirs alone until they save.
Response kept_answer(const Context& c, const Draft& draft, const Place& place) {
    auto seen = c.request.query.get("seen");
    auto before = c.read([&](db::Tx& tx) { return typing(tx, c.site.division, draft.item, c.who().staff, place.key()); });
    auto now = held(place, draft.content);
    remember(c, draft, place, with_changes(before ? before->typed : typed_of(place.part, now.value_or(json::object{})), c.request.form), seen);
    json::array shown;
    for (auto& box : place.part.boxes) shown.push_back(json::value(box.name));
    auto minute = for_people(c.now(), c.language());
    return web::json(200, json::object{{"saved", words(c.language(), "editing.kept_at", {{"time", minute.substr(minute.size() - 5)}})}, {"shown", std::move(shown)}});
}

Response forget(const Context& c, const Draft& draft, const Place& place) {
    c.site.database.write([&](db::Tx& tx) { forget_typing(tx, c.site.division, draft.item, c.who().staff, place.key()); });
    return c.go(path_of(draft.item, place.key()), "editing.notice_theirs");
}

// Refused: what was typed is kept and stands in the form again, beside what is wrong or what somebody else wrote.
Response refused_form(const Context& c, const Place& place, Refusal refusal, const Typed& typed, std::vector<Wrong> wrong) {
    auto draft = open_draft(c, item_of(c));
    if (!draft) return refusal_page(c, Refusal::not_found);
    auto now = held(place, draft->content);
    if (!now) return refusal_page(c, Refusal::entry_gone);
    auto theirs = typed_of(place.part, *now);
    Shown shown{.typed = typed, .wrong = std::move(wrong), .seen = digest_of(theirs)};
    remember(c, *draft, place, typed, refusal == Refusal::changed_meanwhile ? c.request.query.get("seen") : shown.seen);
    if (refusal == Refusal::changed_meanwhile) shown.theirs = std::move(theirs);
    return form_page(c, *draft, place, status_of(refusal), shown);
}

Response save(const Context& c, const Draft& draft, const Place& place) {
    if (c.request.wants_json()) return kept_answer(c, draft, place);
    auto then = c.request.form.get("then");
    if (then == "theirs") return forget(c, draft, place);
    auto typed = whole_form(c.request.form);
    auto seen = c.request.query.get("seen");
    if (then == "more") {
        remember(c, draft, place, typed, seen);
        return form_page(c, draft, place, 200, {.typed = typed, .seen = std::string(seen), .more_rows = 4});
    }
    std::vector<Wrong> wrong;
    std::optional<Refusal> refusal;
    auto answer = c.write([&](db::Tx& tx) -> Response {
        auto desk = desk_of(c, tx);
        auto saved = change(desk, draft.item, place.ledger_word(), [&](json::object& content) { return write_place(place, typed, seen, wrong, content); });
        if (!saved) {
            refusal = saved.error();
            return refusal_page(c, saved.error());
        }
        forget_typing(tx, c.site.division, draft.item, c.who().staff, place.key());
        tell(c, tx, draft.item);
        return c.go(up_path(draft, place), "editing.notice_saved");
    });
    if (answer.status < 400 || !refusal) return answer;
    if (*refusal != Refusal::faulty && *refusal != Refusal::changed_meanwhile) return answer;
    return refused_form(c, place, *refusal, typed, std::move(wrong));
}

// Moves or removes one entry, if it is still the one that the page showed.
Response rearrange(const Context& c, const Draft& draft, const Place& place, bool removing) {
    auto seen = c.request.form.get("seen");
    bool up = c.request.form.get("to") == "up";
    return do_act(c, draft.item, path_of(draft.item, place.part.name), removing ? "editing.notice_removed" : "editing.notice_moved", [&](Desk& desk) {
        return change(desk, draft.item, place.ledger_word(), [&](json::object& content) -> Result<Done, Refusal> {
            auto* list = list_in(place.part, content, false);
            auto at = place.number;
            if (!list || at < 1 || at > list->size() || seen_digest((*list)[at - 1]) != seen) return refuse(Refusal::entry_gone);
            if (removing) return list->erase(list->begin() + static_cast<std::ptrdiff_t>(at - 1)), Done{};
            if (up ? at == 1 : at == list->size()) return Done{};
            std::swap((*list)[at - 1], (*list)[up ? at - 2 : at]);
            return Done{};
        });
    });
}

using PlacePage = std::function<Response(const Draft&, const Place&)>;
Response with_place(const Context& c, const PlacePage& page) {
    auto draft = open_draft(c, item_of(c));
    if (!draft) return refusal_page(c, Refusal::not_found);
    auto place = place_of(c, *draft);
    return place ? page(*draft, *place) : refusal_page(c, Refusal::not_found);
}

}  // namespace

void add_part_pages(identity::Routes& routes, const Parts&) {
    auto show = [](Context& c) {
        return with_place(c, [&](const Draft& draft, const Place& place) {
            return place.entry || place.part.list.empty() ? show_form(c, draft, place) : list_page(c, draft, place.part);
        });
    };
    auto take = [](Context& c) {
        return with_place(c, [&](const Draft& draft, const Place& place) {
            return place.entry || place.part.list.empty() ? save(c, draft, place) : refusal_page(c, Refusal::not_found);
        });
    };
    routes.get("/editing/items/{item}/{part}", Act::edit_item, show);
    routes.post("/editing/items/{item}/{part}", Act::edit_item, take, {.max_body = largest_form});
    routes.get("/editing/items/{item}/{part}/{entry}", Act::edit_item, show);
    routes.post("/editing/items/{item}/{part}/{entry}", Act::edit_item, take, {.max_body = largest_form});
    for (bool removing : {false, true})
        routes.post(fmt::format("/editing/items/{{item}}/{{part}}/{{entry}}/{}", removing ? "remove" : "move"), Act::edit_item, [removing](Context& c) {
            return with_place(c, [&](const Draft& draft, const Place& place) { return rearrange(c, draft, place, removing); });
        });
}

}  // namespace yimen::editing
