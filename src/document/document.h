#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "document/file_type.h"

// Making and checking the documents people receive: PDF through Cairo, Pango and librsvg; QR codes; signatures (PAdES).
namespace yimen::document {

// A4 notice of an authority: one-time notice, receipt, acceptance notice, correction notice, decision.
struct Notice {
    struct Table {
        std::vector<std::string> heads;
        std::vector<std::vector<std::string>> rows;
        std::vector<int> widths;  // relative
    };
    struct Block {  // one of these
        std::string heading, paragraph;
        std::vector<std::pair<std::string, std::string>> facts;
        std::optional<Table> table;
    };
    Language language = Language::zh;
    std::string authority, title, number;  // "（奉）水许受〔2026〕…"
    std::string addressee;                 // "上海力向金属制品有限公司："; may be empty
    std::vector<Block> blocks;
    std::string signed_by;            // the authority in the notice's language, above the date
    std::string seal;                 // its Chinese name on a round vermilion seal over both; empty: none
    std::string place_and_date;       // under the seal
    std::optional<Instant> made_at;   // kept in the file; without it the file says when it was drawn
    std::string qr, qr_caption;       // what the code holds, and the line under it
    std::vector<std::string> footer;  // small print: ledger proof, remedies
};
std::string notice_pdf(const Notice&);

// A file inside the PDF, which readers list under its name; "Data" in the sense of PDF/A-3.
struct Attachment {
    std::string name, media_type, description, bytes;
    Instant made_at{};
};
// Before signing: a signature covers it then.
std::string attach(std::string_view pdf, const Attachment&);

// A template is an SVG of one page whose viewBox is in points (data/licences/<type>.svg). A text with {{name}} in it gets
// its values: x, y, text-anchor, font-family, font-size, font-weight and fill are as SVG has them; `data-width` and
// `data-height` (otherwise one line) say what box, centred on its line, it is wrapped and shrunk into. What does not fit
// at 4 points ends in an ellipsis. The rectangle with id "qr" becomes the QR code of `qr`, the one with id "seal" the
// authority's seal; in the one with id "rows" the rows flow down, two beside each other where both are short, in letters that
// make all of them fit. Throws std::runtime_error for a template that is wrong or names a value that is not given.
struct LicenceRow {
    std::string label, value;
};
std::string licence_pdf(std::string_view svg, const std::vector<std::pair<std::string, std::string>>& values, std::string_view qr,
                        std::string_view seal, const std::vector<LicenceRow>& rows = {});

// PAdES-B: CMS detached, SubFilter ETSI.CAdES.detached, signingCertificateV2, no signingTime; visible to any reader.
std::string sign_pdf(std::string_view pdf, std::string_view certificate_pem, std::string_view key_pem, std::string_view reason,
                     std::string_view place, Instant at);

// SVG path of a QR code (error correction M), 1 unit a module, and its size in modules; PNG with `scale` pixels a
// module.
struct QrCode {
    int size;
    std::vector<bool> dark;  // row by row
};
QrCode qr_code(std::string_view content);
std::string qr_png(std::string_view content, int scale);
std::string qr_svg(std::string_view content);

// What the first bytes say an uploaded file is: nothing else is believed. Refuses PDFs with JavaScript, launch actions
// or encryption, images over 100 megapixels, and anything that does not parse to its end.
Result<FileType, FileRefusal> inspect_file(const std::string& path);
std::string_view media_type(FileType);

}  // namespace yimen::document
