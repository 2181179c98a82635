#include <gmock/gmock.h>

#include <cairo-pdf.h>

#include "document/document.h"
#include "document/drawing.h"
#include "document/testing.h"

namespace yimen::document {
namespace {

class InspectFile : public testing::Test {
  protected:
    // "pdf", or the name of the refusal.
    std::string inspected(std::string_view bytes) {
        const auto seen = inspect_file(folder_.write("file", bytes));
        if (seen) return std::string(media_type(*seen));
        static const std::map<FileRefusal, std::string> names{
            {FileRefusal::unknown_type, "unknown type"},     {FileRefusal::damaged, "damaged"},     {FileRefusal::encrypted, "encrypted"},
            {FileRefusal::active_content, "active content"}, {FileRefusal::too_large, "too large"}, {FileRefusal::empty, "empty"}};
        return names.at(seen.error());
    }

    // A PDF of one empty page, with `entries` in its catalogue and `objects` from number 4 on.
    static std::string pdf(const std::string& entries = "", const std::vector<std::string>& objects = {}) {
        std::vector<std::string> all{"<< /Type /Catalog /Pages 2 0 R " + entries + " >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                                     "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"};
        all.insert(all.end(), objects.begin(), objects.end());
        std::string text = "%PDF-1.5\n", table = fmt::format("xref\n0 {}\n0000000000 65535 f \n", all.size() + 1);
        for (size_t i = 0; i < all.size(); ++i) {
            table += fmt::format("{:010} 00000 n \n", text.size());
            text += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, all[i]);
        }
        return fmt::format("{}{}trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n", text, table, all.size() + 1, text.size());
    }

    std::string jpeg() {
        folder_.write("picture.pdf", pdf());
        output({"pdftoppm", "-jpeg", "-r", "20", "-singlefile", folder_.path("picture.pdf"), folder_.path("picture")});
        return read_file(folder_.path("picture.jpg"));
    }

    TemporaryFolder folder_;
};

TEST_F(InspectFile, TellsTheTypeByTheContent) {
    EXPECT_EQ(inspected(pdf()), "application/pdf");
    EXPECT_EQ(inspected(qr_png("1", 2)), "image/png");
    EXPECT_EQ(inspected(jpeg()), "image/jpeg");
}

TEST_F(InspectFile, RefusesWhatIsEmptyOrOfNoKnownType) {
    EXPECT_EQ(inspected(""), "empty");
    EXPECT_EQ(inspected("<html><script>alert(1)</script>"), "unknown type");
    EXPECT_EQ(inspected("PK\3\4 a Word document"), "unknown type");
    EXPECT_EQ(inspected("GIF89a"), "unknown type");
    EXPECT_EQ(inspected("\n%PDF-1.5"), "unknown type");
}

TEST_F(InspectFile, RefusesAnyFileCutShort) {
    for (const auto& whole : {pdf(), qr_png("1", 2), jpeg()})
        for (size_t keep = 12; keep + 8 < whole.size(); keep += 1 + whole.size() / 50)
            EXPECT_EQ(inspected(whole.substr(0, keep)), "damaged") << keep << " of " << whole.size();
}

TEST_F(InspectFile, RefusesAPngWithAChangedByte) {
    const auto whole = qr_png("1", 2);
    for (size_t at = 16; at < whole.size(); at += 7) {
        auto changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        EXPECT_NE(inspected(changed), "image/png") << at;
    }
    EXPECT_EQ(inspected(whole + "MZ something behind it"), "damaged");
}

TEST_F(InspectFile, RefusesPdfsThatDoSomething) {
    EXPECT_EQ(inspected(pdf("/OpenAction << /S /JavaScript /JS (app.alert(1)) >>")), "active content");
    EXPECT_EQ(inspected(pdf("/OpenAction 4 0 R", {"<< /S /Launch /F (cmd.exe) >>"})), "active content");
    EXPECT_EQ(inspected(pdf("/AA << /WC << /S /SubmitForm /F (http://x) >> >>")), "active content");
    EXPECT_EQ(inspected(pdf("/Names << /EmbeddedFiles << /Names [] >> >>")), "active content");
    EXPECT_EQ(inspected(pdf("/Names << /J#61vaScript << /Names [] >> >>")), "active content");
    EXPECT_EQ(inspected(pdf("", {"<< /Type /EmbeddedFile /Length 3 >>\nstream\nabc\nendstream"})), "active content");
    EXPECT_EQ(inspected(pdf("", {"[[[<< /Next << /S /Launch >> >>]]]"})), "active content");
}

TEST_F(InspectFile, AllowsWhatOnlyGoesToAPage) {
    EXPECT_EQ(inspected(pdf("/OpenAction [3 0 R /Fit]")), "application/pdf");
    EXPECT_EQ(inspected(pdf("/OpenAction << /S /GoTo /D [3 0 R /Fit] >>")), "application/pdf");
}

TEST_F(InspectFile, FindsWhatHidesInAnObjectStream) {
    for (const auto& [entries, expected] : std::map<std::string, std::string>{
             {"/OpenAction << /S /JavaScript /JS (1) >>", "active content"}, {"/Lang (zh)", "application/pdf"}}) {
        folder_.write("plain.pdf", pdf(entries));
        output({"qpdf", "--object-streams=generate", folder_.path("plain.pdf"), folder_.path("packed.pdf")});
        const auto packed = read_file(folder_.path("packed.pdf"));
        ASSERT_THAT(packed, testing::HasSubstr("/ObjStm"));
        EXPECT_EQ(inspected(packed), expected);
    }
}

TEST_F(InspectFile, RefusesEncryptedPdfs) {
    folder_.write("plain.pdf", pdf());
    for (const std::string password : {"", "secret"}) {
        output({"qpdf", "--encrypt", password, "owner", "256", "--", folder_.path("plain.pdf"), folder_.path("locked.pdf")});
        EXPECT_EQ(inspected(read_file(folder_.path("locked.pdf"))), "encrypted");
    }
}

TEST_F(InspectFile, RefusesAPdfWithoutPagesOrWithCirclingPages) {
    EXPECT_EQ(inspected("%PDF-1.5\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"), "damaged");
    auto circling = pdf();
    circling.replace(circling.find("[3 0 R]"), 7, "[2 0 R]");
    EXPECT_EQ(inspected(circling), "damaged");
}

TEST_F(InspectFile, RefusesStructureThatWouldFillTheMemory) {
    std::string brackets;
    for (int i = 0; i < 3'000'000; ++i) brackets += "[] ";
    EXPECT_EQ(inspected(pdf("", {"[" + brackets + "]"})), "too large");
}

TEST_F(InspectFile, RefusesPicturesOfMoreThanAHundredMegapixels) {
    auto large = jpeg();
    const auto frame = large.find("\xff\xc0");
    ASSERT_NE(frame, std::string::npos);
    large.replace(frame + 5, 4, "\xf0\x10\xf0\x10");
    EXPECT_EQ(inspected(large), "too large");
}

}  // namespace
}  // namespace yimen::document
