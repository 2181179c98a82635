#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "editing/formulas.h"
#include "editing/tables.h"

// Fields, columns, conditions, pasted lists, names and formulas as analysts write them.
namespace yimen::editing {
namespace {

json::object content_with_form() {
    return json::parse(R"({"item": {"questions": [{"name": "width", "kind": "number", "label": {"zh": "宽", "en": "Width"}}]},
        "form": {"sections": [{"name": "a", "fields": [{"name": "rows", "kind": "table", "label": {"zh": "表", "en": "Rows"},
        "columns": [{"name": "length", "kind": "number", "label": {"zh": "长", "en": "Length"}}]}]}]}})")
        .as_object();
}
Typed field(std::string kind) { return {{"label.zh", {"说明"}}, {"label.en", {"Why"}}, {"name", {"why"}}, {"kind", {std::move(kind)}}}; }

TEST(FormParts, AColumnIsAnEntryOfItsFieldsOwnList) {
    auto content = content_with_form();
    auto columns = part_named("columns-1-1", content);
    ASSERT_TRUE(columns);
    EXPECT_EQ(list_of(*columns, content).size(), 1u);
    list_in(*columns, content)->push_back(json::object{{"name", "depth"}});
    EXPECT_EQ(json::value(content).at_pointer("/form/sections/0/fields/0/columns/1/name").as_string(), "depth");
    for (auto* wrong : {"columns-1", "columns-0-1", "columns-1-x", "columns-1-1-1"}) EXPECT_FALSE(part_named(wrong, content)) << wrong;
    EXPECT_TRUE(list_of(*part_named("columns-1-9", content), content).empty());
}

TEST(FormParts, RequiredIsAlwaysNeverOrWhereAnExpressionHolds) {
    auto part = *part_named("fields-1", {});
    json::object holder;
    auto typed = field("text");
    EXPECT_TRUE(put(part, typed, holder).empty());
    EXPECT_FALSE(holder.contains("required")) << "always is usual";
    typed["required"] = {"false"};
    EXPECT_TRUE(put(part, typed, holder).empty());
    EXPECT_EQ(holder.at("required"), json::value(false));
    typed["required"] = {"when"};
    EXPECT_EQ(put(part, typed, holder).at(0).input, "required.when");
    typed["required.when"] = {"width > 1"};
    EXPECT_TRUE(put(part, typed, holder).empty());
    EXPECT_EQ(typed_of(part, holder).at("required.when").front(), "width > 1");
}

TEST(FormParts, WhatMeansNothingForTheKindIsNeitherCheckedNorKept) {
    auto part = *part_named("fields-1", {});
    json::object holder{{"choices", json::array{1}}, {"file_types", json::array{"pdf"}}};
    auto typed = field("number");
    typed["choices.0.value"] = {"half filled in"};
    EXPECT_TRUE(put(part, typed, holder).empty());
    EXPECT_FALSE(holder.contains("choices"));
    EXPECT_FALSE(holder.contains("file_types"));
}

TEST(FormParts, AListIsPastedARowALineAndComesBackAsItWas) {
    auto part = *part_named("fields-1", {});
    json::object holder;
    auto typed = field("choice");
    std::string text;
    for (int at = 0; at < 5'000; ++at) text += fmt::format("{}v{}\t第{}\tNo. {}", at ? "\n" : "", at, at, at);
    typed["choices"] = {text};
    EXPECT_TRUE(put(part, typed, holder).empty());
    EXPECT_EQ(holder.at("choices").as_array().size(), 5'000u);
    EXPECT_EQ(typed_of(part, holder).at("choices").front(), text);
    typed["choices"] = {"a\t甲\tA\n\nb\t乙"};
    auto wrong = put(part, typed, holder);
    ASSERT_EQ(wrong.size(), 1u);
    EXPECT_EQ(wrong[0].why.zh, "3");
}

TEST(FormParts, AnEntryWithoutANameIsNamedByItsEnglishWords) {
    auto content = content_with_form();
    auto part = *part_named("fields-1", content);
    EXPECT_EQ(name_for(part, {{"label.en", {"Floor area (m²)"}}}, content), "floor_area_m");
    EXPECT_EQ(name_for(part, {{"label.en", {"Width"}}}, content), "width_2") << "a question has that name";
    EXPECT_EQ(name_for(part, {{"label.en", {"Rows"}}}, content), "rows_2");
    EXPECT_EQ(name_for(part, {{"label.en", {"2 rooms"}}}, content), "fields_2_rooms");
    EXPECT_EQ(name_for(*part_named("steps", content), {{"en", {"Step"}}}, content), "") << "steps have no names";
}

TEST(FormParts, AFormulaMaySpeakOfQuestionsFieldsAndWhoApplies) {
    auto content = content_with_form();
    auto part = *part_named("fields-1", content);
    auto typed = field("text");
    for (auto* sound : {"width > 1", "count(rows) > 1", "applicant = \"person\"", "why = \"x\""}) {
        typed["visible"] = {sound};
        EXPECT_TRUE(wrong_formulas(part, typed, content).empty()) << sound;
    }
    typed["visible"] = {"depth > 1"};
    typed["valid.0.when"] = {"width >"};
    auto wrong = wrong_formulas(part, typed, content);
    ASSERT_EQ(wrong.size(), 2u);
    EXPECT_EQ(wrong[0].input, "visible");
    EXPECT_EQ(wrong[1].input, "valid.0.when");
    EXPECT_NE(wrong[0].why.zh.find("depth"), std::string::npos);
}

TEST(FormParts, RenamingLeavesTextsAndLongerNamesAlone) {
    EXPECT_EQ(renamed("a > 1 and aa = \"a\" or b.a = a", {{"a", "a_2"}}), "a_2 > 1 and aa = \"a\" or b.a = a_2");
}

TEST(FormParts, RowsOfOnePageTakeThePlaceOfThoseAlone) {
    Table table{"t", "FIRST", {{"x", "", "number"}}, {{"y", "", ""}}, {}, {}};
    for (int at = 0; at < 10; ++at) table.rows.push_back({{std::to_string(at)}, {"o"}, {}});
    RowRange range{4, 3};
    auto typed = typed_of(table, range);
    EXPECT_EQ(typed.size(), 6u);
    typed["r5.i0"] = {"changed"};
    std::erase_if(typed, [](auto& one) { return one.first.starts_with("r6."); });
    auto written = with_rows(table, typed, range);
    ASSERT_EQ(written.rows.size(), 9u) << "a row that was left out is gone";
    EXPECT_EQ(written.rows[5].inputs[0], "changed");
    EXPECT_EQ(written.rows[6].inputs[0], "7");
    EXPECT_EQ(written.rows[3].inputs[0], "3");
}

}  // namespace
}  // namespace yimen::editing
