#pragma once
#include <gmock/gmock.h>

#include "catalogue/published.h"
#include "catalogue/store.h"
#include "catalogue/store_versions.h"
#include "catalogue/testing.h"
#include "db/testing.h"
#include "editing/gate.h"
#include "editing/store.h"
#include "editing/store_list.h"

// For tests of editing: two analysts of the centre, one of another department, and two published items.
namespace yimen::editing {

class WithEditing : public db::OnBothDatabases {
  protected:
    WithEditing() {
        std::vector<catalogue::LoadedItem> items;
        for (auto& item : catalogue::embedded_catalogue().items)
            if (item.version.item == permit || item.version.item == filing) items.push_back(item);
        database().write([&](db::Tx& tx) { catalogue::publish(tx, division, items, {"system", 0, "", ""}, now - std::chrono::hours(48)); });
    }

    identity::Who analyst(int64_t id, std::string name, identity::AuthorityId of = {}) const {
        identity::Who who;
        who.division = division;
        who.staff = {id};
        who.name = std::move(name);
        who.authority = of;
        who.roles = {identity::Role::analyst};
        return who;
    }
    identity::Who xu() const { return analyst(41, "徐静"); }
    identity::Who gao() const { return analyst(42, "高远"); }

    // One act in a transaction of its own.
    template <class F>
    auto as(const identity::Who& who, F&& act) {
        return database().write([&](db::Tx& tx) {
            Desk desk{tx, who, {"staff", who.staff.value, "analyst", ""}, now};
            return act(desk);
        });
    }
    template <class T>
    static T sure(Result<T, Refusal> outcome) {
        if (!outcome) throw std::runtime_error("refused: " + std::string(code(outcome.error())));
        return std::move(*outcome);
    }
    Draft begun(const identity::Who& who, std::string_view item = permit) {
        return sure(as(who, [&](Desk& desk) { return begin(desk, item); }));
    }
    // Writes another summary.
    Result<Draft, Refusal> edited(const identity::Who& who, std::string_view text, std::string_view item = permit) {
        return as(who, [&](Desk& desk) {
            return change(desk, item, "item/summary", [&](json::object& content) -> Result<Done, Refusal> {
                content["item"].as_object()["summary"].as_object()["zh"] = text;
                return Done{};
            });
        });
    }
    Result<Draft, Refusal> checked(const identity::Who& who, int64_t revision) {
        return as(who, [&](Desk& desk) { return check(desk, permit, revision); });
    }
    Result<Draft, Refusal> published(const identity::Who& who, int64_t revision, Date from) {
        return as(who, [&](Desk& desk) { return publish(desk, permit, revision, from); });
    }
    std::optional<Draft> found(std::string_view item = permit) {
        return database().read([&](db::Tx& tx) { return find(tx, division, item); });
    }
    std::vector<catalogue::PublishedVersion> versions() {
        return database().read([&](db::Tx& tx) { return catalogue::versions_of(tx, division, permit); });
    }
    ledger::Report verified() {
        return ledger::verify_all(database(), key(), {{"item_draft", draft_digest}, {"item_version", catalogue::item_version_digest}});
    }
    static const crypto::Sm2Key& key() {
        static const auto made = crypto::Sm2Key::generate();
        return made;
    }
    static Date day(unsigned month, unsigned d) { return {std::chrono::year(2026), std::chrono::month(month), std::chrono::day(d)}; }

    static constexpr std::string_view permit = "drainage-permit-new", filing = "vehicle-washing-filing";
    Division division{310120};
    Instant now = start_of_day(day(11, 24)) + std::chrono::hours(9);
};

}  // namespace yimen::editing
