#pragma once
#include <any>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace yimen::web {

enum class Method { get, head, post, put, patch, del };

// Decoded name=value pairs, in order. A name may stand more than once (check boxes).
class Fields {
  public:
    void add(std::string name, std::string value) { pairs_.emplace_back(std::move(name), std::move(value)); }
    // The first value, or empty.
    std::string_view get(std::string_view name) const;
    std::optional<std::string_view> find(std::string_view name) const;
    std::vector<std::string_view> all(std::string_view name) const;
    bool has(std::string_view name) const { return find(name).has_value(); }
    auto begin() const { return pairs_.begin(); }
    auto end() const { return pairs_.end(); }
    bool empty() const { return pairs_.empty(); }

  private:
    std::vector<std::pair<std::string, std::string>> pairs_;
};

// A file of a multipart body, removed when the request ends. A small one waits in memory, where its path leads too. `name` is the sender's word for it, cleaned of
// paths and control characters; its declared type is not kept, since only the bytes tell.
struct Upload {
    std::string field, name;
    std::filesystem::path file;
    uint64_t size = 0;
    std::shared_ptr<const void> in_memory = {};  // keeps a small one until the request ends
};

// Everything is UTF-8 and decoded once: the server refuses (400) malformed escapes, bad UTF-8 and NUL before a handler runs.
struct Request {
    Method method = Method::get;
    std::string path;                     // decoded, begins with "/"
    std::string target;                   // as sent, path and query
    Fields query, form, cookies, params;  // params: the route's {names}
    std::vector<Upload> uploads;
    std::string body;                                          // where it is not a form: JSON
    std::string client;                                        // address; from X-Forwarded-For only behind a trusted proxy
    bool secure = false;                                       // came by TLS (here, or at a trusted proxy)
    std::string id;                                            // of this request, in every log line and error page
    std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
    std::any state;                                            // what a filter in front left for the handler

    std::string_view header(std::string_view lower_case_name) const;
    std::string_view param(std::string_view name) const { return params.get(name); }
    bool wants_json() const;  // under /api/, or Accept prefers JSON to HTML
};

}  // namespace yimen::web
