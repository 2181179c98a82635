#pragma once
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <source_location>
#include <string>
#include <string_view>

#include <unistd.h>

#include "base/text.h"

// What the harnesses share. Each states what must hold for any bytes; where it does not, the fuzzer keeps those bytes.
namespace yimen::fuzz {

inline void must(bool holds, std::source_location at = std::source_location::current()) {
    if (holds) return;
    std::fprintf(stderr, "what must hold does not: %s line %u\n", at.file_name(), at.line());
    std::abort();
}

inline std::string_view text(const uint8_t* data, size_t size) { return {reinterpret_cast<const char*>(data), size}; }

// The first line, and what follows it.
inline std::pair<std::string_view, std::string_view> first_line(std::string_view bytes) {
    auto end = std::min(bytes.find('\n'), bytes.size());
    return {bytes.substr(0, end), bytes.substr(std::min(end + 1, bytes.size()))};
}

// A folder in memory where there is one, so that no disk is worn by millions of small files. One for each process.
inline const std::filesystem::path& folder() {
    static const auto path = [] {
        std::error_code none;
        auto under =
            std::filesystem::is_directory("/dev/shm", none) ? std::filesystem::path("/dev/shm") : std::filesystem::temp_directory_path();
        auto made = under / ("yimen-fuzz-" + std::to_string(getpid()));
        std::filesystem::create_directories(made);
        std::atexit([] {
            std::error_code ignored;
            std::filesystem::remove_all(folder(), ignored);
        });
        return made;
    }();
    return path;
}

}  // namespace yimen::fuzz
