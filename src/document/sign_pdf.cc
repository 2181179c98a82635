#include <fmt/format.h>

#include <stdexcept>

#include "crypto/cms.h"
#include "crypto/crypto.h"
#include "document/document.h"
#include "document/pdf_date.h"
#include "document/signature_field.h"

namespace yimen::document {

std::string sign_pdf(std::string_view pdf, std::string_view certificate_pem, std::string_view key_pem, std::string_view reason,
                     std::string_view place, Instant at) {
    // The certificates, which are longer in PEM, and room for the largest RSA signature and the attributes.
    const size_t room = certificate_pem.size() + 4096;
    auto [bytes, hole, hole_end] = with_signature_field(pdf, {std::string(reason), std::string(place), pdf_date(at), room});
    const auto signature = crypto::hex(crypto::sign_detached(bytes.substr(0, hole) + bytes.substr(hole_end), certificate_pem, key_pem));
    if (signature.size() > hole_end - hole - 2) throw std::runtime_error("A signature is longer than its place in the PDF");
    return bytes.replace(hole + 1, signature.size(), signature);
}

}  // namespace yimen::document
