#include <gmock/gmock.h>

#include "document/document.h"
#include "document/testing.h"

namespace yimen::document {
namespace {

using testing::HasSubstr;
const std::string address = "https://yimen.example/v/1.2.156.3005.2.11100000000013338W087?q=排水";

TEST(QrCode, OfAPngIsReadByAnIndependentProgram) {
    const TemporaryFolder folder;
    EXPECT_EQ(output({"zbarimg", "--quiet", "--raw", folder.write("code.png", qr_png(address, 4))}), address + "\n");
}

TEST(QrCode, IsASquareWithItsThreeFinderPatterns) {
    const auto code = qr_code("1");
    ASSERT_EQ(code.size, 21);
    ASSERT_EQ(code.dark.size(), 21U * 21U);
    for (const size_t corner : {0, 20, 20 * 21}) EXPECT_TRUE(code.dark[corner]);
    EXPECT_FALSE(code.dark[20 * 21 + 20 - 7 * 21] && code.dark[8]);
}

TEST(QrCode, OfAnSvgHasNoInlineStyle) {
    const auto svg = qr_svg(address);
    EXPECT_THAT(svg, HasSubstr("<svg xmlns="));
    EXPECT_THAT(svg, testing::Not(HasSubstr("style")));
    EXPECT_EQ(svg, qr_svg(address));
}

TEST(QrCode, OfAnSvgDrawsEachDarkModuleOnce) {
    const auto code = qr_code(address);
    const auto svg = qr_svg(address);
    int drawn = 0;
    for (size_t at = svg.find("<path fill=\"#000\""); (at = svg.find('h', at + 1)) != std::string::npos;)
        if (svg[at + 1] != '-') drawn += std::atoi(svg.c_str() + at + 1);
    EXPECT_EQ(drawn, std::count(code.dark.begin(), code.dark.end(), true));
}

TEST(QrCode, RefusesNothingAndTooMuch) {
    EXPECT_THROW(qr_code(""), std::invalid_argument);
    EXPECT_THROW(qr_code(std::string(3000, 'a')), std::invalid_argument);
    EXPECT_EQ(qr_code(std::string(2331, 'a')).size, 177);
}

}  // namespace
}  // namespace yimen::document
