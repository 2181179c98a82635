#include "editing/store.h"

#include <boost/json.hpp>

#include "crypto/crypto.h"

namespace yimen::editing {

namespace {

#define DRAFT_COLUMNS                                                                                                             \
    "division, item, id, based_on, content, revision, state, edited_by, edited_by_name, edited_at, checked_by, checked_by_name, " \
    "checked_at, published_version, published_from"

std::optional<Draft> first(const db::Rows& rows) {
    if (rows.empty()) return std::nullopt;
    auto row = rows[0];
    Draft d;
    d.division = row.get<Division>(0);
    d.item = row.get<std::string>(1);
    d.id = row.get<DraftId>(2);
    d.based_on = row.get<int>(3);
    d.content = json::parse(row.get<std::string_view>(4)).as_object();
    d.revision = row.get<int64_t>(5);
    d.state = state_named(row.get<std::string_view>(6)).value();
    d.edited_by = row.get<identity::StaffId>(7);
    d.edited_by_name = row.get<std::string>(8);
    d.edited_at = row.get<Instant>(9);
    d.checked_by = row.get<identity::StaffId>(10);
    d.checked_by_name = row.get<std::string>(11);
    d.checked_at = row.get<std::optional<Instant>>(12);
    d.published_version = row.get<int>(13);
    d.published_from = row.get<std::optional<Date>>(14);
    return d;
}

std::string text_of(const Typed& typed) {
    json::object object;
    for (auto& [name, values] : typed) object[name] = json::array(values.begin(), values.end());
    return json::serialize(object);
}

Typed typed_from(std::string_view text) {
    Typed typed;
    auto parsed = json::parse(text);
    for (auto& [name, values] : parsed.as_object())
        for (auto& value : values.as_array()) typed[std::string(name)].emplace_back(value.as_string());
    return typed;
}

}  // namespace

std::optional<Draft> find(db::Tx& tx, Division division, std::string_view item) {
    return first(tx.query("SELECT " DRAFT_COLUMNS " FROM item_draft WHERE division = $1 AND item = $2", division, item));
}

std::optional<Draft> find_locked(db::Tx& tx, Division division, std::string_view item) {
    return first(tx.query("SELECT " DRAFT_COLUMNS " FROM item_draft WHERE division = $1 AND item = $2 FOR UPDATE", division, item));
}

void put(db::Tx& tx, const Draft& d) {
    tx.run("INSERT INTO item_draft (" DRAFT_COLUMNS
           ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT (division, item) DO UPDATE SET "
           "based_on = excluded.based_on, content = excluded.content, revision = excluded.revision, state = excluded.state, "
           "edited_by = excluded.edited_by, edited_by_name = excluded.edited_by_name, edited_at = excluded.edited_at, "
           "checked_by = excluded.checked_by, checked_by_name = excluded.checked_by_name, checked_at = excluded.checked_at, "
           "published_version = excluded.published_version, published_from = excluded.published_from",
           d.division, d.item, d.id, d.based_on, json::serialize(d.content), d.revision, name(d.state), d.edited_by, d.edited_by_name,
           d.edited_at, d.checked_by, d.checked_by_name, d.checked_at, d.published_version, d.published_from);
}

void remove(db::Tx& tx, Division division, std::string_view item) {
    tx.run("DELETE FROM item_draft WHERE division = $1 AND item = $2", division, item);
}

std::string digest(const Draft& d) {
    std::string text;
    auto add = [&](std::string_view part) { text += fmt::format("{}:{},", part.size(), part); };
    for (auto number : {int64_t{d.division.code()}, d.id.value, int64_t{d.based_on}, d.revision, d.edited_by.value, d.checked_by.value,
                        int64_t{d.published_version}, int64_t{d.edited_at.time_since_epoch().count()},
                        d.checked_at ? int64_t{d.checked_at->time_since_epoch().count()} : int64_t{0}})
        add(std::to_string(number));
    for (auto part : {std::string_view(d.item), name(d.state), std::string_view(d.edited_by_name), std::string_view(d.checked_by_name)})
        add(part);
    add(d.published_from ? to_iso(*d.published_from) : "");
    add(json::serialize(d.content));
    return crypto::hex(crypto::view(crypto::sm3(text)));
}

std::optional<std::string> draft_digest(db::Tx& tx, Division division, ledger::ChainId chain) {
    auto found = first(tx.query("SELECT " DRAFT_COLUMNS " FROM item_draft WHERE division = $1 AND id = $2", division, chain));
    return found ? std::optional(digest(*found)) : std::nullopt;
}

std::optional<Typing> typing(db::Tx& tx, Division division, std::string_view item, identity::StaffId staff, std::string_view part) {
    auto rows = tx.query("SELECT seen, fields, at FROM item_typing WHERE division = $1 AND item = $2 AND staff = $3 AND part = $4",
                         division, item, staff, part);
    if (rows.empty()) return std::nullopt;
    return Typing{rows[0].get<std::string>(0), typed_from(rows[0].get<std::string_view>(1)), rows[0].get<Instant>(2)};
}

void keep_typing(db::Tx& tx, Division division, std::string_view item, identity::StaffId staff, std::string_view part,
                 const Typing& typing) {
    tx.run(
        "INSERT INTO item_typing (division, item, staff, part, seen, fields, at) VALUES ($1, $2, $3, $4, $5, $6, $7) "
        "ON CONFLICT (division, item, staff, part) DO UPDATE SET seen = excluded.seen, fields = excluded.fields, at = excluded.at",
        division, item, staff, part, typing.seen, text_of(typing.typed), typing.at);
}

void forget_typing(db::Tx& tx, Division division, std::string_view item, identity::StaffId staff, std::string_view part) {
    tx.run("DELETE FROM item_typing WHERE division = $1 AND item = $2 AND staff = $3 AND part = $4", division, item, staff, part);
}

void forget_all_typing(db::Tx& tx, Division division, std::string_view item) {
    tx.run("DELETE FROM item_typing WHERE division = $1 AND item = $2", division, item);
}

void note_presence(db::Tx& tx, Division division, std::string_view item, const Present& present) {
    tx.run(
        "INSERT INTO item_presence (division, item, staff, name, part, at) VALUES ($1, $2, $3, $4, $5, $6) "
        "ON CONFLICT (division, item, staff) DO UPDATE SET name = excluded.name, part = excluded.part, at = excluded.at",
        division, item, present.staff, present.name, present.part, present.at);
}

std::vector<Present> present_since(db::Tx& tx, Division division, std::string_view item, Instant since) {
    std::vector<Present> present;
    for (auto row :
         tx.query("SELECT staff, name, part, at FROM item_presence WHERE division = $1 AND item = $2 AND at >= $3 ORDER BY at DESC",
                  division, item, since))
        present.push_back({row.get<identity::StaffId>(0), row.get<std::string>(1), row.get<std::string>(2), row.get<Instant>(3)});
    return present;
}

}  // namespace yimen::editing
