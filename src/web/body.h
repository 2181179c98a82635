#pragma once
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/id.h"
#include "base/log.h"
#include "web/multipart.h"

namespace yimen::web {

// A body on its way to its parts: a file that goes when this does.
class BodyFile {
  public:
    explicit BodyFile(const std::filesystem::path& folder) : path_(folder / (id_text(next_id()) + ".body")) {}
    BodyFile(const BodyFile&) = delete;
    ~BodyFile() {
        if (data_) munmap(data_, size_);
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
    const std::filesystem::path& path() const { return path_; }
    // Mapped, not read: a large upload takes no memory.
    std::string_view bytes() {
        size_ = std::filesystem::file_size(path_);
        if (size_ == 0) return {};
        int fd = open(path_.c_str(), O_RDONLY | O_CLOEXEC);
        auto* mapped = fd < 0 ? MAP_FAILED : mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, fd, 0);
        if (fd >= 0) close(fd);
        if (mapped == MAP_FAILED) throw std::runtime_error(path_.string() + ": cannot be read");
        data_ = mapped;
        return {static_cast<const char*>(data_), size_};
    }

  private:
    std::filesystem::path path_;
    void* data_ = nullptr;
    size_t size_ = 0;
};

// Removes the files of a request when it ends.
class RemoveUploads {
  public:
    explicit RemoveUploads(const std::vector<Upload>& uploads) : uploads_(uploads) {}
    RemoveUploads(const RemoveUploads&) = delete;
    ~RemoveUploads() {
        std::error_code ignored;
        for (auto& upload : uploads_)
            if (!upload.in_memory) std::filesystem::remove(upload.file, ignored);
    }

  private:
    const std::vector<Upload>& uploads_;
};

}  // namespace yimen::web
