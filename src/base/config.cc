#include "base/config.h"

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>

#include "base/text.h"

extern "C" char** environ;

namespace yimen {
namespace {

constexpr std::string_view prefix = "YIMEN_";
// Set by the test harness, not for the program.
constexpr std::string_view test_prefix = "YIMEN_TEST_";

std::string variable_name(std::string_view key) {
    std::string name(prefix);
    for (char c : key) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        name += c == '-' || c == '.' ? '_' : c;
    }
    return name;
}

std::string shown(const Config::Setting& setting) { return setting.secret ? "(set)" : "\"" + setting.value + "\""; }

std::string file_text(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (file.is_open()) {
        try {
            return {std::istreambuf_iterator<char>(file), {}};
        } catch (const std::ios_base::failure&) {
            // A folder opens and then cannot be read.
        }
    }
    throw ConfigError(fmt::format("The configuration file {} cannot be read: {}", path, std::strerror(errno)));
}

[[noreturn]] void never_declared(std::string_view key) {
    fmt::print(stderr, "The setting {} was never declared.\n", key);
    std::abort();
}

const Config::Setting& declared(const std::map<std::string, Config::Setting, std::less<>>& settings, std::string_view key) {
    auto found = settings.find(key);
    if (found == settings.end()) never_declared(key);
    return found->second;
}

}  // namespace

void Config::declare(std::string key, std::string fallback, std::string help, bool secret) {
    settings_[key] = {key, std::move(fallback), "default", std::move(help), secret};
}

void Config::read_file(const std::string& path) { read_text(file_text(path), path); }

void Config::read_text(std::string_view text, const std::string& path) {
    std::map<std::string_view, size_t> set_on_line;
    size_t number = 0;
    for (std::string_view line : split(text, '\n')) {
        ++number;
        auto complain = [&](const std::string& what) { throw ConfigError(fmt::format("{}:{}: {}", path, number, what)); };
        if (!valid_utf8(line)) complain("this line is not UTF-8 text");
        line = trim(line);
        if (line.empty() || line.starts_with('#')) continue;
        const size_t equals = line.find('=');
        if (equals == std::string_view::npos) complain("this line is not \"key = value\"");
        const std::string_view key = trim(line.substr(0, equals));
        auto setting = settings_.find(key);
        if (setting == settings_.end()) complain(fmt::format("there is no setting \"{}\"", key));
        if (auto [earlier, fresh] = set_on_line.emplace(key, number); !fresh)
            complain(fmt::format("\"{}\" is already set on line {}", key, earlier->second));
        setting->second.value = trim(line.substr(equals + 1));
        setting->second.source = fmt::format("{}:{}", path, number);
    }
}

void Config::read_environment() {
    std::map<std::string, Setting*> by_variable;
    for (auto& [key, setting] : settings_) by_variable[variable_name(key)] = &setting;
    for (char** entry = environ; entry && *entry; ++entry) {
        const std::string_view text = *entry;
        const std::string_view name = text.substr(0, text.find('='));
        if (!name.starts_with(prefix) || name.starts_with(test_prefix)) continue;
        auto found = by_variable.find(std::string(name));
        if (found == by_variable.end()) throw ConfigError(fmt::format("The environment variable {} names no setting", name));
        found->second->value = text.substr(std::min(name.size() + 1, text.size()));
        found->second->source = name;
    }
}

void Config::set_flag(const std::string& key, std::string value) {
    auto found = settings_.find(key);
    if (found == settings_.end()) throw ConfigError(fmt::format("There is no setting --{}", key));
    found->second.value = std::move(value);
    found->second.source = "--" + key;
}

const std::string& Config::text(std::string_view key) const { return declared(settings_, key).value; }

int64_t Config::number(std::string_view key, int64_t low, int64_t high) const {
    const Setting& setting = declared(settings_, key);
    const char* end = setting.value.data() + setting.value.size();
    int64_t value = 0;
    auto [stopped, error] = std::from_chars(setting.value.data(), end, value);
    if (error != std::errc() || stopped != end || value < low || value > high)
        throw ConfigError(
            fmt::format("{} = {} (from {}) is not a whole number from {} to {}", key, shown(setting), setting.source, low, high));
    return value;
}

bool Config::flag(std::string_view key) const {
    const Setting& setting = declared(settings_, key);
    for (std::string_view yes : {"true", "yes", "on", "1"})
        if (setting.value == yes) return true;
    for (std::string_view no : {"false", "no", "off", "0"})
        if (setting.value == no) return false;
    throw ConfigError(fmt::format("{} = {} (from {}) is not true or false", key, shown(setting), setting.source));
}

std::vector<Config::Setting> Config::all() const {
    std::vector<Setting> settings;
    for (auto& [key, setting] : settings_) settings.push_back(setting);
    return settings;
}

}  // namespace yimen
