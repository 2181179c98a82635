#include "base/embedded.h"

#include <algorithm>

extern "C" {
struct EmbeddedRow {
    const char* name;
    uint64_t name_size;
    const char* bytes;
    uint64_t size;
};
extern const EmbeddedRow yimen_embedded_table[];
}

namespace yimen {

const std::vector<EmbeddedFile>& embedded_files() {
    static const std::vector<EmbeddedFile> files = [] {
        std::vector<EmbeddedFile> all;
        for (const EmbeddedRow* row = yimen_embedded_table; row->name; ++row)
            all.push_back({{row->name, row->name_size}, {row->bytes, row->size}});
        std::sort(all.begin(), all.end(), [](auto& a, auto& b) { return a.path < b.path; });
        return all;
    }();
    return files;
}

std::optional<std::string_view> embedded_file(std::string_view path) {
    auto& files = embedded_files();
    auto found = std::lower_bound(files.begin(), files.end(), path, [](auto& f, auto p) { return f.path < p; });
    if (found == files.end() || found->path != path) return std::nullopt;
    return found->bytes;
}

std::vector<EmbeddedFile> embedded_files_under(std::string_view prefix) {
    std::vector<EmbeddedFile> found;
    for (auto& file : embedded_files())
        if (file.path.starts_with(prefix)) found.push_back(file);
    return found;
}

}  // namespace yimen
