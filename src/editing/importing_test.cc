#include "editing/importing.h"

#include "editing/store_imports.h"
#include "editing/testing.h"

namespace yimen::editing {
namespace {

class Importing : public WithEditing {
  protected:
    Import handed(const identity::Who& who) {
        const auto id = make_id<ImportTag>();
        database().write([&](db::Tx& tx) { keep_piece(tx, division, id, 0, 0, "task_code\n"); });
        return sure(as(who, [&](Desk& desk) { return hand_in(desk, id, {{"up_task_general_basic.csv", 10}}, "digest"); }));
    }
    Import ready(const identity::Who& who) {
        auto import = handed(who);
        import.state = ImportState::ready;
        import.plan = "plan";
        import.added = 1;
        database().write([&](db::Tx& tx) { put(tx, import); });
        return import;
    }
    Result<Import, Refusal> confirmed(const identity::Who& who, ImportId id, std::string_view plan = "plan") {
        return as(who, [&](Desk& desk) { return confirm(desk, id, plan); });
    }
    std::optional<Import> found(ImportId id) {
        return database().read([&](db::Tx& tx) { return find_import(tx, division, id); });
    }
    std::optional<Import> taken(Instant at) {
        return database().write([&](db::Tx& tx) { return take_import(tx, division, at, at + std::chrono::seconds(60)); });
    }
};
ON_BOTH_DATABASES(Importing);

TEST_P(Importing, WhoeverHandedItInDoesNotConfirmIt) {
    auto import = ready(xu());
    EXPECT_EQ(confirmed(xu(), import.id).error(), Refusal::same_person);
    EXPECT_EQ(confirmed(gao(), import.id, "another").error(), Refusal::changed_meanwhile);
    EXPECT_EQ(sure(confirmed(gao(), import.id)).state, ImportState::confirmed);
    EXPECT_EQ(confirmed(gao(), import.id).error(), Refusal::not_possible_now);
    EXPECT_EQ(found(import.id)->confirmed_by_name, "高远");
}

TEST_P(Importing, OnlyTheCentresAnalystsImport) {
    auto departmental = analyst(43, "部门", identity::AuthorityId{7});
    auto refused = as(departmental, [&](Desk& desk) { return hand_in(desk, make_id<ImportTag>(), {{"a.xlsx", 1}}, ""); });
    EXPECT_EQ(refused.error(), Refusal::not_permitted);
    auto import = ready(xu());
    EXPECT_EQ(confirmed(departmental, import.id).error(), Refusal::not_permitted);
    EXPECT_EQ(as(departmental, [&](Desk& desk) { return drop(desk, import.id); }).error(), Refusal::not_permitted);
}

TEST_P(Importing, WhatIsDroppedIsGoneAndWhatIsConfirmedIsNotDropped) {
    auto import = ready(xu()), other = ready(xu());
    EXPECT_EQ(sure(as(gao(), [&](Desk& desk) { return drop(desk, import.id); })).state, ImportState::dropped);
    EXPECT_EQ(confirmed(gao(), import.id).error(), Refusal::not_possible_now);
    EXPECT_EQ(database().read([&](db::Tx& tx) { return piece(tx, division, import.id, 0, 0); }), "");
    sure(confirmed(gao(), other.id));
    EXPECT_EQ(as(gao(), [&](Desk& desk) { return drop(desk, other.id); }).error(), Refusal::not_possible_now);
    EXPECT_EQ(database().read([&](db::Tx& tx) { return piece(tx, division, other.id, 0, 0); }), "task_code\n");
}

TEST_P(Importing, OneProgramWorksOnItUntilItHasBeenSilentForLong) {
    auto import = handed(xu());
    ASSERT_TRUE(taken(now));
    EXPECT_FALSE(taken(now + std::chrono::seconds(30)));
    database().write([&](db::Tx& tx) { note_progress(tx, import, now + std::chrono::seconds(90)); });
    EXPECT_FALSE(taken(now + std::chrono::seconds(80)));
    auto again = taken(now + std::chrono::seconds(100));
    ASSERT_TRUE(again);
    EXPECT_EQ(again->id, import.id);
}

TEST_P(Importing, TheLedgerShowsAChangeBehindItsBack) {
    auto import = handed(xu());
    auto verified = [&] { return ledger::verify_all(database(), key(), {{"item_import", import_digest}}).faults; };
    EXPECT_TRUE(verified().empty());
    database().write([&](db::Tx& tx) { tx.run("UPDATE item_import SET digest = 'other bytes' WHERE id = $1", import.id); });
    EXPECT_FALSE(verified().empty());
}

TEST(ImportedFiles, AreKnownByNameAndFirstBytes) {
    EXPECT_FALSE(wrong_with_file("up_task_general_basic.csv", 10, "task_code\n", 1));
    EXPECT_FALSE(wrong_with_file("list.xlsx", 10, "PK\x03\x04", 1));
    EXPECT_TRUE(wrong_with_file("basic.csv", 10, "task_code\n", 1));
    EXPECT_TRUE(wrong_with_file("list.xlsx", 10, "PK\x03\x04", 2));
    EXPECT_TRUE(wrong_with_file("list.xlsx", 10, "<html>", 1));
    EXPECT_TRUE(wrong_with_file("yimen_item.csv", 0, "", 1));
    EXPECT_TRUE(wrong_with_file("list.xlsx", largest_import_file + 1, "PK\x03\x04", 1));
    EXPECT_TRUE(wrong_with_file("yimen_item.csv", 3, std::string_view("a\0b", 3), 1));
}

}  // namespace
}  // namespace yimen::editing
