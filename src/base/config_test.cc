#include "base/config.h"

#include <cstdlib>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace yimen {
namespace {

using testing::HasSubstr;

class Settings : public testing::Test {
  protected:
    Settings() {
        config.declare("port", "8080", "The port to listen on");
        config.declare("statement-timeout", "5000", "Milliseconds");
        config.declare("secure", "no", "Cookies over TLS only");
        config.declare("key", "", "The key", true);
    }
    ~Settings() override {
        for (auto name : {"YIMEN_PORT", "YIMEN_STATEMENT_TIMEOUT", "YIMEN_PROT"}) ::unsetenv(name);
    }
    std::string source(std::string_view key) {
        for (auto& setting : config.all())
            if (setting.key == key) return setting.source;
        return "";
    }
    template <class F>
    std::string complaint(F f) {
        try {
            f();
        } catch (const ConfigError& error) {
            return error.what();
        }
        return "";
    }
    Config config;
};

TEST_F(Settings, ComeFromFileThenEnvironmentThenFlags) {
    EXPECT_EQ(config.number("port", 1, 65535), 8080);
    EXPECT_EQ(source("port"), "default");
    config.read_text("# where\n\nport = 1\nstatement-timeout=7\n", "yimen.conf");
    EXPECT_EQ(config.number("port", 1, 65535), 1);
    EXPECT_EQ(source("port"), "yimen.conf:3");
    ::setenv("YIMEN_PORT", "2", 1);
    ::setenv("YIMEN_STATEMENT_TIMEOUT", "9", 1);
    config.read_environment();
    EXPECT_EQ(config.number("port", 1, 65535), 2);
    EXPECT_EQ(config.text("statement-timeout"), "9");
    EXPECT_EQ(source("port"), "YIMEN_PORT");
    config.set_flag("port", "3");
    EXPECT_EQ(config.number("port", 1, 65535), 3);
    EXPECT_EQ(source("port"), "--port");
}

TEST_F(Settings, AreReadFromAFile) {
    const std::string path = testing::TempDir() + "yimen_settings_test.conf";
    std::ofstream(path) << "key = a = b \r\n";
    config.read_file(path);
    EXPECT_EQ(config.text("key"), "a = b");
    std::filesystem::remove(path);
    EXPECT_THAT(complaint([&] { config.read_file(path); }), HasSubstr(path));
    EXPECT_THAT(complaint([&] { config.read_file(testing::TempDir()); }), HasSubstr("cannot be read")) << "a folder";
}

TEST_F(Settings, NameFileAndLineOfAMistake) {
    EXPECT_THAT(complaint([&] { config.read_text("port = 1\nprot = 2", "f"); }), HasSubstr("f:2: there is no setting \"prot\""));
    EXPECT_THAT(complaint([&] { config.read_text("\nport", "f"); }), HasSubstr("f:2:"));
    EXPECT_THAT(complaint([&] { config.read_text("port = \xFF", "f"); }), HasSubstr("f:1:"));
    EXPECT_THAT(complaint([&] { config.read_text("port = 1\n\nport = 2", "f"); }), HasSubstr("f:3: \"port\" is already set on line 1"));
    ::setenv("YIMEN_PROT", "2", 1);
    EXPECT_THAT(complaint([&] { config.read_environment(); }), HasSubstr("YIMEN_PROT"));
    EXPECT_THAT(complaint([&] { config.set_flag("prot", "2"); }), HasSubstr("--prot"));
}

TEST_F(Settings, RefuseNumbersOutOfRangeAndNameTheSource) {
    for (auto bad : {"", "x", "1x", " 1", "0", "65536", "99999999999999999999", "1.5"}) {
        config.set_flag("port", bad);
        EXPECT_THAT(complaint([&] { config.number("port", 1, 65535); }), HasSubstr("--port")) << bad;
    }
}

TEST_F(Settings, ReadYesAndNoInEachSpelling) {
    for (auto yes : {"true", "yes", "on", "1"}) {
        config.set_flag("secure", yes);
        EXPECT_TRUE(config.flag("secure"));
    }
    for (auto no : {"false", "no", "off", "0"}) {
        config.set_flag("secure", no);
        EXPECT_FALSE(config.flag("secure"));
    }
    config.set_flag("secure", "maybe");
    EXPECT_THAT(complaint([&] { config.flag("secure"); }), HasSubstr("secure"));
}

TEST_F(Settings, KeepSecretsOutOfMessages) {
    config.set_flag("key", "open sesame");
    EXPECT_THAT(complaint([&] { config.number("key", 0, 1); }), testing::Not(HasSubstr("sesame")));
    EXPECT_TRUE(config.all()[0].secret);
}

TEST_F(Settings, NeverDeclaredEndTheProgram) {
    EXPECT_DEATH(config.text("prot"), "prot");
    EXPECT_DEATH(config.flag("prot"), "prot");
}

}  // namespace
}  // namespace yimen
