#pragma once
// For tests: a server on a free port, and a client that sends bytes as they are and reads what comes.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <future>

#include "base/text.h"
#include "web/server.h"

namespace yimen::web {

struct Answer {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
    std::string head, body;
    std::string_view header(std::string_view name) const {
        for (auto& [key, value] : headers)
            if (key == name) return value;
        return {};
    }
};

class Caller {
  public:
    explicit Caller(uint16_t port) : fd_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        open_ = connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    }
    Caller(const Caller&) = delete;
    ~Caller() { close(fd_); }
    int fd() const { return fd_; }
    bool connected() const { return open_; }

    // False where the server does not take it any more.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            auto n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (n <= 0) return false;
            bytes.remove_prefix(static_cast<size_t>(n));
        }
        return true;
    }
    // The next answer; status 0 where none comes whole within the time.
    Answer answer(bool to_head = false, std::chrono::milliseconds within = std::chrono::seconds(10)) {
        Answer got;
        auto end = until("\r\n\r\n", within);
        if (end == std::string::npos) return got;
        got.head = pending_.substr(0, end + 2);
        pending_.erase(0, end + 4);
        auto lines = split(got.head, '\n');
        got.status = std::atoi(got.head.substr(std::min<size_t>(9, got.head.size()), 3).c_str());
        for (size_t i = 1; i < lines.size(); ++i)
            if (auto colon = lines[i].find(':'); colon != std::string_view::npos)
                got.headers.emplace_back(lower_ascii(lines[i].substr(0, colon)), trim(lines[i].substr(colon + 1)));
        if (auto length = std::atoll(std::string(got.header("content-length")).c_str()); length > 0 && !to_head) {
            while (pending_.size() < static_cast<size_t>(length) && receive(within)) {
            }
            got.body = pending_.substr(0, static_cast<size_t>(length));
            pending_.erase(0, got.body.size());
        }
        return got;
    }
    Answer ask(std::string_view bytes) { return send(bytes) ? answer() : answer(); }
    // Everything until the server closes. Fails the test where it does not within the time.
    std::string rest(std::chrono::milliseconds within = std::chrono::seconds(10)) {
        auto deadline = std::chrono::steady_clock::now() + within;
        while (!closed_ && std::chrono::steady_clock::now() < deadline) receive(std::chrono::milliseconds(50));
        EXPECT_TRUE(closed_) << "the server keeps the connection open";
        return std::exchange(pending_, {});
    }
    bool closes_within(std::chrono::milliseconds within) {
        auto deadline = std::chrono::steady_clock::now() + within;
        while (!closed_ && std::chrono::steady_clock::now() < deadline) receive(std::chrono::milliseconds(20));
        return closed_;
    }
    // Reads until `text` stands in what came, and gives everything up to its end.
    std::string read_until(std::string_view text, std::chrono::milliseconds within = std::chrono::seconds(10)) {
        auto end = until(text, within);
        if (end == std::string::npos) return "";
        auto got = pending_.substr(0, end + text.size());
        pending_.erase(0, got.size());
        return got;
    }

  private:
    size_t until(std::string_view text, std::chrono::milliseconds within) {
        auto deadline = std::chrono::steady_clock::now() + within;
        for (;;) {
            if (auto at = pending_.find(text); at != std::string::npos) return at;
            if (closed_ || std::chrono::steady_clock::now() > deadline) return std::string::npos;
            receive(std::chrono::milliseconds(50));
        }
    }
    bool receive(std::chrono::milliseconds within) {
        pollfd ready{fd_, POLLIN, 0};
        if (poll(&ready, 1, static_cast<int>(within.count())) <= 0) return false;
        char bytes[16384];
        auto n = recv(fd_, bytes, sizeof bytes, 0);
        if (n <= 0) return closed_ = true, false;
        pending_.append(bytes, static_cast<size_t>(n));
        return true;
    }
    int fd_;
    bool open_ = false, closed_ = false;
    std::string pending_;
};

// A folder that goes away.
class Folder {
  public:
    Folder() {
        char name[] = "/tmp/yimen-web-test.XXXXXX";
        path_ = mkdtemp(name);
    }
    Folder(const Folder&) = delete;
    ~Folder() { std::filesystem::remove_all(path_); }
    std::filesystem::path operator/(std::string_view name) const { return path_ / name; }
    const std::filesystem::path& path() const { return path_; }
    size_t files() const { return static_cast<size_t>(std::distance(std::filesystem::directory_iterator(path_), {})); }

  private:
    std::filesystem::path path_;
};

inline ServerOptions quick_options() {
    ServerOptions options;
    options.port = 0;
    options.workers = 2;
    options.header_timeout = options.body_timeout = options.write_timeout = std::chrono::seconds(1);
    options.idle_timeout = std::chrono::seconds(2);
    options.drain = std::chrono::seconds(5);
    return options;
}

// Serves what a test adds to `router`, from start() on.
class Live {
  public:
    explicit Live(ServerOptions o = quick_options()) : options(std::move(o)) {}
    ~Live() { stop(); }
    void get(std::string pattern, Handler handler) {
        router.add({.method = Method::get, .pattern = std::move(pattern), .handler = std::move(handler), .act = "browse"});
    }
    void post(std::string pattern, Handler handler, uint64_t max_upload = 0) {
        router.add({.method = Method::post,
                    .pattern = std::move(pattern),
                    .handler = std::move(handler),
                    .act = "browse",
                    .max_upload = max_upload});
    }
    Server& start() {
        server.emplace(options, std::move(router), events, [](int status, const Request& request) {
            return text(status, fmt::format("error page {} for {}", status, request.path));
        });
        server->start();
        return *server;
    }
    void stop() { server.reset(); }
    uint16_t port() const { return server->port(); }

    ServerOptions options;
    Router router;
    EventHub events;
    std::optional<Server> server;
};

inline std::string get_request(std::string_view target, std::string_view headers = "") {
    return fmt::format("GET {} HTTP/1.1\r\nHost: localhost\r\n{}\r\n", target, headers);
}
inline std::string post_request(std::string_view target, std::string_view type, std::string_view body, std::string_view headers = "") {
    return fmt::format("POST {} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {}\r\nContent-Length: {}\r\n{}\r\n{}", target, type,
                       body.size(), headers, body);
}
inline constexpr std::string_view form_type = "application/x-www-form-urlencoded";

}  // namespace yimen::web
