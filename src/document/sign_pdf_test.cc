#include <gmock/gmock.h>

#include "crypto/crypto.h"
#include "document/document.h"
#include "document/testing.h"

namespace yimen::document {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// 2026-11-24 09:30 in Shanghai.
constexpr Instant at{std::chrono::milliseconds(1795483800000)};

class SignPdf : public testing::Test {
  protected:
    static const crypto::SealCertificate& seal() {
        static const auto made = crypto::SealCertificate::make("奉贤区水务局");
        return made;
    }
    static std::string plain() {
        Notice notice;
        notice.authority = "奉贤区水务局";
        notice.title = "受理通知书";
        notice.blocks.push_back({"", "/Contents <00> /ByteRange [0 1 2 3]", {}, {}});
        return notice_pdf(notice);
    }
    static std::string with_seal(std::string_view pdf) {
        return sign_pdf(pdf, seal().chain_pem, seal().key_pem, "城镇污水排入排水管网许可证", "奉贤区水务局", at);
    }
    std::string pdfsig(std::string_view pdf) { return output({"pdfsig", folder.write("signed.pdf", pdf)}); }
    // The signature as `pdfsig` takes it out, without the zeros behind it.
    std::string signature_file(const std::string& pdf) {
        const auto begin = pdf.find("/Contents <") + 11;
        auto der = crypto::from_hex(pdf.substr(begin, pdf.find('>', begin) - begin)).value();
        const auto size = 4 + (static_cast<unsigned char>(der[2]) << 8) + static_cast<unsigned char>(der[3]);
        return folder.write("signature.der", der.substr(0, static_cast<size_t>(size)));
    }
    std::string covered_file(const std::string& pdf) {
        const auto begin = pdf.find("/Contents <") + 10;
        return folder.write("covered", pdf.substr(0, begin) + pdf.substr(pdf.find('>', begin) + 1));
    }
    const TemporaryFolder folder;
};

TEST_F(SignPdf, IsValidForAnIndependentReaderAndCoversTheWholeDocument) {
    EXPECT_THAT(pdfsig(with_seal(plain())),
                AllOf(HasSubstr("Signature Validation: Signature is Valid."), HasSubstr("Total document signed"),
                      HasSubstr("Signature Type: ETSI.CAdES.detached"), HasSubstr("Hash Algorithm: SHA-256"),
                      HasSubstr("Signer Certificate Common Name: 奉贤区水务局"), Not(HasSubstr("Not total"))));
}

TEST_F(SignPdf, SaysWhenWhyAndWhereInThePdfItself) {
    const auto signed_pdf = with_seal(plain());
    EXPECT_THAT(signed_pdf, HasSubstr("/M (D:20261124093000+08'00')"));
    EXPECT_THAT(signed_pdf, AllOf(HasSubstr("/Reason"), HasSubstr("/Location")));
}

TEST_F(SignPdf, BreaksWithOneChangedByteAnywhere) {
    const auto signed_pdf = with_seal(plain());
    const auto hole = signed_pdf.find("/Contents <"), hole_end = signed_pdf.find('>', hole);
    for (const size_t place : {size_t{200}, hole - 3, hole_end + 40, signed_pdf.size() - 40}) {
        auto changed = signed_pdf;
        changed[place] ^= 1;
        EXPECT_THAT(pdfsig(changed), Not(HasSubstr("Signature is Valid."))) << place;
    }
    EXPECT_THAT(pdfsig(signed_pdf + "\n% more\n"), Not(HasSubstr("Total document signed")));
}

TEST_F(SignPdf, IsAWellFormedPdfWithTheSameText) {
    const auto file = folder.write("signed.pdf", with_seal(plain()));
    EXPECT_THAT(output({"qpdf", "--check", file}), HasSubstr("No syntax or stream encoding errors found"));
    EXPECT_THAT(output({"pdftotext", file, "-"}), HasSubstr("受理通知书"));
}

TEST_F(SignPdf, NamesItsCertificateAndNoTimeAmongTheSignedAttributes) {
    const auto pdf = with_seal(plain());
    EXPECT_THAT(output({"openssl", "cms", "-cmsout", "-print", "-inform", "DER", "-in", signature_file(pdf)}),
                AllOf(HasSubstr("id-smime-aa-signingCertificateV2"), HasSubstr("messageDigest"), Not(HasSubstr("signingTime"))));
}

TEST_F(SignPdf, IsTrustedThroughItsRootAndThroughNoOther) {
    const auto pdf = with_seal(plain());
    const auto signature = signature_file(pdf), covered = covered_file(pdf);
    const auto verified_by = [&](const std::string& chain) {
        const auto root = folder.write("root.pem", chain.substr(chain.rfind("-----BEGIN")));
        return output({"openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", signature, "-content", covered, "-CAfile",
                       root, "-purpose", "any"});
    };
    EXPECT_EQ(verified_by(seal().chain_pem), read_file(covered));
    EXPECT_EQ(verified_by(crypto::SealCertificate::make("奉贤区水务局").chain_pem), "");
}

TEST_F(SignPdf, RefusesASignedPdfAForeignKeyAndWhatIsNoPdf) {
    const auto signed_pdf = with_seal(plain());
    EXPECT_THROW(with_seal(signed_pdf), std::runtime_error);
    const auto other = crypto::SealCertificate::make("他人");
    EXPECT_THROW(sign_pdf(plain(), seal().chain_pem, other.key_pem, "", "", at), std::runtime_error);
    EXPECT_THROW(with_seal("no PDF"), std::runtime_error);
}

}  // namespace
}  // namespace yimen::document
