#include <fstream>

#include "document/document.h"
#include "fuzz.h"

// Any bytes as an uploaded file are refused with a reason, or are whole files of the kind that their first bytes say, and nothing that
// acts by itself. Whatever they are, inspecting them ends and keeps to its memory (-rss_limit_mb).
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    using namespace yimen;
    using document::FileType;
    using fuzz::must;
    static const auto path = (fuzz::folder() / "upload").string();
    auto bytes = fuzz::text(data, size);
    std::ofstream(path, std::ios::binary | std::ios::trunc).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    auto kind = document::inspect_file(path);
    must(size > 0 || kind.error() == document::FileRefusal::empty);
    if (!kind) return 0;
    if (*kind == FileType::pdf) must(bytes.starts_with("%PDF-") && bytes.find("%%EOF") != std::string_view::npos);
    if (*kind == FileType::png) must(bytes.starts_with("\x89PNG\r\n\x1a\n") && bytes.substr(bytes.size() - 8, 4) == "IEND");
    if (*kind == FileType::jpeg) must(bytes.starts_with("\xff\xd8\xff"));
    must(document::media_type(*kind).find('/') != std::string_view::npos);
    return 0;
}
