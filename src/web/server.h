#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "web/events.h"
#include "web/router.h"

namespace yimen::web {

struct ServerOptions {
    std::string address = "127.0.0.1";
    uint16_t port = 8080;  // 0: any free one
    int network_threads = 1;
    int workers = 4;
    size_t queue = 512;  // requests waiting for a worker; more are answered 503 with Retry-After
    std::chrono::seconds header_timeout{10}, body_timeout{60}, write_timeout{30}, idle_timeout{75}, drain{20};
    uint64_t max_header = 16 << 10;
    size_t max_connections = 16384;
    std::string certificate_file, key_file;    // both: TLS
    std::vector<std::string> trusted_proxies;  // addresses whose X-Forwarded-For and -Proto are believed
    std::string upload_folder;                 // where multipart files wait; made at start, emptied of leftovers
    // The status of an answer in place of an exception that left a handler: 503 for a database that is away, for example.
    std::function<int(std::exception_ptr)> status_for = [](std::exception_ptr) { return 500; };
};

// What pages must be answered in front of any handler (404, 405, 413, 431, 503, 500, 400): the app renders them in the user's language.
using ErrorPage = std::function<Response(int status, const Request&)>;

// Coroutines on network threads; handlers on workers. HTTP/1.1, keep-alive, HEAD, ranges, compression of pages.
// Every answer carries the security headers (Content-Security-Policy without inline anything, nosniff, no framing, referrer,
// HSTS under TLS) and X-Request-Id.
class Server {
  public:
    Server(ServerOptions, Router, EventHub&, ErrorPage);
    ~Server();
    // Binds; throws std::runtime_error saying what is in the way. Then port() is known.
    void start();
    uint16_t port() const;
    // Stops accepting, lets requests in flight finish within `drain`, ends event streams, joins. Safe to call twice.
    void stop();

    struct Figures {
        uint64_t requests, refused_busy, connections, event_streams, queue_length;
        std::vector<std::pair<int, uint64_t>> by_status;
    };
    Figures figures() const;

    struct Inside;

  private:
    std::unique_ptr<Inside> inside_;
};

}  // namespace yimen::web
