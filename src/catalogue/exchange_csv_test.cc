#include "catalogue/exchange_csv.h"

#include <gtest/gtest.h>

namespace yimen::catalogue {
namespace {

ExchangeTable read(std::string_view bytes) {
    auto table = read_csv("t", bytes);
    if (!table) throw std::runtime_error(to_text(table.error()));
    return std::move(*table);
}
std::string fault_in(std::string_view bytes, const ExchangeLimits& limits = {}) {
    auto table = read_csv("t", bytes, limits);
    return table ? "none" : to_text(table.error());
}

TEST(Csv, IsReadWithAndWithoutMarkAndCarriageReturns) {
    for (auto* bytes : {"\xEF\xBB\xBF"
                        "a,b\r\n1,二\r\n",
                        "a,b\n1,二", "a,b\n\n1,二\n,\n"}) {
        auto table = read(bytes);
        ASSERT_EQ(table.rows(), 1u) << bytes;
        EXPECT_EQ(table.cell(0, "a"), "1");
        EXPECT_EQ(table.cell(0, "b"), "二");
    }
    EXPECT_EQ(read("a\n\n1\n").number(0), 3) << "rows are counted as the file has them";
}

TEST(Csv, WhatIsWrittenIsReadBack) {
    ExchangeTable table("t", {"plain", "with, comma", "last"});
    for (auto cells : {std::array{"说\"好\"", "两\n行\r\n", ""}, std::array{"", " spaces ", ",\""}}) {
        table.add_row();
        for (auto* cell : cells) table.add_cell(cell);
    }
    auto bytes = write_csv(table);
    EXPECT_TRUE(bytes.starts_with("\xEF\xBB\xBF"));
    auto again = read(bytes);
    ASSERT_EQ(again.rows(), 2u);
    for (size_t row = 0; row < 2; ++row)
        for (size_t column = 0; column < 3; ++column) EXPECT_EQ(again.cell(row, column), table.cell(row, column));
    EXPECT_EQ(write_csv(again), bytes);
}

TEST(Csv, WhatIsNoneIsRefusedWithItsRow) {
    EXPECT_NE(fault_in("a,b\n\"1,2").find("row 2: the quotes of a cell do not end"), std::string::npos) << fault_in("a,b\n\"1,2");
    EXPECT_NE(fault_in("a\n\"1\"2\n").find("row 2: something stands between"), std::string::npos);
    EXPECT_NE(fault_in("a\n1\"2\n").find("row 2: a quotation mark within a cell"), std::string::npos);
    EXPECT_NE(fault_in("a\n1,2\n").find("row 2: more cells than columns"), std::string::npos);
    EXPECT_NE(fault_in("a,a\n").find("row 1, a: this column stands twice"), std::string::npos);
    EXPECT_NE(fault_in("").find("is empty"), std::string::npos);
    EXPECT_NE(fault_in("a\n\xB9\xAB\n").find("no UTF-8"), std::string::npos) << "GBK";
    EXPECT_NE(fault_in("a\n1\n2\n", {.rows = 1}).find("more than 1 rows"), std::string::npos);
    EXPECT_NE(fault_in("a,b,c\n", {.columns = 2}).find("more than 2 columns"), std::string::npos);
    EXPECT_NE(fault_in("a\n12345\n", {.cell_bytes = 4}).find("longer than 4 bytes"), std::string::npos);
}

}  // namespace
}  // namespace yimen::catalogue
