#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <stdexcept>

#include "crypto/crypto.h"

namespace yimen::crypto {
namespace {

[[noreturn]] void fail(const std::string& path, std::string_view why) { throw std::runtime_error(fmt::format("{}: {}", path, why)); }
[[noreturn]] void fail_with_errno(const std::string& path) { fail(path, std::strerror(errno)); }

class File {
  public:
    File(const std::string& path, int flags) : path_(path), fd_(open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
    File(const File&) = delete;
    ~File() {
        if (fd_ >= 0) close(fd_);
    }
    bool is_open() const { return fd_ >= 0; }
    int fd() const { return fd_; }

    void must_be_private() const {
        struct stat status {};
        if (fstat(fd_, &status) != 0) fail_with_errno(path_);
        if (status.st_mode & 077) fail(path_, "others may read this; take their rights away with chmod go=");
    }
    std::string read_all() const {
        std::string text;
        char part[4096];
        ssize_t count;
        while ((count = read(fd_, part, sizeof part)) > 0) text.append(part, static_cast<size_t>(count));
        if (count < 0) fail_with_errno(path_);
        return text;
    }
    void write_all(std::string_view text) const {
        while (!text.empty()) {
            const auto count = ::write(fd_, text.data(), text.size());
            if (count < 0) fail_with_errno(path_);
            text.remove_prefix(static_cast<size_t>(count));
        }
        if (fsync(fd_) != 0) fail_with_errno(path_);
    }

  private:
    std::string path_;
    int fd_;
};

// The folder, held locked while keys are made: two nodes that start at once must end with the same keys.
class KeyFolder {
  public:
    KeyFolder(const std::string& path, bool make) : path_(made(path, make)), file_(path, O_RDONLY | O_DIRECTORY), make_(make) {
        if (!file_.is_open()) fail(path, "the folder of keys is missing; make one with `yimen keys make`");
        file_.must_be_private();
        if (make && flock(file_.fd(), LOCK_EX) != 0) fail_with_errno(path);
    }

    std::optional<std::string> find(const std::string& name) const {
        const File file(path_ + "/" + name, O_RDONLY);
        if (!file.is_open()) {
            if (errno == ENOENT) return std::nullopt;
            fail_with_errno(path_ + "/" + name);
        }
        file.must_be_private();
        return file.read_all();
    }

    template <class F>
    std::string find_or_make(const std::string& name, F&& make_text) const {
        if (auto text = find(name)) return *text;
        if (!make_) fail(path_ + "/" + name, "the key is missing; restore it, or make new ones with `yimen keys make`");
        std::string text = make_text();
        save(name, text);
        return text;
    }

  private:
    static const std::string& made(const std::string& path, bool make) {
        if (make && mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) fail_with_errno(path);
        return path;
    }
    // Written beside its name and renamed: a power cut leaves a whole key or none.
    void save(const std::string& name, const std::string& text) const {
        const auto path = path_ + "/" + name, unfinished = path + ".new";
        {
            const File file(unfinished, O_WRONLY | O_CREAT | O_TRUNC);
            if (!file.is_open()) fail_with_errno(unfinished);
            file.write_all(text);
        }
        if (std::rename(unfinished.c_str(), path.c_str()) != 0 || fsync(file_.fd()) != 0) fail_with_errno(path);
    }

    std::string path_;
    File file_;
    bool make_;
};

std::string secret_32(const KeyFolder& folder, const std::string& name) {
    auto text = folder.find_or_make(name, [] { return hex(random_bytes(32)) + "\n"; });
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    auto bytes = from_hex(text);
    if (!bytes || bytes->size() != 32) fail(name, "a key here has 64 hexadecimal digits");
    return *bytes;
}

// The key first: where only it got written, a certificate is made for it, while a certificate without its key is an
// error.
SealCertificate seal(const KeyFolder& folder) {
    constexpr auto name = "奉贤区行政服务中心 (示范)";
    const bool certified = folder.find("seal_certificate.pem").has_value();
    const auto key = folder.find_or_make("seal_key.pem", [&] {
        if (certified) fail("seal_key.pem", "the key of seal_certificate.pem is missing");
        return SealCertificate::make(name).key_pem;
    });
    return {folder.find_or_make("seal_certificate.pem", [&] { return SealCertificate::make(name, key).chain_pem; }), key};
}

}  // namespace

Keys Keys::load(const std::string& path, bool make) {
    const KeyFolder folder(path, make);
    const auto fields = secret_32(folder, "fields.key");
    const auto ledger = folder.find_or_make("ledger.pem", [] { return Sm2Key::generate().private_pem(); });
    const auto session = secret_32(folder, "session.key");
    const auto [chain, key] = seal(folder);
    return {FieldCipher(fields), Sm2Key::from_pem(ledger), session, chain, key};
}

}  // namespace yimen::crypto
