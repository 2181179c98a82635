#include "fuzz.h"
#include "web/finish.h"

// The first byte is the size of a document, the rest the Range header. Whatever is asked: only bytes of the document go out, as
// many as the answer says, and the head is lines without a line break of anybody else's.
namespace {

using namespace yimen;
using fuzz::must;

std::string_view header(const web::Response& response, std::string_view name) {
    for (auto& [key, value] : response.headers)
        if (key == name) return value;
    return {};
}

void check_head(const web::Request& request, const web::Response& response, uint64_t length) {
    auto head = web::head_text(request, response, length, true);
    must(head.ends_with("\r\n\r\n") && head.find("\r\n\r\n") == head.size() - 4);
    web::Response bare;
    auto lines = std::ranges::count(web::head_text(request, bare, length, true), '\n');
    // The policy and Cache-Control are in `response` already.
    must(std::ranges::count(head, '\n') == lines - 2 + static_cast<std::ptrdiff_t>(response.headers.size()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    if (size == 0) return 0;
    const std::string whole(data[0], 'x');
    web::Request request;
    request.id = "request";
    request.headers = {{"range", std::string(fuzz::text(data + 1, size - 1))}, {"accept-encoding", "br"}};
    auto response = web::file("application/pdf", request.headers[0].second,
                              web::Stream{whole.size(),
                                          [&](uint64_t offset, uint64_t length) {
                                              must(offset <= whole.size() && length <= whole.size() - offset);
                                              return whole.substr(offset, length);
                                          }},
                              true);
    web::finish(request, response);
    if (response.status == 416) {
        must(header(response, "Content-Range") == fmt::format("bytes */{}", whole.size()));
        return check_head(request, response, 0), 0;
    }
    auto& stream = std::get<web::Stream>(response.body);
    must(stream.size <= whole.size() && stream.read(0, stream.size).size() == stream.size);
    must(response.status == 206 ? stream.size > 0 && !header(response, "Content-Range").empty() : stream.size == whole.size());
    check_head(request, response, stream.size);
    return 0;
}
