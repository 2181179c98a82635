#include <gmock/gmock.h>

#include "document/document.h"
#include "document/testing.h"

namespace yimen::document {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using Values = std::vector<std::pair<std::string, std::string>>;

constexpr std::string_view svg = R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300">
  <title>样证</title>
  <rect id="border" x="10" y="10" width="380" height="280" fill="none" stroke="#0b4f86"/>
  <g font-family="Noto Serif CJK SC" fill="#17212b" text-anchor="middle">
    <text x="200" y="40" font-size="20">排水许可证</text>
    <text x="200" y="80" font-size="12" data-width="300">名称：{{name}}</text>
    <text x="200" y="120" font-size="12" data-width="300" data-height="40">{{address}}</text>
  </g>
  <rect id="qr" x="30" y="180" width="80" height="80"/>
  <rect id="seal" x="280" y="180" width="90" height="90"/>
</svg>)";

class LicencePdf : public testing::Test {
  protected:
    std::string file(const Values& values, std::string_view drawing = svg) {
        return folder.write("licence.pdf", licence_pdf(drawing, values, "https://yimen.example/verify/abc", "奉贤区水务局"));
    }
    std::string text(const Values& values) { return output({"pdftotext", "-layout", file(values), "-"}); }
    // Where the words stand: "<word xMin=… yMax=…>" in points.
    double edge(const std::string& boxes, const std::string& which, bool greatest) {
        double found = greatest ? 0 : 1e9;
        for (size_t at = 0; (at = boxes.find("<word ", at)) != std::string::npos; ++at) {
            const auto begin = boxes.find(which + "=\"", at) + which.size() + 2;
            const double value = std::stod(boxes.substr(begin));
            found = greatest ? std::max(found, value) : std::min(found, value);
        }
        return found;
    }
    const TemporaryFolder folder;
};

TEST_F(LicencePdf, IsOnePageOfTheTemplatesSizeWithItsTexts) {
    const auto made = file({{"name", "上海力向金属制品有限公司"}, {"address", "南桥镇"}});
    EXPECT_THAT(output({"pdfinfo", made}), AllOf(HasSubstr("Pages:           1"), HasSubstr("400 x 300 pts"), HasSubstr("样证")));
    EXPECT_THAT(output({"pdftotext", made, "-"}),
                AllOf(HasSubstr("排水许可证"), HasSubstr("名称：上海力向金属制品有限公司"), HasSubstr("南桥镇"), Not(HasSubstr("{{"))));
    EXPECT_THAT(output({"pdffonts", made}), AllOf(HasSubstr("NotoSerifCJK"), Not(HasSubstr(" no  "))));
}

TEST_F(LicencePdf, HasAQrCodeThatAnIndependentProgramReads) {
    const auto made = file({{"name", "甲"}, {"address", "乙"}});
    output({"pdftoppm", "-r", "150", "-png", "-singlefile", made, folder.path("page")});
    EXPECT_EQ(output({"zbarimg", "--quiet", "--raw", folder.path("page.png")}), "https://yimen.example/verify/abc\n");
}

TEST_F(LicencePdf, HasTheVermilionSealOfTheAuthority) {
    const auto made = file({{"name", "甲"}, {"address", "乙"}});
    // The whole page as bytes of red, green and blue, one row after the other.
    output({"pdftoppm", "-r", "72", "-singlefile", made, folder.path("page")});
    const auto pixels = read_file(folder.path("page.ppm"));
    int in_place = 0, elsewhere = 0;
    const auto begin = pixels.size() - size_t{400} * 300 * 3;
    for (size_t i = 0; i < size_t{400} * 300; ++i) {
        const auto at = [&](size_t channel) { return static_cast<unsigned char>(pixels[begin + 3 * i + channel]); };
        const bool red = at(0) > 180 && at(1) < 120 && at(2) < 120;
        (i % 400 >= 278 && i / 400 >= 178 ? in_place : elsewhere) += red;
    }
    EXPECT_GT(in_place, 300);
    EXPECT_EQ(elsewhere, 0);
}

TEST_F(LicencePdf, TakesMarkupInAValueAsText) {
    const std::string hostile = R"(<b>&amp;</text><rect id="seal"/>{{address}} ]]> "')";
    EXPECT_THAT(text({{"name", hostile}, {"address", "乙\x01\n丙"}}),
                AllOf(HasSubstr(R"(<b>&amp;</text><rect id="seal"/>{{address}} ]]> "')"), HasSubstr("丙")));
}

TEST_F(LicencePdf, LeavesTheRestInPlaceWhereAValueIsEmpty) {
    EXPECT_THAT(text({{"name", ""}, {"address", ""}}), AllOf(HasSubstr("名称："), HasSubstr("排水许可证")));
}

TEST_F(LicencePdf, WrapsAndShrinksALongValueIntoItsBox) {
    std::string address;
    for (int i = 0; i < 20; ++i) address += "上海市奉贤区南桥镇环城东路";
    const auto made = file({{"name", "甲"}, {"address", address + "尾"}});
    EXPECT_THAT(output({"pdftotext", "-raw", made, "-"}), HasSubstr("尾"));
    const auto boxes = output({"pdftotext", "-bbox", made, "-"});
    EXPECT_GE(edge(boxes, "xMin", false), 49);
    EXPECT_LE(edge(boxes, "xMax", true), 351);
    EXPECT_LE(edge(boxes, "yMax", true), 120 - 0.38 * 12 + 20 + 2);
}

TEST_F(LicencePdf, EndsInAnEllipsisWhereEvenTheSmallestLettersDoNotFit) {
    std::string address;
    for (int i = 0; i < 500; ++i) address += "路" + std::to_string(i);
    const auto made = file({{"name", "甲"}, {"address", address}});
    const auto all = output({"pdftotext", "-raw", made, "-"});
    EXPECT_THAT(all, AllOf(HasSubstr("路100"), HasSubstr("…"), Not(HasSubstr("路499"))));
    EXPECT_LE(edge(output({"pdftotext", "-bbox", made, "-"}), "yMax", true), 120 - 0.38 * 12 + 20 + 2);
}

TEST_F(LicencePdf, RefusesATemplateThatIsWrong) {
    const Values values{{"name", "甲"}};
    EXPECT_THROW(file(values), std::runtime_error);  // no address is given
    for (auto* wrong : {"", "no SVG", "<svg xmlns='http://www.w3.org/2000/svg'/>",
                        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><text>{{name}}</text></svg>",
                        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><text data-width='9'>{{name</text></svg>",
                        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><g transform='scale(2)'><text "
                        "data-width='9'>{{name}}</text></g></svg>"})
        EXPECT_THROW(file(values, wrong), std::runtime_error) << wrong;
}

}  // namespace
}  // namespace yimen::document
