#include <system_error>

#include "document/document.h"
#include "document/inspect.h"

namespace yimen::document {
namespace {

std::optional<FileType> type_of(std::string_view beginning) {
    if (beginning.starts_with("%PDF-")) return FileType::pdf;
    if (beginning.starts_with("\x89PNG\r\n\x1a\n")) return FileType::png;
    if (beginning.starts_with("\xff\xd8\xff")) return FileType::jpeg;
    return {};
}

}  // namespace

Result<FileType, FileRefusal> inspect_file(const std::string& path) {
    const File file(std::fopen(path.c_str(), "rb"));
    if (!file) throw std::system_error(errno, std::generic_category(), "Opening an uploaded file");
    char beginning[8];
    const size_t size = std::fread(beginning, 1, sizeof beginning, file.get());
    if (size == 0) return refuse(FileRefusal::empty);
    const auto type = type_of({beginning, size});
    if (!type) return refuse(FileRefusal::unknown_type);
    std::rewind(file.get());
    const auto refusal = *type == FileType::pdf   ? inspect_pdf(path)
                         : *type == FileType::png ? inspect_png(file.get())
                                                  : inspect_jpeg(file.get());
    if (refusal) return refuse(*refusal);
    return *type;
}

std::string_view media_type(FileType type) {
    switch (type) {
        case FileType::pdf:
            return "application/pdf";
        case FileType::png:
            return "image/png";
        case FileType::jpeg:
            return "image/jpeg";
    }
    throw std::invalid_argument("No such file type");
}

}  // namespace yimen::document
