#include "document/attached_file.h"

#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFEFStreamObjectHelper.hh>
#include <qpdf/QPDFEmbeddedFileDocumentHelper.hh>
#include <qpdf/QPDFFileSpecObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>

namespace yimen::document {

// Written with an id made of the content, so that the same notice gives the same file.
std::string with_attached_file(std::string_view pdf, const AttachedFile& file) {
    QPDF document;
    document.processMemoryFile("document", pdf.data(), pdf.size());
    auto stream = QPDFEFStreamObjectHelper::createEFStream(document, file.bytes);
    stream.setSubtype(file.media_type).setCreationDate(file.made_at).setModDate(file.made_at);
    auto spec = QPDFFileSpecObjectHelper::createFileSpec(document, file.name, stream);
    spec.setDescription(file.description);
    spec.getObjectHandle().replaceKey("/AFRelationship", QPDFObjectHandle::newName("/Data"));
    QPDFEmbeddedFileDocumentHelper(document).replaceEmbeddedFile(file.name, spec);
    auto associated = QPDFObjectHandle::newArray();
    associated.appendItem(spec.getObjectHandle());
    document.getRoot().replaceKey("/AF", associated);
    QPDFWriter writer(document);
    writer.setOutputMemory();
    writer.setDeterministicID(true);
    writer.write();
    auto written = writer.getBufferSharedPointer();
    return {reinterpret_cast<const char*>(written->getBuffer()), written->getSize()};
}

}  // namespace yimen::document
