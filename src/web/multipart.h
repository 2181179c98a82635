#pragma once
#include <filesystem>
#include <string_view>

#include "web/request.h"

namespace yimen::web {

// The boundary named by a Content-Type of multipart/form-data; empty for anything else, or one that RFC 2046 does not allow.
std::string multipart_boundary(std::string_view content_type);

// Reads a multipart/form-data body (RFC 7578): fields into `form`, files into new files under `folder`, listed in `uploads`. False
// where the body is not well formed, has more than 200 parts, a field larger than 64 KiB or a file larger than `max_file` bytes
// (`too_large` tells). Files made so far stay listed in `uploads`, so that whoever removes those removes all.
struct MultipartOutcome {
    bool good = false, too_large = false;
};
MultipartOutcome read_multipart(std::string_view body, std::string_view boundary, const std::filesystem::path& folder, uint64_t max_file,
                                Request&);

}  // namespace yimen::web
