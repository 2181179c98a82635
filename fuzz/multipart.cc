#include "web/multipart.h"
#include "fuzz.h"

// The first line is the Content-Type, the rest the body. Whatever it is: no part is larger than allowed, names are clean, what is
// listed can be read in the size stated, nothing is there that is not listed, and all together is no more than was sent.
namespace {

using namespace yimen;
using fuzz::must;

constexpr uint64_t largest_file = 4096;

size_t check_uploads(const web::Request& request) {
    size_t bytes = 0;
    for (auto& upload : request.uploads) {
        must(upload.size <= largest_file && (upload.in_memory || upload.file.parent_path() == fuzz::folder()));
        must(std::filesystem::file_size(upload.file) == upload.size);
        must(valid_utf8(upload.name) && valid_utf8(upload.field) && characters(upload.name) <= 120);
        must(upload.name.find_first_of("/\\") == std::string::npos);
        must(std::ranges::none_of(upload.name, [](unsigned char c) { return c < 0x20 || c == 0x7f; }));
        bytes += upload.size;
        if (!upload.in_memory) std::filesystem::remove(upload.file);
    }
    must(std::filesystem::is_empty(fuzz::folder()));
    return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    auto [type, body] = fuzz::first_line(fuzz::text(data, size));
    auto boundary = web::multipart_boundary(type);
    must(boundary.size() <= 70);
    if (boundary.empty()) return 0;
    web::Request request;
    auto outcome = web::read_multipart(body, boundary, fuzz::folder(), largest_file, request);
    must(!(outcome.good && outcome.too_large));
    size_t bytes = check_uploads(request), fields = 0;
    for (auto& [name, value] : request.form) {
        must(valid_utf8(name) && valid_utf8(value) && value.size() <= 64 << 10);
        bytes += name.size() + value.size();
        ++fields;
    }
    must(bytes <= body.size() && fields + request.uploads.size() <= 200);
    return 0;
}
