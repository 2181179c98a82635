#include <boost/json.hpp>

#include "catalogue/store.h"
#include "catalogue/store_versions.h"
#include "crypto/crypto.h"
#include "editing/gate.h"
#include "editing/store.h"
#include "editing/store_list.h"
#include "identity/store.h"

// What analysts do with an item's draft.
namespace yimen::editing {

namespace {

constexpr size_t largest_content = 6u << 20;

std::string text_at(const json::object& content, std::string_view piece, std::string_view key) {
    auto* map = content.if_contains(piece);
    auto* value = map && map->is_object() ? map->as_object().if_contains(key) : nullptr;
    return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

// Whoever belongs to a department writes its items alone; the centre's analysts write all.
bool may(Desk& desk, identity::Act act, const json::object& content, std::string_view item) {
    identity::Subject subject;
    if (desk.who.authority)
        if (auto of = identity::find_authority_by_code(desk.tx, desk.who.division, text_at(content, "department", "credit_code")))
            subject.authority = of->id.value;
    subject.item = item;
    return identity::permits(desk.who, act, subject, desk.today());
}

void record(Desk& desk, const Draft& draft, std::string_view act, json::value before, json::value after, std::string digest) {
    ledger::record(desk.tx, {draft.division,
                             "item_draft",
                             {draft.id.value},
                             desk.actor,
                             std::string(act),
                             desk.now,
                             std::move(before),
                             std::move(after),
                             std::move(digest)});
}

void edited(Desk& desk, Draft& draft) {
    draft.state = State::draft;
    draft.edited_by = desk.who.staff;
    draft.edited_by_name = desk.who.name;
    draft.edited_at = desk.now;
    draft.checked_by = {};
    draft.checked_by_name.clear();
    draft.checked_at.reset();
}

bool open(const std::optional<Draft>& draft) { return draft && draft->state != State::published; }

// The row begun anew, or for the first time; its chain goes on.
Draft fresh(Desk& desk, std::string_view item, std::optional<Draft> before) {
    Draft draft;
    if (before)
        draft = std::move(*before);
    else
        draft.id = make_id<DraftTag>(), draft.revision = 0;
    draft.division = desk.who.division;
    draft.item = item;
    draft.published_version = 0;
    draft.published_from.reset();
    ++draft.revision;
    edited(desk, draft);
    return draft;
}

// What "item/materials" or "rules" names, as the ledger keeps it: what is too large for an entry by its digest.
json::value part_of(const json::object& content, std::string_view what) {
    auto key = what.substr(0, what.find('/'));
    auto* piece = content.if_contains(key);
    if (!piece) return nullptr;
    auto rest = key.size() < what.size() ? what.substr(key.size() + 1) : std::string_view();
    const json::value* found = piece;
    if (!rest.empty()) {
        auto* map = piece->if_object();
        found = map ? map->if_contains(rest) : nullptr;
    }
    if (!found) return nullptr;
    auto text = json::serialize(*found);
    if (text.size() <= 16'384) return *found;
    return json::object{{"sm3", crypto::hex(crypto::view(crypto::sm3(text)))}, {"bytes", text.size()}};
}

bool item_name(std::string_view name) {
    auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return name.size() >= 3 && name.size() <= 60 && std::ranges::all_of(name, fits) && name.front() != '-' && name.back() != '-';
}

// The draft as it stands, for an act on it by this person.
Result<Draft, Refusal> for_act(Desk& desk, identity::Act act, std::string_view item) {
    auto draft = find_locked(desk.tx, desk.who.division, item);
    if (!open(draft)) return refuse(draft ? Refusal::not_possible_now : Refusal::not_found);
    if (!may(desk, act, draft->content, item)) return refuse(Refusal::not_permitted);
    return std::move(*draft);
}

json::object item_of(const NewItem& wanted, json::object copied) {
    auto item = copied.contains("item") ? copied.at("item").as_object() : json::object{};
    item["item"] = wanted.item;
    item["name"] = json::object{{"zh", wanted.name.zh}, {"en", wanted.name.en}};
    for (auto* own : {"version", "from", "task_code", "catalogue_code", "family"}) item.erase(own);
    if (!copied.contains("item")) item["applicants"] = json::array{json::value(wanted.applicant)};
    return item;
}

}  // namespace

Result<Draft, Refusal> begin_new(Desk& desk, const NewItem& wanted) {
    auto division = desk.who.division;
    if (!item_name(wanted.item)) return refuse(Refusal::name_wrong);
    auto before = find_locked(desk.tx, division, wanted.item);
    if (open(before) || !catalogue::versions_of(desk.tx, division, wanted.item).empty()) return refuse(Refusal::name_taken);
    while (bring_up_to_date(desk.tx, division)) {
    }
    auto department = department_of(desk.tx, division, wanted.department);
    if (!department) return refuse(Refusal::unknown_department);
    json::object copied;
    if (!wanted.copy_of.empty()) {
        auto versions = catalogue::versions_of(desk.tx, division, wanted.copy_of);
        if (versions.empty()) return refuse(Refusal::not_found);
        copied = catalogue::content_of(desk.tx, division, wanted.copy_of, versions.front().version).value();
    }
    auto draft = fresh(desk, wanted.item, std::move(before));
    draft.based_on = 0;
    auto item = item_of(wanted, copied);
    draft.content = std::move(copied);
    draft.content["department"] = std::move(*department);
    draft.content["item"] = std::move(item);
    if (!may(desk, identity::Act::edit_item, draft.content, draft.item)) return refuse(Refusal::not_permitted);
    put(desk.tx, draft);
    list_draft(desk.tx, draft);
    record(desk, draft, "begin_item_draft", nullptr, json::object{{"item", draft.item}, {"copy_of", wanted.copy_of}}, digest(draft));
    return draft;
}

Result<Draft, Refusal> begin(Desk& desk, std::string_view item) {
    auto before = find_locked(desk.tx, desk.who.division, item);
    if (open(before)) return refuse(Refusal::not_possible_now);
    auto versions = catalogue::versions_of(desk.tx, desk.who.division, item);
    if (versions.empty()) return refuse(Refusal::not_found);
    auto draft = fresh(desk, item, std::move(before));
    draft.based_on = versions.front().version;
    draft.content = catalogue::content_of(desk.tx, desk.who.division, item, draft.based_on).value();
    if (!may(desk, identity::Act::edit_item, draft.content, item)) return refuse(Refusal::not_permitted);
    while (bring_up_to_date(desk.tx, desk.who.division)) {
    }
    put(desk.tx, draft);
    list_draft(desk.tx, draft);
    record(desk, draft, "begin_item_draft", nullptr, json::object{{"item", item}, {"version", draft.based_on}}, digest(draft));
    return draft;
}

Result<Draft, Refusal> change(Desk& desk, std::string_view item, std::string_view what, const Change& make) {
    auto draft = for_act(desk, identity::Act::edit_item, item);
    if (!draft) return draft;
    auto content = draft->content;
    if (auto made = make(content); !made) return refuse(made.error());
    if (content == draft->content) return draft;
    if (json::serialize(content).size() > largest_content) return refuse(Refusal::too_large);
    auto before = part_of(draft->content, what);
    draft->content = std::move(content);
    ++draft->revision;
    edited(desk, *draft);
    put(desk.tx, *draft);
    list_draft(desk.tx, *draft);
    record(desk, *draft, "edit_item", json::object{{what, std::move(before)}},
           json::object{{what, part_of(draft->content, what)}, {"revision", draft->revision}}, digest(*draft));
    return draft;
}

Result<Draft, Refusal> discard(Desk& desk, std::string_view item) {
    auto draft = for_act(desk, identity::Act::edit_item, item);
    if (!draft) return draft;
    remove(desk.tx, draft->division, item);
    forget_all_typing(desk.tx, draft->division, item);
    unlist_draft(desk.tx, draft->division, item);
    record(desk, *draft, "discard_item_draft", json::object{{"revision", draft->revision}, {"digest", digest(*draft)}}, nullptr,
           std::string(ledger::no_rows));
    return draft;
}

Result<Draft, Refusal> check(Desk& desk, std::string_view item, int64_t revision) {
    auto draft = for_act(desk, identity::Act::check_item, item);
    if (!draft) return draft;
    if (draft->state == State::checked) return refuse(Refusal::not_possible_now);
    if (draft->revision != revision) return refuse(Refusal::changed_meanwhile);
    if (draft->edited_by == desk.who.staff) return refuse(Refusal::same_person);
    if (!gate(*draft, desk.today()).passed()) return refuse(Refusal::faulty);
    draft->state = State::checked;
    draft->checked_by = desk.who.staff;
    draft->checked_by_name = desk.who.name;
    draft->checked_at = desk.now;
    put(desk.tx, *draft);
    list_draft(desk.tx, *draft);
    record(desk, *draft, "check_item", json::object{{"state", "draft"}}, json::object{{"state", "checked"}, {"revision", revision}},
           digest(*draft));
    return draft;
}

json::object as_version(const Draft& draft, int version, Date from) {
    auto content = draft.content;
    if (auto* item = content.if_contains("item"); item && item->is_object()) {
        item->as_object()["version"] = version;
        item->as_object()["from"] = to_iso(from);
    }
    return content;
}

Result<Draft, Refusal> publish(Desk& desk, std::string_view item, int64_t revision, Date from) {
    auto draft = for_act(desk, identity::Act::publish_item, item);
    if (!draft) return draft;
    if (draft->state != State::checked) return refuse(Refusal::not_checked);
    if (draft->revision != revision) return refuse(Refusal::changed_meanwhile);
    if (draft->edited_by == desk.who.staff) return refuse(Refusal::same_person);
    if (from < desk.today()) return refuse(Refusal::day_past);
    auto versions = catalogue::versions_of(desk.tx, draft->division, item);
    // Somebody published from files meanwhile: what was compared and checked is not what would change.
    if (!versions.empty() && versions.front().version != draft->based_on) return refuse(Refusal::changed_meanwhile);
    int version = versions.empty() ? 1 : versions.front().version + 1;
    auto stored = as_version(*draft, version, from);
    auto read = catalogue::read_stored(stored, draft->item);
    if (!read || !gate(*draft, from).passed()) return refuse(Refusal::faulty);
    auto published = catalogue::publish(desk.tx, draft->division, {{std::move(*read), std::move(stored)}}, desk.actor, desk.now);
    if (published.added != 1) return refuse(Refusal::changed_meanwhile);
    draft->state = State::published;
    draft->published_version = version;
    draft->published_from = from;
    put(desk.tx, *draft);
    while (bring_up_to_date(desk.tx, draft->division)) {
    }
    unlist_draft(desk.tx, draft->division, item);
    forget_all_typing(desk.tx, draft->division, item);
    record(desk, *draft, "publish_item", json::object{{"state", "checked"}},
           json::object{{"state", "published"}, {"version", version}, {"from", to_iso(from)}}, digest(*draft));
    return draft;
}

Result<Done, Refusal> withdraw(Desk& desk, std::string_view item, Date from, std::string_view reason) {
    auto division = desk.who.division;
    auto versions = catalogue::versions_of(desk.tx, division, item);
    if (versions.empty()) return refuse(Refusal::not_found);
    auto content = catalogue::content_of(desk.tx, division, item, versions.front().version).value();
    if (!may(desk, identity::Act::withdraw_item, content, item)) return refuse(Refusal::not_permitted);
    if (from < desk.today()) return refuse(Refusal::day_past);
    if (reason.empty()) return refuse(Refusal::reasons_missing);
    auto before = catalogue::withdrawal_of(desk.tx, division, item);
    catalogue::withdraw(desk.tx, division, {std::string(item), from, std::string(reason)}, desk.who.staff.value, desk.now);
    while (bring_up_to_date(desk.tx, division)) {
    }
    list_withdrawal(desk.tx, division, item);
    auto id = versions.front().id;
    json::value was = before ? json::value(json::object{{"from", to_iso(before->from)}}) : json::value();
    ledger::record(desk.tx, {division,
                             "item_version",
                             {id.value},
                             desk.actor,
                             "withdraw_item",
                             desk.now,
                             std::move(was),
                             json::object{{"item", item}, {"from", to_iso(from)}, {"reason", reason}},
                             catalogue::item_version_digest(desk.tx, division, {id.value}).value_or("")});
    return Done{};
}

std::string_view name(State state) {
    constexpr std::string_view names[] = {"draft", "checked", "published"};
    return names[static_cast<int>(state)];
}

std::optional<State> state_named(std::string_view word) {
    for (auto state : {State::draft, State::checked, State::published})
        if (name(state) == word) return state;
    return std::nullopt;
}

std::string_view code(Refusal refusal) {
    constexpr std::string_view refusal_codes[] = {
        "not_found",  "not_permitted", "not_possible_now",   "changed_meanwhile", "same_person", "not_checked", "faulty",   "day_past",
        "name_wrong", "name_taken",    "unknown_department", "reasons_missing",   "entry_gone",  "bad_model",   "too_large"};
    return refusal_codes[static_cast<int>(refusal)];
}

}  // namespace yimen::editing
