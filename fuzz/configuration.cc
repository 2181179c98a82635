#include "base/config.h"
#include "fuzz.h"

// Any bytes as the configuration file are read, or refused with the file and a line in it; a value is what stood on its line; a
// secret is never printed in a complaint.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    using namespace yimen;
    using fuzz::must;
    auto text = fuzz::text(data, size);
    Config config;
    config.declare("port", "8080", "port");
    config.declare("db", "sqlite:x", "database", true);
    config.declare("demo", "no", "demonstration");
    try {
        config.read_text(text, "file");
    } catch (const ConfigError& error) {
        return must(std::string_view(error.what()).starts_with("file:")), 0;
    }
    for (auto& setting : config.all()) {
        must(valid_utf8(setting.value) && setting.value.find('\n') == std::string::npos && trim(setting.value) == setting.value);
        must(setting.source == "default" || (setting.source.starts_with("file:") && text.find(setting.value) != std::string_view::npos));
    }
    try {
        auto port = config.number("port", 0, 65535);
        must(port >= 0 && port <= 65535);
        config.flag("demo");
    } catch (const ConfigError&) {
    }
    try {
        config.number("db", 0, 1);
    } catch (const ConfigError& error) {
        must(std::string_view(error.what()).starts_with("db = (set) (from "));
    }
    return 0;
}
