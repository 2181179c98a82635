#include "fuzz.h"
#include "web/read_request.h"

// Any bytes as a form or a query are refused whole, or give at most 2,000 pairs of UTF-8 without NUL, no longer than what was sent;
// written again as a browser would write them they read the same.
namespace {

std::string escaped(std::string_view text) {
    std::string out;
    for (unsigned char c : text)
        if (c == ' ')
            out += '+';
        else
            out += std::isalnum(c) ? std::string(1, static_cast<char>(c)) : fmt::format("%{:02x}", c);
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    using namespace yimen;
    using fuzz::must;
    web::Fields fields;
    if (!web::read_pairs(fuzz::text(data, size), fields)) return 0;
    size_t pairs = 0, bytes = 0;
    std::string written;
    for (auto& [name, value] : fields) {
        must(valid_utf8(name) && valid_utf8(value));
        ++pairs;
        bytes += name.size() + value.size();
        written += (written.empty() ? "" : "&") + escaped(name) + "=" + escaped(value);
    }
    must(pairs <= 2000 && bytes <= size);
    web::Fields again;
    must(web::read_pairs(written, again));
    must(std::ranges::equal(fields, again));
    return 0;
}
