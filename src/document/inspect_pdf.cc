#include <qpdf/FileInputSource.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <set>

#include "document/inflate_filter.h"
#include "document/inspect.h"

namespace yimen::document {
namespace {

// What an honest PDF has outside of its streams (whose content is never read here) is small; each byte of it may become
// an object of a hundred bytes in memory.
constexpr size_t most_structure = 8 << 20, most_objects = 500'000;
// A file whose table of objects is wrong is searched for them from end to end, as every reader does, up to this size.
constexpr size_t most_to_mend = 16 << 20;

struct TooMuch {};

class MeasuredInput final : public FileInputSource {
  public:
    MeasuredInput(const std::string& path, size_t budget) : FileInputSource(path.c_str()), budget_(budget) {}
    size_t read(char* buffer, size_t length) override {
        const auto got = FileInputSource::read(buffer, length);
        if (got > budget_) throw TooMuch{};
        budget_ -= got;
        return got;
    }

  private:
    size_t budget_;
};

// Actions and attachments that do something when the file is opened or clicked, and so have no place in an application.
bool active_key(const std::string& key) {
    static const std::set<std::string> keys{"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent"};
    return keys.count(key) > 0;
}

bool active_action(const std::string& kind) {
    static const std::set<std::string> kinds{"/JavaScript", "/Launch",    "/ImportData",      "/SubmitForm",
                                             "/GoToE",      "/Rendition", "/RichMediaExecute"};
    return kinds.count(kind) > 0;
}

// Looks into an object and what is written inside it; what it refers to is looked at in its own turn.
bool active(QPDFObjectHandle object) {
    if (object.isStream()) return object.getDict().isDictionaryOfType("/EmbeddedFile") || active(object.getDict());
    if (object.isArray()) {
        for (auto& element : object.getArrayAsVector())
            if (!element.isIndirect() && active(element)) return true;
        return false;
    }
    if (!object.isDictionary()) return false;
    for (auto& [key, value] : object.getDictAsMap()) {
        if (active_key(key) || (key == "/S" && value.isName() && active_action(value.getName()))) return true;
        if (!value.isIndirect() && active(value)) return true;
    }
    return false;
}

// A file cut short is recognised by this: a reader would mend the rest, and show fewer pages than were sent.
bool has_an_end(const std::string& path) {
    const File file(std::fopen(path.c_str(), "rb"));
    if (!file || std::fseek(file.get(), 0, SEEK_END) != 0) return false;
    const long size = std::ftell(file.get());
    std::string tail(static_cast<size_t>(std::min(size, 2048L)), '\0');
    std::fseek(file.get(), size - static_cast<long>(tail.size()), SEEK_SET);
    return std::fread(tail.data(), 1, tail.size(), file.get()) == tail.size() && tail.find("%%EOF") != std::string::npos;
}

std::optional<FileRefusal> look_through(QPDF& pdf) {
    if (pdf.isEncrypted()) return FileRefusal::encrypted;
    if (pdf.getObjectCount() > most_objects) return FileRefusal::too_large;
    const auto objects = pdf.getAllObjects();
    if (objects.size() > most_objects) return FileRefusal::too_large;
    for (auto& object : objects)
        if (active(object)) return FileRefusal::active_content;
    if (active(pdf.getTrailer())) return FileRefusal::active_content;
    return pdf.getAllPages().empty() ? std::optional<FileRefusal>(FileRefusal::damaged) : std::nullopt;
}

std::optional<FileRefusal> read_through(const std::string& path, bool mend, size_t budget) {
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    pdf.setAttemptRecovery(mend);
    try {
        pdf.processInputSource(std::make_shared<MeasuredInput>(path, budget));
        return look_through(pdf);
    } catch (const QPDFExc& problem) {
        return problem.getErrorCode() == qpdf_e_password ? FileRefusal::encrypted : FileRefusal::damaged;
    } catch (const TooMuch&) {
        return FileRefusal::too_large;
    } catch (const InflatedTooMuch&) {
        return FileRefusal::too_large;
    } catch (const std::exception&) {  // the library reports some kinds of damage by its standard exceptions
        return FileRefusal::damaged;
    }
}

}  // namespace

std::optional<FileRefusal> inspect_pdf(const std::string& path) {
    if (!has_an_end(path)) return FileRefusal::damaged;
    limit_inflating();
    const InflatingBudget structure(2 * most_structure);
    const auto seen = read_through(path, false, most_structure);
    const auto size = std::filesystem::file_size(path);
    if (seen != FileRefusal::damaged || size > most_to_mend) return seen;
    return read_through(path, true, size + most_structure);
}

}  // namespace yimen::document
