#pragma once
// Only for the sources of this folder, and free of what C++20 brought, since qpdf's headers are compiled as C++17.
#include <cstddef>
#include <string>
#include <string_view>

namespace yimen::document {

struct SignatureField {
    std::string reason, place;  // UTF-8
    std::string signed_at;      // "D:20261124093000+08'00'" (ISO 32000-1, 7.9.4)
    size_t room;                // bytes the signature may take
};

// A PDF with an unfilled signature: its ByteRange covers everything but the hexadecimal digits between `hole_begin` (at "<")
// and `hole_end` (behind ">").
struct Unsigned {
    std::string pdf;
    size_t hole_begin, hole_end;
};

// Throws std::runtime_error for what is no PDF, has no page, or is signed already: to write it anew would break that signature.
Unsigned with_signature_field(std::string_view pdf, const SignatureField&);

}  // namespace yimen::document
