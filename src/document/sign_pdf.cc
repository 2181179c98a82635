#include <fmt/format.h>

#include <stdexcept>

#include "crypto/cms.h"
#include "crypto/crypto.h"
#include "document/document.h"
#include "document/signature_field.h"

namespace yimen::document {
namespace {

// "D:20261124093000+08'00'".
std::string pdf_date(Instant at) {
    const auto iso = to_iso(at);  // "2026-11-24T09:30:00+08:00"
    std::string digits;
    for (char c : iso.substr(0, 19))
        if (c >= '0' && c <= '9') digits += c;
    return "D:" + digits + "+08'00'";
}

}  // namespace

std::string sign_pdf(std::string_view pdf, std::string_view certificate_pem, std::string_view key_pem,
                     std::string_view reason, std::string_view place, Instant at) {
    // The certificates, which are longer in PEM, and room for the largest RSA signature and the attributes.
    const size_t room = certificate_pem.size() + 4096;
    auto [bytes, hole, hole_end] =
        with_signature_field(pdf, {std::string(reason), std::string(place), pdf_date(at), room});
    const auto signature =
        crypto::hex(crypto::sign_detached(bytes.substr(0, hole) + bytes.substr(hole_end), certificate_pem, key_pem));
    if (signature.size() > hole_end - hole - 2) throw std::runtime_error("A signature is longer than its place in the PDF");
    return bytes.replace(hole + 1, signature.size(), signature);
}

}  // namespace yimen::document
