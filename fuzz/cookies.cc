#include <boost/beast/http/message.hpp>

#include "fuzz.h"
#include "web/csrf.h"
#include "web/read_request.h"

// Any bytes in the Cookie header give at most fifty pairs with names, whose text stood in the header; and what comes in a cookie or
// beside it never passes for a token of ours.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    using namespace yimen;
    using fuzz::must;
    auto header = fuzz::text(data, size);
    if (header.size() > 16 << 10 || header.find_first_of("\r\n") != std::string_view::npos) return 0;
    boost::beast::http::request_header<> head;
    head.method(boost::beast::http::verb::get);
    head.target("/");
    head.set("Host", "localhost");
    head.set("Cookie", header);
    web::Request request;
    if (!web::read_head(head, request)) return must(!valid_utf8(trim(header))), 0;
    int pairs = 0;
    for (auto& [name, value] : request.cookies) {
        must(!name.empty() && name.find_first_of("=;") == std::string::npos && value.find(';') == std::string::npos);
        must(header.find(name + "=" + value) != std::string_view::npos);
        ++pairs;
        must(!web::csrf_valid("key", "secret", value));
    }
    must(pairs <= 50);
    // Under TLS only a name that other sites cannot set is believed.
    request.secure = true;
    must(web::cookie(request, "session") == request.cookies.get("__Host-session"));
    return 0;
}
