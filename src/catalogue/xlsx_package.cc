#include "catalogue/xlsx_package.h"

#include <zip.h>

namespace yimen::catalogue {

namespace {

// Names that would lead out of a folder; no workbook has them, and whoever made one had something in mind.
bool leads_out(std::string_view name) {
    return name.empty() || name.front() == '/' || name.find('\\') != std::string_view::npos || name == ".." || name.starts_with("../") ||
           name.find("/../") != std::string_view::npos || name.ends_with("/..");
}

}  // namespace

void XlsxPackage::Closed::operator()(zip* archive) const { zip_discard(archive); }

Result<XlsxPackage, std::string> XlsxPackage::open(std::string_view bytes) {
    if (bytes.size() > largest_file) return refuse(fmt::format("the file is larger than {} MiB: divide it, or use CSV", largest_file >> 20));
    // Without a byte it would count as an archive without a part.
    if (bytes.empty()) return refuse(std::string("is empty"));
    zip_error_t error;
    zip_error_init(&error);
    auto* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    auto* archive = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : nullptr;
    if (source && !archive) zip_source_free(source);
    zip_error_fini(&error);
    if (!archive) return refuse(std::string("is no .xlsx workbook, or is cut off: save it again"));
    XlsxPackage package;
    package.archive_.reset(archive);
    const auto entries = zip_get_num_entries(archive, 0);
    if (entries > static_cast<zip_int64_t>(most_parts)) return refuse(fmt::format("holds more than {} parts: no workbook for interchange needs them", most_parts));
    for (zip_int64_t i = 0; i < entries; ++i) {
        auto* name = zip_get_name(archive, static_cast<zip_uint64_t>(i), 0);
        if (!name || leads_out(name)) return refuse(std::string("holds a part whose name leads out of the workbook: save it again from a spreadsheet program"));
    }
    return package;
}

Result<std::string, std::string> XlsxPackage::part(const std::string& name) {
    const auto at = zip_name_locate(archive_.get(), name.c_str(), 0);
    if (at < 0) return std::string();
    std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(zip_fopen_index(archive_.get(), static_cast<zip_uint64_t>(at), 0), zip_fclose);
    if (!file) return refuse(fmt::format("its part {} is encrypted or damaged: save it again without a password", name));
    // What the archive says of sizes is not believed: only what comes out is counted.
    const size_t most = std::min(largest_part, largest_inflated - inflated_);
    std::string bytes;
    char piece[64 << 10];
    for (;;) {
        const auto count = zip_fread(file.get(), piece, sizeof piece);
        if (count < 0) return refuse(fmt::format("its part {} is damaged: save it again", name));
        if (count == 0) break;
        if (bytes.size() + static_cast<size_t>(count) > most)
            return refuse(fmt::format("its part {} inflates to more than {} MiB, or all of them to more than {}: divide it, or use CSV", name, largest_part >> 20, largest_inflated >> 20));
        bytes.append(piece, static_cast<size_t>(count));
    }
    inflated_ += bytes.size();
    return bytes;
}

}  // namespace yimen::catalogue
