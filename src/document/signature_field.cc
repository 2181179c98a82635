#include "document/signature_field.h"

#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFWriter.hh>
#include <qpdf/QPDFXRefEntry.hh>

#include <stdexcept>

namespace yimen::document {
namespace {

using Object = QPDFObjectHandle;

// As wide as any offset of a file of less than 10 GB.
constexpr long long any_offset = 9'999'999'999;
constexpr int invisible = 4 | 128;             // print, locked (ISO 32000-1, 12.5.3)
constexpr int signed_and_append_only = 1 | 2;  // ISO 32000-1, 12.7.2

Object name(const char* text) { return Object::newName(text); }
Object numbers(std::initializer_list<long long> all) {
    auto array = Object::newArray();
    for (auto number : all) array.appendItem(Object::newInteger(number));
    return array;
}

// The signature dictionary (ISO 32000-1, 12.8.1), with digits of nothing where the signature comes.
Object signature(QPDF& pdf, const SignatureField& field) {
    auto made = Object::newDictionary();
    made.replaceKey("/Type", name("/Sig"));
    made.replaceKey("/Filter", name("/Adobe.PPKLite"));
    made.replaceKey("/SubFilter", name("/ETSI.CAdES.detached"));
    made.replaceKey("/ByteRange", numbers({0, any_offset, any_offset, any_offset}));
    made.replaceKey("/Contents", Object::newString(std::string(field.room, '\0')));
    made.replaceKey("/M", Object::newString(field.signed_at));
    if (!field.reason.empty()) made.replaceKey("/Reason", Object::newUnicodeString(field.reason));
    if (!field.place.empty()) made.replaceKey("/Location", Object::newUnicodeString(field.place));
    return pdf.makeIndirectObject(made);
}

// Form field and annotation in one, of no size on the first page: readers list it among the signatures.
Object widget(QPDF& pdf, Object signature) {
    auto page = pdf.getAllPages().front();
    auto made = Object::newDictionary();
    made.replaceKey("/Type", name("/Annot"));
    made.replaceKey("/Subtype", name("/Widget"));
    made.replaceKey("/FT", name("/Sig"));
    made.replaceKey("/T", Object::newUnicodeString("signature"));
    made.replaceKey("/V", signature);
    made.replaceKey("/F", Object::newInteger(invisible));
    made.replaceKey("/Rect", numbers({0, 0, 0, 0}));
    made.replaceKey("/P", page);
    auto indirect = pdf.makeIndirectObject(made);
    if (!page.getKey("/Annots").isArray()) page.replaceKey("/Annots", Object::newArray());
    page.getKey("/Annots").appendItem(indirect);
    return indirect;
}

void add_to_form(QPDF& pdf, Object field) {
    auto root = pdf.getRoot();
    if (!root.getKey("/AcroForm").isDictionary()) root.replaceKey("/AcroForm", Object::newDictionary());
    auto form = root.getKey("/AcroForm");
    if (form.getKey("/SigFlags").isInteger() && form.getKey("/SigFlags").getIntValue() & 1)
        throw std::runtime_error("A PDF that is signed already cannot be signed again");
    if (!form.getKey("/Fields").isArray()) form.replaceKey("/Fields", Object::newArray());
    form.getKey("/Fields").appendItem(field);
    form.replaceKey("/SigFlags", Object::newInteger(signed_and_append_only));
}

// CAdES signatures came to PDF 1.7 by an extension of ETSI (EN 319 142-1, 5.6).
void declare_extension(QPDF& pdf) {
    auto etsi = Object::newDictionary();
    etsi.replaceKey("/BaseVersion", name("/1.7"));
    etsi.replaceKey("/ExtensionLevel", Object::newInteger(1));
    auto extensions = Object::newDictionary();
    extensions.replaceKey("/ESIC", etsi);
    pdf.getRoot().replaceKey("/Extensions", extensions);
}

// Where a text begins, no earlier than `from`.
size_t place_of(const std::string& pdf, const std::string& text, size_t from) {
    const auto found = pdf.find(text, from);
    if (found == std::string::npos) throw std::runtime_error("A PDF was written without " + text);
    return found;
}

// Finds the signature in the object as it was written, and says in ByteRange what is covered.
Unsigned with_byte_range(std::string pdf, size_t object) {
    const std::string before_range = "/ByteRange [", before_hole = "/Contents <";
    const auto range = place_of(pdf, before_range, object) + before_range.size();
    const auto hole = place_of(pdf, before_hole, range) + before_hole.size() - 1;
    const auto hole_end = place_of(pdf, ">", hole) + 1;
    const auto range_end = place_of(pdf, "]", range);
    auto covered = " 0 " + std::to_string(hole) + " " + std::to_string(hole_end) + " " + std::to_string(pdf.size() - hole_end);
    covered.resize(range_end - range, ' ');
    pdf.replace(range, covered.size(), covered);
    return {std::move(pdf), hole, hole_end};
}

}  // namespace

Unsigned with_signature_field(std::string_view bytes, const SignatureField& field) {
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    pdf.setAttemptRecovery(false);
    pdf.processMemoryFile("document", bytes.data(), bytes.size());
    if (pdf.getAllPages().empty()) throw std::runtime_error("A PDF without a page cannot be signed");
    auto made = signature(pdf, field);
    add_to_form(pdf, widget(pdf, made));
    declare_extension(pdf);
    QPDFWriter writer(pdf);
    writer.setOutputMemory();
    writer.setDeterministicID(true);
    writer.setMinimumPDFVersion("1.7");
    writer.setObjectStreamMode(qpdf_o_disable);
    writer.setDecodeLevel(qpdf_dl_none);
    writer.write();
    const auto written = writer.getBufferSharedPointer();
    const auto place = writer.getWrittenXRefTable().at(writer.getRenumberedObjGen(made.getObjGen())).getOffset();
    return with_byte_range({reinterpret_cast<const char*>(written->getBuffer()), written->getSize()}, static_cast<size_t>(place));
}

}  // namespace yimen::document
