#include "web/multipart.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/id.h"
#include "base/text.h"

namespace yimen::web {

namespace {

constexpr size_t most_parts = 200, largest_field = 64 << 10, longest_head = 4096;
constexpr size_t small_file = 256 << 10;

// The value of `name` in "form-data; name=\"x\"; filename=\"y\"": quoted, with \" and \\ as browsers write them (or %22).
std::optional<std::string> parameter(std::string_view header, std::string_view name) {
    for (size_t at = header.find(';'); at != std::string_view::npos;) {
        ++at;
        while (at < header.size() && header[at] == ' ') ++at;
        auto equals = header.find('=', at);
        if (equals == std::string_view::npos) return std::nullopt;
        auto key = lower_ascii(trim(header.substr(at, equals - at)));
        std::string value;
        at = equals + 1;
        if (at < header.size() && header[at] == '"') {
            for (++at; at < header.size() && header[at] != '"'; ++at) {
                if (header[at] == '\\' && at + 1 < header.size() && (header[at + 1] == '"' || header[at + 1] == '\\')) ++at;
                value += header[at];
            }
            if (at == header.size()) return std::nullopt;
            ++at;
        } else {
            auto end = std::min(header.find(';', at), header.size());
            value = trim(header.substr(at, end - at));
            at = end;
        }
        if (key == name) return value;
        at = header.find(';', at);
    }
    return std::nullopt;
}

// The sender's name for the file, without folders and control characters.
std::string clean_name(std::string_view name) {
    auto slash = name.find_last_of("/\\");
    if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
    std::string clean;
    for (char c : name)
        if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) clean += c;
    return std::string(first_characters(trim(clean), 120));
}

struct Head {
    std::string name, file;
    bool is_file = false;
};
std::optional<Head> read_head(std::string_view text) {
    for (auto line : split(text, '\n')) {
        line = trim(line);
        auto colon = line.find(':');
        if (colon == std::string_view::npos || lower_ascii(trim(line.substr(0, colon))) != "content-disposition") continue;
        auto value = trim(line.substr(colon + 1));
        if (!lower_ascii(value.substr(0, 9)).starts_with("form-data")) return std::nullopt;
        auto name = parameter(value, "name"), file = parameter(value, "filename");
        if (!name || !valid_utf8(*name) || (file && !valid_utf8(*file))) return std::nullopt;
        return Head{*name, clean_name(file.value_or("")), file.has_value()};
    }
    return std::nullopt;
}

[[noreturn]] void not_written(const std::filesystem::path& path) {
    throw std::runtime_error(path.string() + ": the upload could not be written");
}

bool write_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        auto n = write(fd, bytes.data(), bytes.size());
        if (n <= 0) return false;
        bytes.remove_prefix(static_cast<size_t>(n));
    }
    return true;
}

void write_file(Upload& upload, const std::filesystem::path& folder, std::string_view bytes) {
    upload.file = folder / (id_text(next_id()) + ".part");
    int fd = open(upload.file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) not_written(upload.file);
    bool whole = write_all(fd, bytes);
    if (close(fd) != 0 || !whole) not_written(upload.file);
}

struct Descriptor {
    explicit Descriptor(int n) : number(n) {}
    Descriptor(const Descriptor&) = delete;
    ~Descriptor() { close(number); }
    int number;
};

// Making and removing a file costs more than everything else about a small one.
bool write_to_memory(Upload& upload, std::string_view bytes) {
    int fd = memfd_create("upload", MFD_CLOEXEC);
    if (fd < 0) return false;
    upload.in_memory = std::make_shared<const Descriptor>(fd);
    upload.file = fmt::format("/proc/self/fd/{}", fd);
    return write_all(fd, bytes);
}

}  // namespace

std::string multipart_boundary(std::string_view content_type) {
    if (!lower_ascii(content_type.substr(0, 19)).starts_with("multipart/form-data")) return "";
    auto boundary = parameter(content_type, "boundary").value_or("");
    if (boundary.size() > 70 || std::ranges::any_of(boundary, [](unsigned char c) { return c < 0x20 || c > 0x7e; })) return "";
    return boundary;
}

MultipartOutcome read_multipart(std::string_view body, std::string_view boundary, const std::filesystem::path& folder, uint64_t max_file,
                                Request& request) {
    auto delimiter = fmt::format("\r\n--{}", boundary);
    if (boundary.empty() || !body.starts_with(std::string_view(delimiter).substr(2))) return {};
    body.remove_prefix(delimiter.size() - 2);
    for (size_t parts = 0; parts <= most_parts; ++parts) {
        if (body.starts_with("--")) return {true, false};
        if (!body.starts_with("\r\n")) return {};
        body.remove_prefix(2);
        auto head_end = body.substr(0, longest_head).find("\r\n\r\n");
        auto head = head_end == std::string_view::npos ? std::nullopt : read_head(body.substr(0, head_end));
        if (!head) return {};
        body.remove_prefix(head_end + 4);
        auto end = body.find(delimiter);
        if (end == std::string_view::npos) return {};
        auto content = body.substr(0, end);
        body.remove_prefix(end + delimiter.size());
        if (!head->is_file) {
            if (content.size() > largest_field) return {false, true};
            if (!valid_utf8(content)) return {};
            request.form.add(std::move(head->name), std::string(content));
        } else if (!head->file.empty() || !content.empty()) {
            if (content.size() > max_file) return {false, true};
            auto& upload = request.uploads.emplace_back(Upload{std::move(head->name), std::move(head->file), {}, content.size()});
            if (content.size() > small_file || !write_to_memory(upload, content)) write_file(upload, folder, content);
        }
    }
    return {};
}

}  // namespace yimen::web
