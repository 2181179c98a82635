#pragma once
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "web/server.h"

namespace yimen::web {

struct Server::Inside {
    Inside(ServerOptions o, Router r, EventHub& e, ErrorPage p)
        : options(std::move(o)), router(std::move(r)), events(e), error_page(std::move(p)), workers(static_cast<size_t>(options.workers)) {}

    ServerOptions options;
    Router router;
    EventHub& events;
    ErrorPage error_page;
    boost::asio::io_context network;
    boost::asio::ip::tcp::acceptor acceptor{network};
    std::optional<boost::asio::ssl::context> tls;
    boost::asio::thread_pool workers;
    std::vector<std::thread> threads;

    std::atomic<bool> stopping = false;
    std::atomic<uint64_t> requests = 0, refused_busy = 0, connections = 0, streams = 0, at_work = 0;
    std::array<std::atomic<uint64_t>, 600> statuses{};

    // Connections that wait for a request: closed at once when the server stops. By their address in memory.
    std::mutex guard;
    std::unordered_map<const void*, std::function<void()>> idle;

    // Runs the handler, the error page where it throws, and finishes the answer. On a worker.
    Response handle(const Route&, Request&);
    Response error(int status, const Request&);
    void count(const Request&, const Response&, std::string_view pattern, std::chrono::steady_clock::time_point began);
};

// Serves one client until it leaves or the server stops.
boost::asio::awaitable<void> serve_connection(Server::Inside&, boost::asio::ip::tcp::socket);

}  // namespace yimen::web
