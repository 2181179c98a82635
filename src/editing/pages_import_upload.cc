#include <fstream>

#include "base/text.h"
#include "catalogue/store_export.h"
#include "crypto/crypto.h"
#include "editing/pages_importing.h"

// Taking the bytes of a list in, and giving the tables out.
namespace yimen::editing {

namespace {

std::string first_bytes(const web::Upload& upload) {
    std::ifstream in(upload.file, std::ios::binary);
    std::string bytes(4096, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<size_t>(in.gcount()));
    return bytes;
}

std::vector<catalogue::Text> wrong_with(const std::vector<web::Upload>& uploads) {
    std::vector<catalogue::Text> all;
    if (uploads.empty()) all.push_back({"没有选择文件", "no file was chosen"});
    std::set<std::string_view> names;
    for (auto& upload : uploads) {
        if (auto wrong = wrong_with_file(upload.name, static_cast<int64_t>(upload.size), first_bytes(upload), uploads.size()))
            all.push_back(std::move(*wrong));
        if (!names.insert(upload.name).second) all.push_back(catalogue::told("“{}”选择了两次", "\"{}\" was chosen twice", upload.name));
    }
    const bool basic =
        names.contains("up_task_general_basic.csv") || std::ranges::any_of(names, [](auto name) { return name.ends_with(".xlsx"); });
    if (all.empty() && !basic)
        all.push_back({"缺少 up_task_general_basic.csv：其他表所说的事项都列在其中",
                       "up_task_general_basic.csv is missing: it names the items that the other tables tell of"});
    return all;
}

// A megabyte at a time, each in a short transaction of its own. Gives the digest over it all.
std::string keep_bytes(const Context& c, ImportId id) {
    std::string seen;
    auto& uploads = c.request.uploads;
    for (size_t file = 0; file < uploads.size(); ++file) {
        std::ifstream in(uploads[file].file, std::ios::binary);
        std::string bytes(piece_size, '\0');
        seen += fmt::format("{} {}\n", uploads[file].name, uploads[file].size);
        for (size_t place = 0; in.read(bytes.data(), static_cast<std::streamsize>(piece_size)), in.gcount() > 0; ++place) {
            const auto part = std::string_view(bytes).substr(0, static_cast<size_t>(in.gcount()));
            seen += crypto::hex(crypto::view(crypto::sm3(part)));
            c.site.database.write([&](db::Tx& tx) { keep_piece(tx, c.site.division, id, file, place, part); });
        }
    }
    return crypto::hex(crypto::view(crypto::sm3(seen)));
}

// Removed when the last byte has been sent.
struct Taken {
    std::filesystem::path path;
    std::ifstream in;
    std::mutex guard;
    ~Taken() {
        std::error_code ignored;
        std::filesystem::remove(path, ignored);
    }
};

Response streamed(std::filesystem::path path, std::string type, std::string name) {
    auto file = std::make_shared<Taken>();
    file->path = std::move(path);
    file->in.open(file->path, std::ios::binary);
    const auto size = std::filesystem::file_size(file->path);
    web::Stream stream{size, [file](uint64_t offset, uint64_t length) {
                           std::lock_guard lock(file->guard);
                           std::string bytes(length, '\0');
                           file->in.clear();
                           file->in.seekg(static_cast<std::streamoff>(offset));
                           file->in.read(bytes.data(), static_cast<std::streamsize>(length));
                           if (static_cast<uint64_t>(file->in.gcount()) != length) throw std::runtime_error("the export cannot be read");
                           return bytes;
                       }};
    return web::file(std::move(type), std::move(name), std::move(stream), true);
}

}  // namespace

Handed take_upload(const Context& c, const Parts& parts, const std::function<Response(const Import&)>& answer) {
    Handed handed;
    handed.wrong = wrong_with(c.request.uploads);
    if (!handed.wrong.empty() || !may_import(c.who(), c.today())) {
        if (handed.wrong.empty()) handed.answer = refusal_page(c, Refusal::not_permitted);
        return handed;
    }
    const auto id = make_id<ImportTag>();
    const auto digest = keep_bytes(c, id);
    std::vector<ImportFile> files;
    for (auto& upload : c.request.uploads) files.push_back({upload.name, static_cast<int64_t>(upload.size)});
    handed.answer = c.write([&](db::Tx& tx) -> Response {
        auto desk = desk_of(c, tx);
        auto import = hand_in(desk, id, files, digest);
        if (!import) return refusal_page(c, import.error());
        tell_import(c, tx, parts, id);
        handed.import = *import;
        return answer(*import);
    });
    // Refused, or the answer to a form that was sent twice: these bytes are nobody's.
    if (!c.read([&](db::Tx& tx) { return find_import(tx, c.site.division, id); }))
        c.site.database.write([&](db::Tx& tx) { forget_pieces(tx, c.site.division, id); });
    return handed;
}

std::optional<ImportId> import_of(const Context& c) { return parse_id<ImportTag>(c.request.param("import")); }

std::optional<Import> shown_import(const Context& c) {
    auto id = import_of(c);
    if (!id || !may_import(c.who(), c.today())) return std::nullopt;
    return c.read([&](db::Tx& tx) { return find_import(tx, c.site.division, *id); });
}

void tell_import(const Context& c, db::Tx& tx, const Parts& parts, ImportId id) {
    tx.after_commit([&events = c.site.events, about = import_topic(c.site.division, id), importer = parts.importer] {
        if (importer) importer->wake();
        events.publish(about, "work", "");
    });
}

int64_t page_of(const Context& c) {
    auto page = c.request.query.get("page");
    if (page.empty() || page.size() > 6 || !std::ranges::all_of(page, [](char d) { return d >= '0' && d <= '9'; })) return 1;
    return std::max(1, std::stoi(std::string(page)));
}

std::string kind_of(const Context& c, const Import& import) {
    auto kind = c.request.query.get("kind");
    for (auto known : {"fault", "new", "next"})
        if (kind == known) return known;
    return import.fault_count ? "fault" : import.added ? "new" : "next";
}

Response export_file(const Context& c, const Parts& parts) {
    // One at a time: a whole list keeps a worker and a disk busy for a while.
    static std::mutex one;
    std::unique_lock lock(one, std::try_to_lock);
    if (!lock) return c.refused(429, "editing", "export_busy").header("Retry-After", "10");
    const auto department = c.request.query.get("department"), format = c.request.query.get("format");
    if (format != "csv" && format != "xlsx") return c.refused(404, "editing", "export_format");
    auto items = parts.catalogue.all(c.today());
    if (!department.empty()) std::erase_if(items, [&](auto& item) { return item->department != department; });
    if (items.empty()) return c.refused(404, "editing", "export_empty");
    const std::filesystem::path folder = c.site.config.text("uploads");
    std::filesystem::create_directories(folder);
    const auto path = folder / (id_text(next_id()) + ".part");
    if (format == "csv")
        catalogue::write_csv_archive(c.site.database, c.site.division, items, parts.catalogue.themes(), path);
    else
        catalogue::write_workbook(c.site.database, c.site.division, items, parts.catalogue.themes(), path);
    const auto name = fmt::format("yimen-{}{}{}", c.site.division.code(), department.empty() ? "" : "-", department);
    if (format == "csv") return streamed(path, "application/zip", name + ".zip");
    return streamed(path, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name + ".xlsx");
}

}  // namespace yimen::editing
