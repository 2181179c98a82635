#include "catalogue/exchange.h"

#include <gmock/gmock.h>

#include "catalogue/exchange_csv.h"
#include "catalogue/published.h"
#include "catalogue/store_exchange.h"
#include "catalogue/testing.h"
#include "db/testing.h"

namespace yimen::catalogue {
namespace {

using testing::Contains;
using testing::HasSubstr;

constexpr Date today{std::chrono::year(2026) / 11 / 24};
const ledger::Actor system{"system", 0, "", ""};

using Cells = std::map<std::string, std::string>;

// A row that has no fault, but for what a test changes.
Cells basic_row() {
    return {{"task_code", "11310120MB2F7001444000117009777"},
            {"catalog_code", "000117009777"},
            {"task_name", "排水许可（试）"},
            {"task_type", "01"},
            {"dept_code", "11310120MB2F700144"},
            {"dept_name", "示范区水务局"},
            {"project_type", "2"},
            {"server_type", "1,2"},
            {"by_law", "《条例》第一条\n《办法》第二条"},
            {"accept_condition", "材料齐全"},
            {"anticipate_day", "20"},
            {"promise_day", "7"},
            {"transact_addr", "一号窗口"},
            {"transact_time", "周一至周五"},
            {"link_way", "12345"},
            {"supervise_way", "12345"}};
}

void add(ExchangeTable& table, const Cells& cells) {
    table.add_row();
    for (auto& column : table.columns()) table.add_cell(cells.contains(column) ? cells.at(column) : "");
}

ExchangeTables with(std::initializer_list<Cells> basic, std::initializer_list<Cells> materials = {}) {
    ExchangeTables tables;
    for (auto& row : basic) add(tables.basic, row);
    for (auto& row : materials) add(tables.material, row);
    return tables;
}

Cells but(Cells cells, const std::string& column, const std::string& value) {
    cells[column] = value;
    return cells;
}

class Exchange : public db::OnBothDatabases {
  protected:
    ImportPlan plan(const ExchangeTables& tables) {
        auto& shelves = embedded_catalogue();
        return database().read([&](db::Tx& tx) { return plan_import(tx, division, tables, shelves.themes, shelves.life_events, today); });
    }
    ImportPlan import(const ExchangeTables& tables) {
        auto planned = plan(tables);
        if (!planned.fault_count) {
            EXPECT_TRUE(import_plan(database(), division, planned, system, Instant{}));
        }
        return planned;
    }
    void publish_all() {
        database().write([&](db::Tx& tx) { publish(tx, division, embedded_catalogue().items, system, Instant{}); });
    }
    ExchangeTables exported() {
        PublishedCatalogue catalogue(database(), division);
        return database().read([&](db::Tx& tx) { return export_tables(tx, division, catalogue.all(today), catalogue.themes()); });
    }
    std::vector<std::string> faults(const ExchangeTables& tables) {
        std::vector<std::string> all;
        for (auto& fault : plan(tables).faults) all.push_back(to_text(fault));
        return all;
    }
    std::map<std::pair<std::string, int>, std::string> contents() {
        std::map<std::pair<std::string, int>, std::string> all;
        database().read([&](db::Tx& tx) {
            each_content(tx, division, [&](std::string_view item, int version, std::string_view content) {
                all[{std::string(item), version}] = content;
            });
        });
        return all;
    }
    int64_t count(std::string_view sql) {
        return database().read([&](db::Tx& tx) { return tx.query(sql)[0].get<int64_t>(0); });
    }
    const Division division{310120};
};
ON_BOTH_DATABASES(Exchange);

std::vector<std::string> csv(const ExchangeTables& tables) {
    std::vector<std::string> all;
    for (auto* table : tables.all()) all.push_back(write_csv(*table));
    return all;
}

ExchangeTables read_back(const ExchangeTables& tables) {
    ExchangeTables read;
    for (auto* table : tables.all()) *read.named(table->name()) = read_csv(table->name(), write_csv(*table)).value();
    return read;
}

TEST_P(Exchange, ARoundTripThroughAnEmptyDatabaseLosesNothing) {
    publish_all();
    const auto tables = exported();
    const auto before = contents();
    EXPECT_EQ(before.size(), embedded_catalogue().items.size());
    EXPECT_EQ(plan(tables).unchanged, before.size());
    db::Scratch empty(GetParam(), &db::migrated(GetParam()));
    auto& shelves = embedded_catalogue();
    auto planned = empty.database().read(
        [&](db::Tx& tx) { return plan_import(tx, division, read_back(tables), shelves.themes, shelves.life_events, today); });
    ASSERT_EQ(planned.fault_count, 0u) << to_text(planned.faults.front());
    EXPECT_TRUE(import_plan(empty.database(), division, planned, system, Instant{}));
    PublishedCatalogue there(empty.database(), division);
    auto again = empty.database().read([&](db::Tx& tx) { return export_tables(tx, division, there.all(today), there.themes()); });
    EXPECT_EQ(csv(again), csv(tables));
    empty.database().read([&](db::Tx& tx) {
        for (auto& [version, content] : before) EXPECT_EQ(content_text(tx, division, version.first, version.second), content);
    });
}

TEST_P(Exchange, AnItemIsMadeOfTheNationalColumnsAlone) {
    auto code = basic_row()["task_code"];
    auto tables = with({basic_row()},
                       {{{"task_code", code}, {"material_name", "申请表"}, {"order_num", "2"}, {"row_guid", "form"}},
                        {{"task_code", code}, {"material_name", "证明"}, {"order_num", "1"}, {"source_type", "20"}, {"material_type", "1"}},
                        {{"task_code", code}, {"material_name", "不需要的"}, {"is_need", "2"}}});
    add(tables.extend, {{"task_code", code}, {"is_online", "1"}, {"user_topic_type", "医疗卫生^未知"}, {"handle_area", "4"}});
    add(tables.fee, {{"task_code", code}, {"fee_name", "工本费"}, {"fee_stand", "10元"}});
    EXPECT_EQ(import(tables).added, 1u);
    auto item = PublishedCatalogue(database(), division).in_force("11310120mb2f7001444000117009777", today);
    ASSERT_TRUE(item);
    EXPECT_EQ(item->name.en, "排水许可（试）");
    EXPECT_EQ(item->department, "d-11310120mb2f700144");
    EXPECT_EQ(item->themes, std::vector<std::string>{"health"});
    EXPECT_EQ(item->handle_area, "city");
    ASSERT_EQ(item->situations.size(), 1u);
    EXPECT_EQ(item->situations[0].fee.value, 1000);
    EXPECT_EQ(item->situations[0].promised.days, 7);
    ASSERT_EQ(item->materials.size(), 2u);
    EXPECT_EQ(item->materials[0].name.zh, "证明");
    EXPECT_EQ(item->materials[0].source, "government");
    EXPECT_EQ(item->materials[1].code, "form");
    EXPECT_EQ(item->legal_basis.size(), 2u);
    EXPECT_GT(item->form.size(), 0u) << "the standard form";
    EXPECT_EQ(import(tables).unchanged, 1u);
}

TEST_P(Exchange, EveryFaultIsNamedWithTableRowAndColumn) {
    auto second = but(but(basic_row(), "task_code", "11310120MB2F7001444000117009778"), "catalog_code", "000117009778");
    const auto wrong = [&](const std::string& column, const std::string& value) {
        return faults(with({basic_row(), but(second, column, value)}));
    };
    EXPECT_THAT(faults(with({basic_row(), second})), testing::IsEmpty());
    const std::string row = "up_task_general_basic, row 3, ";
    EXPECT_THAT(wrong("task_code", basic_row()["task_code"]), Contains(HasSubstr(row + "task_code: stands in row 2 already")));
    EXPECT_THAT(wrong("task_code", "11310120MB2F7001454000117009778"), Contains(HasSubstr(row + "task_code: ")));
    EXPECT_THAT(wrong("dept_code", "11310120MB2F700145"), Contains(HasSubstr(row + "dept_code: ")));
    EXPECT_THAT(wrong("dept_name", "另一个局"), Contains(HasSubstr(row + "dept_name: this dept_code stands for")));
    EXPECT_THAT(wrong("plan_effective_date", "2026-02-30"), Contains(HasSubstr(row + "plan_effective_date: \"2026-02-30\" is no date")));
    EXPECT_THAT(wrong("promise_day", "七"), Contains(HasSubstr(row + "promise_day: \"七\" must be a whole number from 0 to 365")));
    EXPECT_THAT(wrong("promise_day", "21"), Contains(HasSubstr(row + "promise_day: is longer than anticipate_day")));
    EXPECT_THAT(wrong("task_name", ""), Contains(row + "task_name: is empty: write it"));
    EXPECT_THAT(wrong("project_type", "5"), Contains(HasSubstr(row + "project_type: \"5\" is no code of this column: 1, 2, 9")));
    EXPECT_THAT(wrong("server_type", "9"), Contains(HasSubstr(row + "server_type: \"9\" is no code")));
    EXPECT_THAT(wrong("task_type", "05"), Contains(HasSubstr(row + "catalog_code: ")));
    EXPECT_THAT(wrong("use_level", "2"), Contains(HasSubstr(row + "use_level: ")));
    EXPECT_THAT(wrong("task_state", "3"), Contains(HasSubstr(row + "task_state: only items in use")));
    EXPECT_THAT(faults(with({basic_row()}, {{{"task_code", "11310120"}, {"material_name", "x"}}})),
                Contains("up_task_general_material, row 2, task_code: \"11310120\" is in no row of up_task_general_basic: add it there or "
                         "remove this row"));
    ExchangeTables bare;
    bare.basic = ExchangeTable("up_task_general_basic", {"task_code"});
    EXPECT_THAT(faults(bare), Contains("up_task_general_basic, row 1, dept_code: this column is missing: add it, named exactly so"));
}

TEST_P(Exchange, HalfValidChangesNothing) {
    auto tables = with({basic_row()});
    for (int i = 0; i < 250; ++i) add(tables.basic, but(basic_row(), "task_code", fmt::format("11310120MB2F7001444000117010{:03}", i)));
    auto planned = import(tables);
    EXPECT_GE(planned.fault_count, 250u);
    EXPECT_EQ(planned.faults.size(), ImportPlan::faults_kept);
    EXPECT_TRUE(planned.publications.empty());
    EXPECT_EQ(count("SELECT count(*) FROM item_version"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM ledger_entry"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM catalogue_stamp"), 0);
}

TEST_P(Exchange, WhoeverPublishedMeanwhileWinsAndNothingIsImported) {
    auto other = but(but(basic_row(), "task_code", "11310120MB2F7001444000117009778"), "catalog_code", "000117009778");
    auto planned = plan(with({basic_row(), other}));
    import(with({but(basic_row(), "task_name", "别的名称")}));
    EXPECT_FALSE(import_plan(database(), division, planned, system, Instant{}));
    EXPECT_EQ(count("SELECT count(*) FROM item_version"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM item_summary"), 1);
}

TEST_P(Exchange, AnotherContentBecomesTheNextVersion) {
    import(with({basic_row()}));
    auto changed = but(basic_row(), "promise_day", "5");
    auto planned = import(with({changed}));
    EXPECT_EQ(planned.next_versions, 1u);
    PublishedCatalogue catalogue(database(), division);
    auto now = catalogue.in_force("11310120mb2f7001444000117009777", today);
    EXPECT_EQ(now->version, 2);
    EXPECT_EQ(now->from, today);
    EXPECT_EQ(now->situations[0].promised.days, 5);
    EXPECT_EQ(import(with({but(but(changed, "promise_day", "3"), "plan_effective_date", "2027-01-01")})).next_versions, 1u);
    catalogue.refresh();
    EXPECT_EQ(catalogue.in_force("11310120mb2f7001444000117009777", today)->version, 2) << "the third begins in 2027";
    EXPECT_EQ(count("SELECT count(*) FROM ledger_entry WHERE act = 'publish_item'"), 3);
    EXPECT_EQ(count("SELECT count(*) FROM item_summary"), 3);
}

TEST_P(Exchange, WhatTheNationalColumnsCannotHoldIsNotLost) {
    publish_all();
    auto tables = exported();
    ExchangeTables national;
    for (auto* table : {&tables.basic, &tables.extend, &tables.material, &tables.fee, &tables.questions})
        *national.named(table->name()) = *table;
    EXPECT_EQ(plan(national).unchanged, embedded_catalogue().items.size());
    ExchangeTables altered;
    for (auto* table : {&tables.extend, &tables.material, &tables.fee, &tables.questions, &tables.item})
        *altered.named(table->name()) = *table;
    for (size_t row = 0; row < tables.basic.rows(); ++row) {
        Cells cells;
        for (auto& column : tables.basic.columns()) cells[column] = tables.basic.cell(row, column);
        if (row == 0) cells["transact_addr"] = "别处";
        add(altered.basic, cells);
    }
    auto found = faults(altered);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_THAT(found[0], HasSubstr("up_task_general_basic, row 2, transact_addr: says \"别处\", but yimen_item says"));
    altered.item = ExchangeTables().item;
    EXPECT_THAT(faults(altered), Contains(HasSubstr("which these columns would lose")));
}

TEST_P(Exchange, AKeptVersionThatIsNoneIsRefused) {
    for (auto& [json, words] :
         {std::pair{"{", "is no whole JSON object"}, {"[]", "is no whole JSON object"}, {"{\"item\": {}}", "json_1: "}}) {
        auto tables = with({basic_row()});
        add(tables.item, {{"task_code", basic_row()["task_code"]}, {"json_1", json}});
        EXPECT_THAT(faults(tables), Contains(HasSubstr(words)));
    }
}

}  // namespace
}  // namespace yimen::catalogue
