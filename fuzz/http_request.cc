#include <boost/asio/buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>

#include "fuzz.h"
#include "web/read_request.h"

// Any bytes as the head of a request are refused, or give text that is UTF-8 without NUL, one host, a path, and no second
// opinion about where the body ends. Nobody becomes another client by a header.
namespace {

namespace http = boost::beast::http;
using namespace yimen;
using fuzz::must;

void check(const web::Fields& fields) {
    for (auto& [name, value] : fields) must(valid_utf8(name) && valid_utf8(value));
}

int count(const web::Request& request, std::string_view name) {
    return static_cast<int>(std::ranges::count_if(request.headers, [&](auto& header) { return header.first == name; }));
}

void check(const web::Request& request) {
    must(request.path.starts_with('/') && valid_utf8(request.path));
    must(request.target.find_first_of("\r\n ") == std::string::npos);
    for (auto* fields : {&request.query, &request.cookies}) check(*fields);
    must(std::distance(request.cookies.begin(), request.cookies.end()) <= 50);
    must(count(request, "host") == 1 && count(request, "content-length") <= 1 && count(request, "transfer-encoding") <= 1);
    must(count(request, "content-length") + count(request, "transfer-encoding") <= 1);
    for (auto& [name, value] : request.headers)
        must(valid_utf8(value) && value.find_first_of("\r\n") == std::string::npos && lower_ascii(name) == name);
}

void check_client(web::Request& request) {
    web::read_client("192.0.2.1", true, {}, request);
    must(request.client == "192.0.2.1" && request.secure);
    web::read_client("192.0.2.1", false, {"192.0.2.1"}, request);
    must(!request.client.empty() && request.client.size() <= 45);
    must(request.client.find_first_not_of("0123456789abcdefABCDEF.:") == std::string::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    http::request_parser<http::empty_body> parser;
    parser.header_limit(16 << 10);
    parser.body_limit(boost::none);
    boost::beast::error_code failed;
    parser.put(boost::asio::buffer(data, size), failed);
    if (!parser.is_header_done()) return 0;
    web::Request request;
    if (!web::read_head(parser.get(), request)) return 0;
    check(request);
    // A body that nobody announced must not be there: it would be taken for the next request.
    bool announced = !request.header("content-length").empty() || !request.header("transfer-encoding").empty();
    must(announced || parser.is_done());
    must(request.header("transfer-encoding").empty() || parser.chunked());
    check_client(request);
    request.wants_json();
    return 0;
}
