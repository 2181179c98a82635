#include "editing/parts.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "catalogue/testing.h"
#include "editing/difference.h"
#include "editing/tables.h"
#include "rules/rules.h"

namespace yimen::editing {
namespace {

const json::object& stored(std::string_view name) {
    for (auto& item : catalogue::embedded_catalogue().items)
        if (item.version.item == name) return item.stored;
    throw std::logic_error("no such item");
}

std::vector<std::string> inputs(const std::vector<Wrong>& wrong) {
    std::vector<std::string> all;
    for (auto& one : wrong) all.push_back(one.input + " " + std::string(one.code));
    return all;
}

// Numbers and truths are the texts that stand in a box.
json::value as_texts(json::value value) {
    if (auto* map = value.if_object())
        for (auto& [name, one] : *map)
            if (one.is_number() || one.is_bool()) one = json::serialize(one);
    return value;
}

TEST(Parts, EveryFormOfEveryItemIsReadBackAsItStood) {
    for (auto& item : catalogue::embedded_catalogue().items)
        for (auto* name : {"basics", "codes", "law", "steps", "faqs", "questions", "situations", "materials", "sections", "fields-1",
                           "fields-2", "examples"}) {
            auto part = part_named(name, item.stored);
            ASSERT_TRUE(part) << name;
            auto check = [&](const json::object& holder) {
                auto written = holder;
                EXPECT_TRUE(put(*part, typed_of(*part, holder), written).empty()) << item.version.item << " " << name;
                EXPECT_EQ(typed_of(*part, written), typed_of(*part, holder)) << item.version.item << " " << name;
                // Of an example nothing is lost that the form is filled in with, whatever parts it has.
                auto* form = holder.if_contains("form");
                if (form && form->is_object() && part->name == "examples") {
                    EXPECT_EQ(as_texts(written.at("form")), as_texts(*form)) << item.version.item << " " << name;
                }
            };
            if (part->list.empty())
                check(*holder_of(*part, const_cast<json::object&>(item.stored), false));
            else
                for (auto& entry : list_of(*part, item.stored))
                    if (entry.is_object()) check(entry.as_object());
        }
}

TEST(Parts, AllMistakesAreNamedAtOnceAndNothingIsWritten) {
    auto part = *part_named("situations", {});
    json::object holder{{"name", "old"}};
    auto wrong = put(part,
                     {{"name", {"Not Snake"}},
                      {"title.zh", {"情形"}},
                      {"promised.days", {"abc"}},
                      {"statutory.days", {"999"}},
                      {"fee", {"1.234"}},
                      {"review_plan", {"nobody"}}},
                     holder);
    EXPECT_EQ(inputs(wrong), (std::vector<std::string>{"title.en missing_english", "name not_snake", "fee not_money",
                                                       "promised.days not_number", "statutory.days out_of_range", "review_plan choose"}));
    EXPECT_EQ(holder, (json::object{{"name", "old"}}));
}

TEST(Parts, WhatIsUsualIsNotWrittenDown) {
    auto part = *part_named("situations", {});
    json::object holder;
    EXPECT_TRUE(put(part,
                    {{"name", {"general"}},
                     {"title.zh", {"一般"}},
                     {"title.en", {"General"}},
                     {"promised.days", {"5"}},
                     {"promised.working_days", {"true"}},
                     {"statutory.days", {"20"}},
                     {"statutory.working_days", {"true"}},
                     {"fee", {"0"}},
                     {"review_plan", {"three_level"}}},
                    holder)
                    .empty());
    EXPECT_EQ(json::serialize(holder),
              R"({"title":{"zh":"一般","en":"General"},"name":"general","promised":{"days":5},"statutory":{"days":20}})");
}

TEST(Parts, KeysThatTheFormDoesNotHaveStay) {
    auto part = *part_named("law", {});
    json::object holder{{"title", "old"}, {"kept", 7}};
    EXPECT_TRUE(put(part, {{"title.zh", {"条例"}}, {"title.en", {"Act"}}, {"text.zh", {"文"}}, {"text.en", {"Text"}}}, holder).empty());
    EXPECT_EQ(holder.at("kept"), json::value(7));
    EXPECT_EQ(holder.at("title").at("en").as_string(), "Act");
}

TEST(Parts, EmptyRowsAreNoRowsAndHalfFilledOnesAreMistakes) {
    auto part = *part_named("questions", {});
    Typed typed{{"name", {"q"}},
                {"label.zh", {"问"}},
                {"label.en", {"Q"}},
                {"kind", {"choice"}},
                {"choices.0.value", {"a"}},
                {"choices.0.label.zh", {"甲"}},
                {"choices.0.label.en", {"A"}},
                {"choices.1.value", {"  "}},
                {"choices.5.value", {"b"}},
                {"choices.5.label.zh", {"乙"}},
                {"choices.5.label.en", {"B"}}};
    json::object holder;
    EXPECT_TRUE(put(part, typed, holder).empty());
    EXPECT_EQ(holder.at("choices").as_array().size(), 2u);
    typed["choices.1.label.zh"] = {"没有值"};
    EXPECT_EQ(inputs(put(part, typed, holder)),
              (std::vector<std::string>{"choices.1.value missing", "choices.1.label.en missing_english"}));
}

TEST(Parts, FieldsOfASectionThatIsNotThereAreNowhere) {
    json::object content{{"form", json::object{{"sections", json::array{json::object{{"name", "a"}}}}}}};
    EXPECT_TRUE(list_in(*part_named("fields-1", content), content));
    EXPECT_FALSE(list_in(*part_named("fields-2", content), content));
    EXPECT_FALSE(part_named("fields-0", content));
    EXPECT_FALSE(part_named("fields-", content));
    EXPECT_FALSE(part_named("nothing", content));
}

TEST(Difference, MarksWordsAndCharacters) {
    auto runs = words_between("承诺5个工作日办结", "承诺3个工作日办结");
    ASSERT_EQ(runs.size(), 4u);
    EXPECT_EQ(runs[1].text + runs[2].text, "53");
    EXPECT_EQ(runs[1].kind, Run::Kind::gone);
    EXPECT_EQ(words_between("same", "same").size(), 1u);
    EXPECT_TRUE(words_between("", "").empty());
}

TEST(Difference, NamesWhatIsAddedRemovedChangedAndMoved) {
    auto before = stored("drainage-permit-new"), after = before;
    EXPECT_TRUE(difference(before, after).empty());
    auto& materials = after["item"].as_object()["materials"].as_array();
    materials[1].as_object()["name"].as_object()["zh"] = "改名";
    materials.erase(materials.begin() + 2);
    std::swap(materials[3], materials[4]);
    materials.push_back(json::object{{"code", "new-one"}, {"name", "New"}});
    auto changes = difference(before, after);
    ASSERT_EQ(changes.size(), 1u);
    std::map<EntryChange::Kind, int> kinds;
    for (auto& entry : changes[0].entries) ++kinds[entry.kind];
    EXPECT_EQ(kinds[EntryChange::Kind::added], 1);
    EXPECT_EQ(kinds[EntryChange::Kind::removed], 1);
    EXPECT_EQ(kinds[EntryChange::Kind::changed], 1);
    EXPECT_EQ(kinds[EntryChange::Kind::moved], 1);
}

TEST(Difference, TwoArticlesOfOneLawAreNotMixedUp) {
    auto before = stored("drainage-permit-new"), after = before;
    after["item"].as_object()["legal_basis"].as_array()[1].as_object()["article"].as_object()["zh"] = "第二十三条";
    auto changes = difference(before, after);
    ASSERT_EQ(changes.size(), 1u);
    ASSERT_EQ(changes[0].entries.size(), 1u);
    EXPECT_EQ(changes[0].entries[0].boxes.at(0).after, "第二十三条");
}

json::object with_questions() {
    return json::parse(R"({"item": {"questions": [{"name": "premises", "label": {"zh": "场所", "en": "Premises"}, "kind": "choice"},
        {"name": "area", "label": {"zh": "面积", "en": "Area"}, "kind": "number"}],
        "situations": [{"name": "small"}, {"name": "large"}], "materials": [{"code": "plan"}]}})")
        .as_object();
}

TEST(Tables, AModelMadeForAnItemIsSoundAndReadBack) {
    auto content = with_questions();
    auto xml = first_model(content, "t");
    EXPECT_FALSE(wrong_with_model(xml));
    auto tables = tables_of(xml);
    ASSERT_EQ(tables.size(), 2u);
    EXPECT_EQ(tables[0].decision, "situation");
    EXPECT_EQ(tables[0].inputs[1].type, "number");
    ASSERT_EQ(tables[0].rows.size(), 2u);
    EXPECT_EQ(tables[0].rows[1].outputs[0], "\"large\"");
}

TEST(Tables, CellsArePutBackAndTheRestOfTheFileStays) {
    auto content = with_questions();
    auto xml = first_model(content, "t");
    xml.insert(xml.find("<inputData"), "<!-- kept -->");
    auto table = tables_of(xml)[0];
    auto typed = typed_of(table);
    typed["r0.i1"] = {"< 50"};
    typed["r0.n0"] = {"第五条 <a> & \"b\""};
    auto written = with_table(xml, with_rows(table, typed), content);
    EXPECT_FALSE(wrong_with_model(written));
    EXPECT_NE(written.find("<!-- kept -->"), std::string::npos);
    auto again = tables_of(written)[0];
    EXPECT_EQ(again.rows[0].inputs[1], "< 50");
    EXPECT_EQ(again.rows[0].notes[0], "第五条 <a> & \"b\"");
    EXPECT_EQ(tables_of(written)[1].rows, tables_of(xml)[1].rows);
    EXPECT_EQ(with_table(written, again, content), with_table(with_table(written, again, content), again, content));
}

TEST(Tables, WhatAResultIsComputedFromIsRequired) {
    auto content = with_questions();
    auto xml = first_model(content, "t");
    auto table = tables_of(xml)[0];
    table.decision = "fee";
    std::erase_if(table.inputs, [](auto& input) { return input.name == "area"; });
    for (auto& row : table.rows) row.inputs = {"-"}, row.outputs = {"\"area\""};
    table.rows.resize(1);
    auto fee = std::string("<decision id=\"fee\" name=\"fee\"><variable name=\"fee\"/><decisionTable/></decision>");
    xml.insert(xml.find("</definitions>"), fee);
    auto requires_area = [&](const std::string& written) {
        auto at = written.find("id=\"fee\"");
        return written.find("href=\"#area", at) != std::string::npos;
    };
    EXPECT_FALSE(requires_area(with_table(xml, table, content))) << "a text names nothing";
    table.rows[0].outputs = {"area * 3"};
    auto written = with_table(xml, table, content);
    EXPECT_TRUE(requires_area(written));
    EXPECT_TRUE(rules::Model::read(written).value().faults().empty());
}

TEST(Tables, ARowLeftOutIsGoneAndAnEmptyConditionFitsEverything) {
    auto table = tables_of(first_model(with_questions(), "t"))[0];
    auto typed = typed_of(table);
    std::erase_if(typed, [](auto& one) { return one.first.starts_with("r0."); });
    typed["r1.i0"] = {""};
    auto rows = with_rows(table, typed).rows;
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].inputs[0], "-");
}

TEST(Tables, HostileFilesAreNoModels) {
    EXPECT_TRUE(
        wrong_with_model("<!DOCTYPE d [<!ENTITY a \"b\">]><definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" name=\"t\" "
                         "namespace=\"t\">&a;</definitions>"));
    EXPECT_TRUE(wrong_with_model("not xml"));
    EXPECT_TRUE(wrong_with_model(""));
    EXPECT_TRUE(wrong_with_model(std::string(largest_model + 1, ' ')));
    std::string deep;
    for (int i = 0; i < 50'000; ++i) deep += "<a>";
    EXPECT_TRUE(wrong_with_model(deep));
}

TEST(Tables, DifferencesAreNamedRowByRow) {
    auto before = with_questions(), after = before;
    before["rules"] = first_model(before, "t");
    auto table = tables_of(rules_of(before))[0];
    table.rows[0].inputs[1] = "< 50";
    table.rows.push_back({{"-", "-"}, {"\"other\""}, {""}});
    after["rules"] = with_table(rules_of(before), table, after);
    auto changes = table_difference(before, after);
    ASSERT_EQ(changes.size(), 1u);
    ASSERT_EQ(changes[0].rows.size(), 2u);
    EXPECT_EQ(changes[0].rows[0].kind, EntryChange::Kind::changed);
    EXPECT_EQ(changes[0].rows[1].kind, EntryChange::Kind::added);
    EXPECT_EQ(changes[0].rows[1].number, 3u);
    EXPECT_EQ(table_difference({}, after).size(), 2u) << "all of it is new";
}

}  // namespace
}  // namespace yimen::editing
