#include "base/text.h"
#include "editing/formulas.h"
#include "editing/pages_shared.h"

// A part of an item as a form: one form for what stands once, a list and a form an entry for what stands several times.
namespace yimen::editing {

namespace {

constexpr uint64_t largest_form = 6 << 20;

std::optional<Place> place_of(const Context& c, const Draft& draft) {
    auto part = part_named(c.request.param("part"), draft.content);
    if (!part) return std::nullopt;
    Place place{std::move(*part), false, 0};
    auto wanted = c.request.param("entry");
    if (wanted.empty()) return place;
    if (place.part.list.empty()) return std::nullopt;
    place.entry = true;
    if (wanted == "new") return place;
    if (wanted.size() > 4 || wanted.front() == '0' || !std::ranges::all_of(wanted, [](char d) { return d >= '0' && d <= '9'; }))
        return std::nullopt;
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
    auto& name = place.part.name;
    if (name.starts_with("columns-")) return path_of(draft.item, fmt::format("fields-{}", name.substr(8, name.find('-', 8) - 8)));
    return name.starts_with("fields-") ? path_of(draft.item, "sections") : path_of(draft.item);
}

// What "fields-2" or "columns-2-3" belongs to, in its own words.
std::string part_word(const Context& c, const Part& part, const Draft& draft) {
    bool columns = part.list == "columns";
    if (part.list != "fields" && !columns) return word_of(c.language(), "editing.part_", part.name);
    auto last = part.name.rfind('-');
    auto outer = part_named(columns ? "fields" + part.name.substr(7, last - 7) : "sections", draft.content);
    auto& list = list_of(*outer, draft.content);
    auto at = static_cast<size_t>(std::atoi(part.name.c_str() + last + 1));
    auto title = at <= list.size() ? entry_title(*outer, list[at - 1], c.language()) : part.name;
    return columns ? words(c.language(), "editing.columns_of", {{"field", title}})
                   : words(c.language(), "editing.fields_of", {{"section", title}});
}

struct Shown {
    Typed typed;
    std::vector<Wrong> wrong = {};
    std::optional<Typed> theirs = {};
    std::string seen;
    std::optional<Instant> restored = {};
    size_t more_rows = 1;
};

// Of a field of kind table: its columns, a list of their own.
std::string columns_name(const Place& place) { return fmt::format("columns{}-{}", place.part.name.substr(6), place.number); }
bool columns_of(const Draft& draft, const Place& place) {
    auto& list = list_of(place.part, draft.content);
    auto* field = place.number <= list.size() ? list[place.number - 1].if_object() : nullptr;
    return field && field->contains("kind") && field->at("kind") == json::value("table");
}

Response form_page(const Context& c, const Draft& draft, const Place& place, int status, const Shown& shown) {
    auto language = c.language();
    Filled filled{place.part, shown.typed, shown.wrong, shown.theirs ? &*shown.theirs : nullptr, shown.more_rows};
    auto view = head_view(c, draft);
    auto part = part_word(c, place.part, draft);
    auto heading = part;
    if (place.entry) {
        auto& list = list_of(place.part, draft.content);
        heading = place.number ? entry_title(place.part, list[place.number - 1], language)
                               : words(language, "editing.new_entry", {{"list", part}});
    }
    view["title"] = fmt::format("{}{} · {}", shown.wrong.empty() ? "" : words(language, "editing.error_prefix"), heading,
                                std::string_view(view.at("name").as_string()));
    view["heading"] = heading;
    view["part"] = part;
    view["entry"] = place.entry;
    view["up"] = up_path(draft, place);
    view["action"] = fmt::format("{}?seen={}", path_of(draft.item, place.key()), shown.seen);
    view["keep"] = fmt::format("{}?seen={}&keep=1", path_of(draft.item, place.key()), shown.seen);
    view["boxes"] = boxes_view(c, filled);
    bool formulas = place.part.name == "sections" || place.part.list == "fields";
    view["has_names"] = formulas;
    view["names"] = formulas ? names_view(c, draft.content, false) : json::array();
    view["adds"] = place.entry && !place.number;
    if (place.part.list == "fields" && place.number && columns_of(draft, place)) view["columns"] = path_of(draft.item, columns_name(place));
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

std::string field_kind_word(Language language, std::string_view kind) {
    auto own = fmt::format("editing.option_fields_{}", kind);
    return web::has_words(own) ? words(language, own) : word_of(language, "editing.option_", kind);
}

Response list_page(const Context& c, const Draft& draft, const Part& part, int status = 200) {
    auto language = c.language();
    auto& list = list_of(part, draft.content);
    if ((part.list == "fields" || part.list == "columns") && !holder_of(part, const_cast<json::object&>(draft.content), false))
        return refusal_page(c, Refusal::entry_gone);
    json::array entries;
    for (size_t at = 0; at < list.size(); ++at) {
        auto path = fmt::format("{}/{}", path_of(draft.item, part.name), at + 1);
        auto* map = list[at].if_object();
        auto* name = map ? map->if_contains(part.known_by) : nullptr;
        auto title = entry_title(part, list[at], language);
        // What has no other title stands there by its name already.
        bool other = name && name->is_string() && std::string_view(name->as_string()) != title;
        View entry{{"number", at + 1},
                   {"path", path},
                   {"text", title},
                   {"seen", seen_digest(list[at])},
                   {"first", at == 0},
                   {"last", at + 1 == list.size()},
                   {"known_by", other ? std::string_view(name->as_string()) : ""}};
        if (part.name == "sections") entry["fields"] = path_of(draft.item, fmt::format("fields-{}", at + 1));
        if (part.list == "fields" && columns_of(draft, {part, true, at + 1}))
            entry["columns"] = path_of(draft.item, columns_name({part, true, at + 1}));
        if (map && (part.list == "fields" || part.list == "columns") && map->contains("kind") && map->at("kind").is_string())
            entry["kind"] = field_kind_word(language, std::string_view(map->at("kind").as_string()));
        entries.push_back(std::move(entry));
    }
    auto view = head_view(c, draft);
    auto heading = part_word(c, part, draft);
    view["title"] = fmt::format("{} · {}", heading, std::string_view(view.at("name").as_string()));
    view["heading"] = heading;
    view["up"] = up_path(draft, {part, false, 0});
    view["list"] = path_of(draft.item, part.name);
    auto stem = part.list == "fields" || part.list == "columns" ? std::string(part.list) : part.name;
    view["intro"] = web::has_words("editing.intro_" + stem) ? words(language, "editing.intro_" + stem) : "";
    view["standard"] = part.name == "sections" && list.empty();
    view["copies"] = part.name != "steps";
    view["has_entries"] = !entries.empty();
    view["entries"] = std::move(entries);
    view["preview"] = part.name == "sections" || part.name.starts_with("fields-");
    add_company(c, draft.item, part.name, view);
    return c.page(status, "editing/entries", std::move(view));
}

// Puts what was typed where it belongs.
Result<Done, Refusal> write_place(const Place& place, Typed typed, std::string_view seen, std::vector<Wrong>& wrong,
                                  json::object& content) {
    auto now = held(place, content);
    if (!now) return refuse(Refusal::entry_gone);
    if (digest_of(typed_of(place.part, *now)) != seen) return refuse(Refusal::changed_meanwhile);
    if (auto own = typed.find(place.part.known_by);
        place.entry && (own == typed.end() || own->second.empty() || trim(own->second.front()).empty()))
        if (auto name = name_for(place.part, typed, content); !name.empty()) typed[std::string(place.part.known_by)] = {name};
    wrong = put(place.part, typed, *now);
    for (auto& one : wrong_formulas(place.part, typed, content)) wrong.push_back(std::move(one));
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
    if (place.number)
        (*list)[place.number - 1] = std::move(*now);
    else
        list->push_back(std::move(*now));
    return Done{};
}

void remember(const Context& c, const Draft& draft, const Place& place, const Typed& typed, std::string_view seen) {
    c.site.database.write([&](db::Tx& tx) {
        keep_typing(tx, c.site.division, draft.item, c.who().staff, place.key(), {std::string(seen), typed, c.now()});
    });
}

// The island keeps what is typed while somebody types; it is theirs alone until they save.
Response kept_answer(const Context& c, const Draft& draft, const Place& place) {
    auto seen = c.request.query.get("seen");
    auto before = c.read([&](db::Tx& tx) { return typing(tx, c.site.division, draft.item, c.who().staff, place.key()); });
    auto now = held(place, draft.content);
    remember(c, draft, place, with_changes(before ? before->typed : typed_of(place.part, now.value_or(json::object{})), c.request.form),
             seen);
    return kept(c);
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

// "lines:choices": the rows of boxes as one text; "boxes:choices": the other way round.
Typed in_other_shape(const Part& part, Typed typed, std::string_view then) {
    auto name = then.substr(6);
    auto box = std::ranges::find_if(part.boxes, [&](auto& one) { return one.name == name && one.kind == Box::Kind::rows; });
    if (box == part.boxes.end()) return typed;
    if (then.starts_with("lines:")) {
        auto text = as_lines(*box, typed);
        std::erase_if(typed, [&](auto& one) { return one.first.starts_with(box->name + "."); });
        typed[box->name] = {std::move(text)};
        return typed;
    }
    json::object holder;
    if (!put({part.name, part.piece, part.list, {*box}, part.known_by}, typed, holder).empty()) return typed;
    typed.erase(box->name);
    typed.merge(typed_of({part.name, part.piece, part.list, {*box}, part.known_by}, holder));
    return typed;
}

// A new table has no columns yet, and whoever adds one entry often adds the next.
std::string after_saving(const Context& c, const Draft& saved, Place place) {
    if (place.part.list == "fields" && !place.number) place.number = list_of(place.part, saved.content).size();
    if (place.part.list == "fields" && columns_of(saved, place) &&
        list_of(*part_named(columns_name(place), saved.content), saved.content).empty())
        return path_of(saved.item, columns_name(place));
    if (place.entry && c.request.form.get("then") == "next") return path_of(saved.item, place.part.name + "/new");
    return up_path(saved, place);
}

Response save(const Context& c, const Draft& draft, const Place& place) {
    if (c.request.wants_json() || c.request.query.has("keep")) return kept_answer(c, draft, place);
    auto then = c.request.form.get("then");
    if (then == "theirs") return forget(c, draft, place);
    auto typed = whole_form(c.request.form);
    auto seen = c.request.query.get("seen");
    if (then == "more" || then.starts_with("lines:") || then.starts_with("boxes:")) {
        if (then != "more") typed = in_other_shape(place.part, std::move(typed), then);
        remember(c, draft, place, typed, seen);
        return form_page(c, draft, place, 200,
                         {.typed = typed, .seen = std::string(seen), .more_rows = then == "more" ? size_t{4} : size_t{1}});
    }
    std::vector<Wrong> wrong;
    std::optional<Refusal> refusal;
    auto answer = c.write([&](db::Tx& tx) -> Response {
        auto desk = desk_of(c, tx);
        auto saved = change(desk, draft.item, place.ledger_word(),
                            [&](json::object& content) { return write_place(place, typed, seen, wrong, content); });
        if (!saved) {
            refusal = saved.error();
            return refusal_page(c, saved.error());
        }
        forget_typing(tx, c.site.division, draft.item, c.who().staff, place.key());
        tell(c, tx, draft.item);
        return c.go(after_saving(c, *saved, place), "editing.notice_saved");
    });
    if (answer.status < 400 || !refusal) return answer;
    if (*refusal != Refusal::faulty && *refusal != Refusal::changed_meanwhile) return answer;
    return refused_form(c, place, *refusal, typed, std::move(wrong));
}

}  // namespace

Response with_place(const Context& c, const PlacePage& page) {
    auto draft = open_draft(c, item_of(c));
    if (!draft) return refusal_page(c, Refusal::not_found);
    auto place = place_of(c, *draft);
    return place ? page(*draft, *place) : refusal_page(c, Refusal::not_found);
}

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
}

}  // namespace yimen::editing
