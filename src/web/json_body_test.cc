#include "web/json_body.h"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

namespace yimen::web {

namespace {

TEST(JsonBody, ReadsWhatItCanWriteAgain) {
    auto value = read_json(R"({"name": "奉贤", "count": 3, "share": 0.5, "list": [1, [2]]})");
    ASSERT_TRUE(value);
    EXPECT_EQ(read_json(boost::json::serialize(*value)), value);
}

TEST(JsonBody, RefusesNumbersBeyondADouble) {
    EXPECT_TRUE(read_json("[1e308]"));
    EXPECT_FALSE(read_json("1" + std::string(40, '0') + "e912"));
    EXPECT_FALSE(read_json(R"({"a": [{"b": -1e400}]})"));
}

TEST(JsonBody, RefusesWhatIsNoJsonAndWhatIsTooDeep) {
    for (auto text : {"", "{", "{'a': 1}", "[1,]", "nul"}) EXPECT_FALSE(read_json(text)) << text;
    EXPECT_FALSE(read_json(std::string(33, '[') + std::string(33, ']')));
}

}  // namespace

}  // namespace yimen::web
