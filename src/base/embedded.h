#pragma once
#include <optional>
#include <string_view>
#include <vector>

namespace yimen {

// A file that the build put into the program, by its path in the repository ("src/db/migrations/0001_node.sql",
// "web/texts/zh.json"); what esbuild and sass made is under "assets/".
struct EmbeddedFile {
    std::string_view path;
    std::string_view bytes;
};

const std::vector<EmbeddedFile>& embedded_files();
std::optional<std::string_view> embedded_file(std::string_view path);
// Those whose path begins with `prefix`, in order of path.
std::vector<EmbeddedFile> embedded_files_under(std::string_view prefix);

}  // namespace yimen
