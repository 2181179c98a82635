#include "document/attached_file.h"
#include "document/document.h"
#include "document/pdf_date.h"

namespace yimen::document {

std::string pdf_date(Instant at) {
    const auto iso = to_iso(at);  // "2026-11-24T09:30:00+08:00"
    std::string digits;
    for (char c : iso.substr(0, 19))
        if (c >= '0' && c <= '9') digits += c;
    return "D:" + digits + "+08'00'";
}

std::string attach(std::string_view pdf, const Attachment& file) {
    return with_attached_file(pdf, {file.name, file.media_type, file.description, pdf_date(file.made_at), file.bytes});
}

}  // namespace yimen::document
