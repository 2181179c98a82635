#include <gtest/gtest.h>

#include "catalogue/exchange_testing.h"

namespace yimen::catalogue {
namespace {

std::string fault_in(std::string_view bytes) {
    auto read = read_xlsx(bytes);
    return read ? "none" : to_text(read.error().front());
}
void expect_fault(std::string_view bytes, std::string_view words) {
    EXPECT_NE(fault_in(bytes).find(words), std::string::npos) << fault_in(bytes);
}

ExchangeTable basic_of(std::string_view bytes) {
    auto read = read_xlsx(bytes);
    if (!read) throw std::runtime_error(to_text(read.error().front()));
    return read->basic;
}

std::string text_cell(std::string_view text) { return fmt::format("<c t=\"inlineStr\"><is><t>{}</t></is></c>", text); }

TEST(Xlsx, WhatIsWrittenIsReadBack) {
    ExchangeTables tables;
    for (auto* text : {"排水\n两行", " spaces ", "<&\">", "_x0041_", "𠮷野", "1e5", "007", "tab\there"}) {
        tables.basic.add_row();
        tables.basic.add_cell(text);
        tables.item.add_row();
        tables.item.add_cell(std::string(30'000, 'x') + text);
    }
    auto file = std::filesystem::temp_directory_path() / fmt::format("yimen-exchange-{}.xlsx", getpid());
    std::filesystem::remove(file);
    write_xlsx(file, tables);
    EXPECT_THROW(write_xlsx(file, tables), std::runtime_error) << "overwrites nothing";
    std::ifstream in(file, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    std::filesystem::remove(file);
    auto read = read_xlsx(bytes);
    ASSERT_TRUE(read) << fault_in(bytes);
    ASSERT_EQ(read->basic.rows(), tables.basic.rows());
    for (size_t row = 0; row < tables.basic.rows(); ++row) {
        EXPECT_EQ(read->basic.cell(row, "task_code"), tables.basic.cell(row, 0));
        EXPECT_EQ(read->item.cell(row, "task_code"), tables.item.cell(row, 0));
    }
    for (size_t cut = 1; cut < bytes.size(); cut += 997) EXPECT_NE(fault_in(std::string_view(bytes).substr(0, cut)), "none") << cut;
}

TEST(Xlsx, ACellIsWhatItSaysItIs) {
    auto bytes = workbook(
        R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="str"><v>other</v></c></row>)"
        R"(<row r="4"><c r="A4" s="1"><v>45000</v></c><c r="C4"><v>12.5</v></c></row>)"
        R"(<row r="5"><c r="A5" t="b"><v>1</v></c><c r="C5" s="2"><v>45000.75</v></c></row>)",
        {{"xl/sharedStrings.xml", R"(<sst><si><r><t>task</t></r><r><t>_code</t></r><rPh><t>no</t></rPh></si></sst>)"},
         {"xl/styles.xml",
          R"(<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m"/></numFmts><cellXfs><xf/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>)"}});
    auto table = basic_of(bytes);
    ASSERT_EQ(table.rows(), 2u);
    EXPECT_EQ(table.cell(0, "task_code"), "2023-03-15");
    EXPECT_EQ(table.cell(0, "other"), "12.5");
    EXPECT_EQ(table.number(0), 4);
    EXPECT_EQ(table.cell(1, "task_code"), "1");
    EXPECT_EQ(table.cell(1, "other"), "2023-03-15");
}

TEST(Xlsx, ABombIsRefusedByWhatComesOutOfIt) {
    expect_fault(workbook("<row>" + text_cell(std::string(70 << 20, ' ')) + "</row>"), "inflates to more than 64 MiB");
    std::string tags;
    for (int i = 0; i < 6'100'000; ++i) tags += "<c/>";
    expect_fault(workbook("<row>" + tags + "</row>"), "more than 256 columns");
    expect_fault(workbook("", {{"xl/styles.xml", "<styleSheet>" + tags + "</styleSheet>"}}), "tags");
    std::string deep;
    for (int i = 0; i < 1'000; ++i) deep += "<row>";
    expect_fault(workbook(deep), "nested too deeply");
}

TEST(Xlsx, EntitiesAndDocumentTypesAreRefused) {
    auto hostile = zipped({{"xl/workbook.xml", R"(<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><workbook>&b;</workbook>)"}});
    expect_fault(hostile, "declares document types or entities");
    auto file = zipped({{"xl/workbook.xml", R"(<!DOCTYPE w SYSTEM "file:///etc/passwd"><workbook/>)"}});
    expect_fault(file, "declares document types or entities");
    expect_fault(workbook("", {{"xl/sharedStrings.xml", R"(<!DOCTYPE s [<!ENTITY a "aaaa">]><sst><si><t>&a;</t></si></sst>)"}}),
                 "declares document types or entities");
}

TEST(Xlsx, ATextThatStandsInEveryCellIsBounded) {
    std::string rows = "<row>" + text_cell("task_code") + "</row>";
    for (int i = 0; i < 1'000; ++i) rows += R"(<row><c t="s"><v>0</v></c></row>)";
    const auto bytes = workbook(rows, {{"xl/sharedStrings.xml", "<sst><si><t>" + std::string(200'000, 'x') + "</t></si></sst>"}});
    EXPECT_EQ(read_xlsx(bytes)->basic.rows(), 1'000u);
    auto read = read_xlsx(bytes, {.text_bytes = 1'000'000});
    ASSERT_FALSE(read);
    EXPECT_NE(to_text(read.error().front()).find("row 7: the workbook holds too much"), std::string::npos) << to_text(read.error().front());
    EXPECT_FALSE(read_xlsx(bytes, {.text_bytes = 100'000})) << "the shared text alone";
}

TEST(Xlsx, PartsThatLeadOutAreRefused) {
    for (auto* name : {"../evil", "/etc/passwd", "xl/../../evil", "xl\\evil"}) expect_fault(workbook("", {{name, "x"}}), "leads out");
    std::vector<std::pair<std::string, std::string>> many;
    for (int i = 0; i < 1'001; ++i) many.emplace_back(fmt::format("p{}", i), "x");
    expect_fault(workbook("", many), "more than 1000 parts");
}

TEST(Xlsx, RowsAndColumnsAreBounded) {
    expect_fault(workbook(R"(<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>)"), "more than 256 columns");
    expect_fault(workbook(R"(<row r="1"><c r="BDWGN1"><v>1</v></c></row>)"), "cells are not in order");  // the 1,000,000th column
    std::string wide;
    for (int i = 0; i < 1'000'000; ++i) wide += "<c/>";
    expect_fault(workbook("<row>" + wide + "</row>"), "more than 256 columns");
    expect_fault(workbook(R"(<row r="2"/><row r="1"/>)"), "rows are not in order");
    expect_fault(workbook(R"(<row r="99999999999"/>)"), "rows are not in order");
    expect_fault(workbook("<row>" + text_cell("task_code") + "</row><row>" + text_cell(std::string(300'000, 'x')) + "</row>"),
                 "is longer than");
}

TEST(Xlsx, WhatIsDamagedSaysWhatToDo) {
    expect_fault("", "is empty");
    expect_fault("PK\x03\x04 and nothing more", "is no .xlsx workbook");
    expect_fault(zipped({{"a", "b"}}), "has no sheet up_task_general_basic");
    expect_fault(workbook(""), "the sheet is empty");
    expect_fault(workbook("<row><c></row>"), "is damaged");
    expect_fault(workbook("<row>" + text_cell("task_code") + "</row><row><c t=\"s\"><v>7</v></c></row>"),
                 "refers to a text that the workbook does not hold");
    expect_fault(workbook("<row>" + text_cell("task_code") + "</row><row><c t=\"e\"><v>#REF!</v></c></row>"), "holds the error #REF!");
    expect_fault(workbook("<row>" + text_cell("a") + text_cell("a") + "</row>"), "stands twice");
}

}  // namespace
}  // namespace yimen::catalogue
