#include "web/compress.h"

#include <gtest/gtest.h>
#include <zlib.h>

namespace yimen::web {
namespace {

std::string unpacked(const std::string& packed) {
    std::string out(1 << 20, '\0');
    z_stream z{};
    inflateInit2(&z, 15 + 16);
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    z.avail_in = static_cast<uInt>(packed.size());
    z.next_out = reinterpret_cast<Bytef*>(out.data());
    z.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(inflate(&z, Z_FINISH), Z_STREAM_END);
    out.resize(z.total_out);
    inflateEnd(&z);
    return out;
}

Response compressed(Response response, std::string accepted, bool for_anybody) {
    Request request;
    request.headers = {{"accept-encoding", std::move(accepted)}};
    response.for_anybody = for_anybody;
    compress(request, response);
    return response;
}

std::string header(const Response& response, std::string_view wanted) {
    for (auto& [name, value] : response.headers)
        if (name == wanted) return value;
    return "";
}

const std::string page = "<p>" + std::string(5000, 'a');

TEST(Compression, GivesEachPageItsOwnBytesAlsoWhereItRemembers) {
    for (int again = 0; again < 2; ++again)
        for (bool for_anybody : {true, false})
            for (char c : {'a', 'b', 'c'}) {
                auto text = "<p>" + std::string(5000, c);
                auto response = compressed(html(200, text), "gzip, deflate", for_anybody);
                EXPECT_EQ(header(response, "Content-Encoding"), "gzip");
                EXPECT_EQ(unpacked(std::get<std::string>(response.body)), text);
            }
}

TEST(Compression, KeepsTheEncodingsApart) {
    EXPECT_EQ(header(compressed(html(200, page), "gzip", true), "Content-Encoding"), "gzip");
    EXPECT_EQ(header(compressed(html(200, page), "gzip, br", true), "Content-Encoding"), "br");
    EXPECT_EQ(unpacked(std::get<std::string>(compressed(html(200, page), "gzip", true).body)), page);
}

TEST(Compression, ForgetsTheOldestWhenThereIsNoMoreRoom) {
    for (int i = 0; i < 100; ++i) {
        auto text = fmt::format("{}{}", i, std::string(400'000, 'x'));
        EXPECT_EQ(unpacked(std::get<std::string>(compressed(html(200, text), "gzip", true).body)), text);
    }
    EXPECT_EQ(unpacked(std::get<std::string>(compressed(html(200, page), "gzip", true).body)), page);
}

TEST(Compression, LeavesAloneWhatIsSmallOrNoTextOrNotAccepted) {
    EXPECT_EQ(header(compressed(html(200, "<p>"), "gzip", true), "Content-Encoding"), "");
    EXPECT_EQ(header(compressed(file("application/pdf", "a.pdf", page, false), "gzip", true), "Content-Encoding"), "");
    auto plain = compressed(html(200, page), "deflate", true);
    EXPECT_EQ(header(plain, "Content-Encoding"), "");
    EXPECT_EQ(header(plain, "Vary"), "Accept-Encoding");
    EXPECT_EQ(std::get<std::string>(plain.body), page);
}

}  // namespace
}  // namespace yimen::web
