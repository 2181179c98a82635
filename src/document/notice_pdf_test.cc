#include <gmock/gmock.h>

#include "document/document.h"
#include "document/testing.h"

namespace yimen::document {
namespace {

using testing::HasSubstr;
using testing::Not;

Notice notice() {
    Notice made;
    made.authority = made.signed_by = made.seal = "奉贤区水务局";
    made.title = "申请材料补正告知书";
    made.number = "编号：310120-B1124";
    made.addressee = "上海力向金属制品有限公司：";
    made.blocks.emplace_back().paragraph = "现将需要补正的全部内容一次告知如下：";
    made.place_and_date = "2026年11月24日";
    made.made_at = Instant(std::chrono::milliseconds(1'795'482'000'000));
    made.qr = "https://example.org/verify/notices/05AFJ30M40000.Gzfr_B_Jhu31l5UdgkrjAA";
    made.qr_caption = "扫码核验本文书";
    made.footer = {"本文书带电子签名。"};
    return made;
}

Notice with_rows(int rows) {
    auto made = notice();
    Notice::Table table{{"序号", "需要补正的内容", "问题和要求"}, {}, {10, 46, 69}};
    for (int i = 1; i <= rows; ++i)
        table.rows.push_back({std::to_string(i), fmt::format("第{}项材料", i), "请补充说明排放口的位置、口径和接入的市政管，并标注清楚。"});
    made.blocks.emplace_back().table = table;
    made.blocks.emplace_back().paragraph = "没有列出的内容，视为符合要求。";
    return made;
}

class NoticePdf : public testing::Test {
  protected:
    int pages(const std::string& pdf) { return std::stoi(output({"qpdf", "--show-npages", folder.write("n.pdf", pdf)})); }
    std::string page(const std::string& pdf, int number) {
        auto n = std::to_string(number);
        return output({"pdftotext", "-layout", "-f", n, "-l", n, folder.write("n.pdf", pdf), "-"});
    }
    TemporaryFolder folder;
};

TEST_F(NoticePdf, AShortNoticeIsOnePageWithSignatureAndCode) {
    auto pdf = notice_pdf(notice());
    ASSERT_EQ(pages(pdf), 1);
    auto text = page(pdf, 1);
    for (auto* words : {"奉贤区水务局", "申请材料补正告知书", "上海力向金属制品有限公司：", "2026年11月24日", "第 1 页，共 1 页"})
        EXPECT_THAT(text, HasSubstr(words));
    output({"pdftoppm", "-r", "100", "-png", "-singlefile", folder.path("n.pdf"), folder.path("n")});
    EXPECT_EQ(output({"zbarimg", "-q", "--raw", folder.path("n.png")}), notice().qr + "\n");
}

TEST_F(NoticePdf, ALongListRepeatsItsHeadsAndLosesNoRow) {
    auto pdf = notice_pdf(with_rows(60));
    const int all = pages(pdf);
    ASSERT_GT(all, 2);
    std::string text;
    for (int i = 1; i <= all; ++i) {
        auto one = page(pdf, i);
        EXPECT_THAT(one, HasSubstr(fmt::format("第 {} 页，共 {} 页", i, all)));
        if (one.find("项材料") != std::string::npos) {
            EXPECT_THAT(one, HasSubstr("需要补正的内容"));
        }
        text += one;
    }
    for (int i = 1; i <= 60; ++i) EXPECT_THAT(text, HasSubstr(fmt::format("第{}项材料", i)));
}

// "此页无正文" is what official documents avoid.
TEST_F(NoticePdf, ASignatureNeverStandsOnAPageOfItsOwn) {
    for (int rows = 5; rows <= 25; ++rows) {
        auto pdf = notice_pdf(with_rows(rows));
        EXPECT_THAT(page(pdf, pages(pdf)), HasSubstr("没有列出的内容")) << rows;
    }
}

TEST_F(NoticePdf, AHeadingIsNeverTheLastOnAPage) {
    for (int rows = 8; rows <= 24; ++rows) {
        auto made = with_rows(rows);
        made.blocks.emplace_back().heading = "接下来要做什么";
        made.blocks.push_back(with_rows(3).blocks[1]);
        auto pdf = notice_pdf(made);
        for (int i = 1; i <= pages(pdf); ++i) {
            auto text = page(pdf, i);
            auto at = text.find("接下来要做什么");
            if (at != std::string::npos) {
                EXPECT_NE(text.find("第1项材料", at), std::string::npos) << rows;
            }
        }
    }
}

TEST_F(NoticePdf, ARowHigherThanAPageGoesOnOnTheNext) {
    auto made = with_rows(1);
    std::string much;
    for (int i = 1; i <= 300; ++i) much += fmt::format("第{}句要求，请逐一对照修改。", i);
    made.blocks[1].table->rows[0][2] = much;
    auto pdf = notice_pdf(made);
    std::string text;
    for (int i = 1; i <= pages(pdf); ++i) text += page(pdf, i);
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
    for (int i : {1, 150, 300}) EXPECT_THAT(text, HasSubstr(fmt::format("第{}句要求", i)));
}

TEST_F(NoticePdf, TheSameNoticeIsTheSameBytes) {
    EXPECT_EQ(notice_pdf(notice()), notice_pdf(notice()));
    const Attachment file{"proof.json", "application/json", "账本包含证明", "{}", *notice().made_at};
    EXPECT_EQ(attach(notice_pdf(notice()), file), attach(notice_pdf(notice()), file));
}

TEST_F(NoticePdf, ANoticeThatIsNotSealedHasNoSignature) {
    auto made = notice();
    made.seal = made.signed_by = "";
    auto text = page(notice_pdf(made), 1);
    EXPECT_THAT(text, HasSubstr("2026年11月24日"));
    EXPECT_THAT(text, HasSubstr("本文书带电子签名"));
}

TEST_F(NoticePdf, AnAttachedFileComesOutAsItWentIn) {
    const std::string bytes = "{\"applicant\":\"李娜\"}";
    auto pdf = attach(notice_pdf(notice()), {"proof.json", "application/json", "账本包含证明", bytes, *notice().made_at});
    auto file = folder.write("a.pdf", pdf);
    EXPECT_THAT(output({"qpdf", "--check", file}), HasSubstr("No syntax or stream encoding errors"));
    output({"pdfdetach", "-save", "1", "-o", folder.path("out.json"), file});
    EXPECT_EQ(read_file(folder.path("out.json")), bytes);
    EXPECT_THAT(output({"pdfdetach", "-list", file}), HasSubstr("proof.json"));
}

}  // namespace
}  // namespace yimen::document
