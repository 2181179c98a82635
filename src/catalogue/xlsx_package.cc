#include "catalogue/xlsx_package.h"

#include <zip.h>

#include "catalogue/exchange_table.h"

namespace yimen::catalogue {

namespace {

// Names that would lead out of a folder; no workbook has them, and whoever made one had something in mind.
bool leads_out(std::string_view name) {
    return name.empty() || name.front() == '/' || name.find('\\') != std::string_view::npos || name == ".." || name.starts_with("../") ||
           name.find("/../") != std::string_view::npos || name.ends_with("/..");
}

}  // namespace

void XlsxPackage::Closed::operator()(zip* archive) const { zip_discard(archive); }

Result<XlsxPackage, Text> XlsxPackage::open(std::string_view bytes) {
    if (bytes.size() > largest_file)
        return refuse(
            told("文件超过 {} MiB：请拆分，或使用 CSV", "the file is larger than {} MiB: divide it, or use CSV", largest_file >> 20));
    // Without a byte it would count as an archive without a part.
    if (bytes.empty()) return refuse(Text{"文件是空的", "is empty"});
    zip_error_t error;
    zip_error_init(&error);
    auto* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    auto* archive = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : nullptr;
    if (source && !archive) zip_source_free(source);
    zip_error_fini(&error);
    if (!archive) return refuse(Text{"不是 .xlsx 工作簿，或不完整：请重新保存", "is no .xlsx workbook, or is cut off: save it again"});
    XlsxPackage package;
    package.archive_.reset(archive);
    package.file_size_ = bytes.size();
    const auto entries = zip_get_num_entries(archive, 0);
    if (entries > static_cast<zip_int64_t>(most_parts))
        return refuse(told("其中超过 {} 个部分：交换用的工作簿不需要这么多",
                           "holds more than {} parts: no workbook for interchange needs them", most_parts));
    for (zip_int64_t i = 0; i < entries; ++i) {
        auto* name = zip_get_name(archive, static_cast<zip_uint64_t>(i), 0);
        if (!name || leads_out(name))
            return refuse(Text{"其中有名称指向工作簿之外的部分：请用表格软件重新保存",
                               "holds a part whose name leads out of the workbook: save it again from a spreadsheet program"});
    }
    return package;
}

Result<bool, Text> XlsxPackage::each_piece(const std::string& name, const std::function<bool(std::string_view)>& take) {
    const auto at = zip_name_locate(archive_.get(), name.c_str(), 0);
    if (at < 0) return false;
    zip_stat_t stat;
    zip_stat_init(&stat);
    std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(zip_fopen_index(archive_.get(), static_cast<zip_uint64_t>(at), 0), zip_fclose);
    if (!file || zip_stat_index(archive_.get(), static_cast<zip_uint64_t>(at), 0, &stat) != 0)
        return refuse(told("其中的 {} 已加密或损坏：请不设密码重新保存",
                           "its part {} is encrypted or damaged: save it again without a password", name));
    // What the archive says of what comes out is not believed: only what does come out is counted.
    const size_t packed = (stat.valid & ZIP_STAT_COMP_SIZE) ? std::min<size_t>(stat.comp_size, file_size_) : 0;
    const size_t most = std::min({largest_part, std::max(freely, packed * most_times), largest_inflated - inflated_});
    size_t bytes = 0;
    char piece[64 << 10];
    for (;;) {
        const auto count = zip_fread(file.get(), piece, sizeof piece);
        if (count < 0) return refuse(told("其中的 {} 已损坏：请重新保存", "its part {} is damaged: save it again", name));
        if (count == 0) return true;
        bytes += static_cast<size_t>(count);
        if (bytes > most)
            return refuse(told("其中的 {} 解压后超过 {} MiB：请拆分，或使用 CSV",
                               "its part {} inflates to more than {} MiB: divide it, or use CSV", name, most >> 20));
        inflated_ += static_cast<size_t>(count);
        if (!take({piece, static_cast<size_t>(count)})) return true;
    }
}

Result<std::string, Text> XlsxPackage::part(const std::string& name) {
    std::string bytes;
    auto read = each_piece(name, [&](std::string_view piece) { return bytes.append(piece).size() <= freely; });
    if (!read) return refuse(std::move(read.error()));
    if (bytes.size() > freely)
        return refuse(told("其中的 {} 解压后超过 {} MiB：请拆分，或使用 CSV",
                           "its part {} inflates to more than {} MiB: divide it, or use CSV", name, freely >> 20));
    return bytes;
}

}  // namespace yimen::catalogue
