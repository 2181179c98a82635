#pragma once
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/thread_pool.hpp>

#include "web/network.h"
#include "web/server.h"

namespace yimen::web {

struct Server::Inside {
    Inside(ServerOptions, Router, EventHub&, ErrorPage);

    ServerOptions options;
    Router router;
    EventHub& events;
    ErrorPage error_page;
    // Before the workers, who give back to them what they made.
    std::vector<std::unique_ptr<NetworkThread>> network;
    asio::basic_socket_acceptor<asio::ip::tcp, Executor> acceptor;
    std::optional<asio::ssl::context> tls;
    asio::thread_pool workers;

    std::atomic<bool> stopping = false;
    std::atomic<uint64_t> requests = 0, refused_busy = 0, connections = 0, streams = 0, at_work = 0;
    std::array<std::atomic<uint64_t>, 600> statuses{};

    // Runs the handler, the error page where it throws, and finishes the answer. On a worker, or at once.
    Response handle(const Route&, Request&);
    Response error(int status, const Request&);
    void count(const Request&, const Response&, std::string_view pattern, std::chrono::steady_clock::time_point began);
};

// Serves one client until it leaves or the server stops.
Await<void> serve_connection(Server::Inside&, NetworkThread&, Socket);

}  // namespace yimen::web
