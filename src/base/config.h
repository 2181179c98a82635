#pragma once
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace yimen {

// Settings: a default, overridden by the configuration file (`key = value` lines), then the environment
// (YIMEN_PORT for `port`), then flags (--port). `yimen config` prints each with where it came from.
class Config {
  public:
    struct Setting {
        std::string key, value, source, help;
        bool secret = false;  // printed as "(set)"
    };

    // Declares a setting; asking for one never declared is a programming error and ends the program.
    void declare(std::string key, std::string fallback, std::string help, bool secret = false);
    // Each throws ConfigError, naming file and line or variable, for an unknown key or an unreadable file.
    void read_file(const std::string& path);
    // What read_file does with the file's text. Blank lines and lines beginning with # are skipped; a key set twice is refused.
    void read_text(std::string_view text, const std::string& path);
    // Every variable that begins with YIMEN_ must name a setting, save YIMEN_TEST_…, which are for the tests.
    void read_environment();
    void set_flag(const std::string& key, std::string value);

    const std::string& text(std::string_view key) const;
    // Throws ConfigError, naming key and source, where the value is not a whole number within [low, high].
    int64_t number(std::string_view key, int64_t low, int64_t high) const;
    bool flag(std::string_view key) const;  // true/false, yes/no, on/off, 1/0
    std::vector<Setting> all() const;

  private:
    std::map<std::string, Setting, std::less<>> settings_;
};

struct ConfigError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace yimen
