#include <boost/json.hpp>

#include "fuzz.h"
#include "web/json_body.h"
#include "web/read_request.h"

// Any bytes as the body of an API request, read as the server and the handlers read them: refused without an exception, however deep;
// every text in what is read is UTF-8 without NUL, and what is read writes itself so that it reads
// the same.
namespace {

using namespace yimen;
using fuzz::must;

// Numbers beyond 64 bits and fractions are read as doubles, which the library does not read exactly; nothing of ours uses them.
bool has_doubles = false;

void check(const boost::json::value& value) {
    has_doubles |= value.is_double();
    if (auto* text = value.if_string()) must(valid_utf8(*text));
    if (auto* array = value.if_array())
        for (auto& element : *array) check(element);
    if (auto* object = value.if_object())
        for (auto& [name, member] : *object) {
            must(valid_utf8(name));
            check(member);
        }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    auto text = fuzz::text(data, size);
    if (!web::plain_body(text)) return 0;
    auto value = web::read_json(text);
    if (!value) return 0;
    has_doubles = false;
    check(*value);
    auto again = web::read_json(boost::json::serialize(*value));
    must(again && (has_doubles || *again == *value));
    return 0;
}
