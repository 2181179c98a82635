#include "web/compress.h"

#include <brotli/encode.h>
#include <zlib.h>

#include <list>
#include <mutex>

#include "base/text.h"

namespace yimen::web {

namespace {

constexpr size_t worth_compressing = 1024, remembered_bytes = 16 << 20;

std::string gzip(std::string_view text) {
    z_stream z{};
    if (deflateInit2(&z, 5, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) return "";
    std::string out(deflateBound(&z, text.size()), '\0');
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    z.avail_in = static_cast<uInt>(text.size());
    z.next_out = reinterpret_cast<Bytef*>(out.data());
    z.avail_out = static_cast<uInt>(out.size());
    bool whole = deflate(&z, Z_FINISH) == Z_STREAM_END;
    out.resize(z.total_out);
    deflateEnd(&z);
    return whole ? out : "";
}

std::string brotli(std::string_view text) {
    std::string out(BrotliEncoderMaxCompressedSize(text.size()), '\0');
    size_t size = out.size();
    if (!BrotliEncoderCompress(4, 18, BROTLI_MODE_TEXT, text.size(), reinterpret_cast<const uint8_t*>(text.data()), &size,
                               reinterpret_cast<uint8_t*>(out.data())))
        return "";
    out.resize(size);
    return out;
}

// What was packed lately, by its very bytes; the oldest goes when there is no room.
class Remembered {
  public:
    std::shared_ptr<const std::string> find(char kind, const std::string& plain) {
        const Key key(kind, plain);
        std::lock_guard hold(guard_);
        auto found = by_plain_.find(key);
        return found == by_plain_.end() ? nullptr : found->second->packed;
    }
    void keep(char kind, std::string plain, std::shared_ptr<const std::string> packed) {
        const Key key(kind, plain);
        std::lock_guard hold(guard_);
        if (by_plain_.contains(key)) return;
        size_ += plain.size() + packed->size();
        in_order_.push_back({kind, std::move(plain), std::move(packed)});
        by_plain_.emplace(Key(kind, in_order_.back().plain), std::prev(in_order_.end()));
        while (size_ > remembered_bytes) {
            auto& oldest = in_order_.front();
            size_ -= oldest.plain.size() + oldest.packed->size();
            by_plain_.erase(Key(oldest.kind, oldest.plain));
            in_order_.pop_front();
        }
    }

  private:
    struct Page {
        char kind;
        std::string plain;
        std::shared_ptr<const std::string> packed;
    };
    // Hashed before the lock is taken.
    struct Key {
        Key(char k, std::string_view p) : kind(k), plain(p), hash(std::hash<std::string_view>()(p) + static_cast<size_t>(k)) {}
        bool operator==(const Key& other) const { return kind == other.kind && plain == other.plain; }
        char kind;
        std::string_view plain;
        size_t hash;
    };
    struct Hash {
        size_t operator()(const Key& key) const { return key.hash; }
    };
    std::mutex guard_;
    size_t size_ = 0;
    std::list<Page> in_order_;
    std::unordered_map<Key, std::list<Page>::iterator, Hash> by_plain_;
};

std::string packed(char kind, const std::string& plain) { return kind == 'b' ? brotli(plain) : gzip(plain); }

bool has(const Response& response, std::string_view name) {
    return std::ranges::any_of(response.headers, [&](auto& h) { return h.first == name; });
}

// "gzip, br;q=0" accepts the first and not the second (RFC 9110, 12.5.3).
bool accepts(std::string_view header, std::string_view coding) {
    for (auto one : split(header, ',')) {
        auto parts = split(one, ';');
        if (trim(parts[0]) != coding) continue;
        auto weight = parts.size() > 1 ? trim(parts[1]) : std::string_view("q=1");
        return weight.find_first_not_of("q=0.") != std::string_view::npos;
    }
    return false;
}

bool is_text(const Response& response) {
    return std::ranges::any_of(response.headers, [](auto& h) {
        return h.first == "Content-Type" && (h.second.starts_with("text/html") || h.second.find("json") != std::string::npos);
    });
}

}  // namespace

// The tokens in a page are masked anew each time, so that its compressed length tells nothing about them.
void compress(const Request& request, Response& response) {
    auto* body = std::get_if<std::string>(&response.body);
    if (!body || body->size() < worth_compressing || has(response, "Content-Encoding") || !is_text(response)) return;
    response.header("Vary", "Accept-Encoding");
    auto accepted = request.header("accept-encoding");
    char kind = accepts(accepted, "br") ? 'b' : accepts(accepted, "gzip") ? 'g' : 0;
    if (!kind) return;
    static Remembered remembered;
    auto known = response.for_anybody ? remembered.find(kind, *body) : nullptr;
    if (!known) {
        known = std::make_shared<const std::string>(packed(kind, *body));
        if (known->empty()) return;
        if (response.for_anybody) remembered.keep(kind, std::move(*body), known);
    }
    *body = *known;
    response.header("Content-Encoding", kind == 'b' ? "br" : "gzip");
}

}  // namespace yimen::web
