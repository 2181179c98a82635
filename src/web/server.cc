#include <sys/resource.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "base/log.h"
#include "web/events_inside.h"
#include "web/finish.h"
#include "web/server_inside.h"

namespace yimen::web {

using asio::ip::tcp;

namespace {

std::string_view word(Method m) {
    constexpr std::string_view words[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};
    return words[static_cast<int>(m)];
}

// Files of requests that a crash cut off.
void empty_folder(const std::string& folder) {
    if (folder.empty()) return;
    std::filesystem::create_directories(folder);
    // What people send is theirs and ours: identity cards, contracts.
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
    for (auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".part" || entry.path().extension() == ".body") std::filesystem::remove(entry.path());
}

// Each client takes a descriptor, and so do files and databases.
void allow_descriptors(size_t clients) {
    constexpr rlim_t besides = 512;
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    auto wanted = clients + besides;
    if (limit.rlim_cur >= wanted) return;
    limit.rlim_cur = std::min<rlim_t>(wanted, limit.rlim_max);
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur < wanted)
        log::warning("few_descriptors", {{"allowed", limit.rlim_cur}, {"wanted", wanted}});
}

// Clients are dealt to the network threads in turn.
Await<void> accept_clients(Server::Inside& server) {
    for (size_t turn = 0;; ++turn) {
        Failed failed;
        auto& thread = *server.network[turn % server.network.size()];
        auto socket = co_await server.acceptor.async_accept(thread.context.get_executor(), quietly(failed));
        if (server.stopping) co_return;
        if (failed) {  // out of descriptors, most likely: wait for some to come free
            log::warning("accept_failed", {{"why", failed.message()}});
            Timer pause(server.acceptor.get_executor(), std::chrono::milliseconds(100));
            co_await pause.async_wait(quietly(failed));
            continue;
        }
        if (server.connections >= server.options.max_connections) continue;  // closes it
        ++server.connections;
        socket.set_option(tcp::no_delay(true), failed);
        asio::co_spawn(thread.context, serve_connection(server, thread, std::move(socket)), asio::detached);
    }
}

std::vector<std::unique_ptr<NetworkThread>> threads(int n) {
    std::vector<std::unique_ptr<NetworkThread>> all;
    for (int i = 0; i < n; ++i) all.push_back(std::make_unique<NetworkThread>());
    return all;
}

}  // namespace

Server::Inside::Inside(ServerOptions o, Router r, EventHub& e, ErrorPage p)
    : options(std::move(o)),
      router(std::move(r)),
      events(e),
      error_page(std::move(p)),
      network(threads(options.network_threads)),
      acceptor(network.front()->context),
      workers(static_cast<size_t>(options.workers)) {}

Response Server::Inside::error(int status, const Request& request) try {
    auto response = error_page(status, request);
    if (status == 503 || status == 429) response.header("Retry-After", "2");
    return response;
} catch (const std::exception& e) {
    log::error("error_page_failed", {{"why", e.what()}, {"request", request.id}});
    return text(status, "");
}

Response Server::Inside::handle(const Route& route, Request& request) {
    Response response;
    try {
        response = route.handler(request);
    } catch (...) {
        auto failure = std::current_exception();
        auto status = options.status_for(failure);
        try {
            std::rethrow_exception(failure);
        } catch (const std::exception& e) {
            log::error("request_failed", {{"why", e.what()}, {"route", route.pattern}, {"request", request.id}, {"status", status}});
        } catch (...) {
        }
        response = error(status, request);
    }
    finish(request, response);
    return response;
}

void Server::Inside::count(const Request& request, const Response& response, std::string_view pattern,
                           std::chrono::steady_clock::time_point began) {
    ++requests;
    ++statuses[static_cast<size_t>(std::clamp(response.status, 0, 599))];
    auto took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began).count();
    log::soon(log::Level::info, "request",
              {{"method", word(request.method)}, {"route", pattern}, {"status", response.status}, {"us", took}, {"request", request.id}});
}

Server::Server(ServerOptions options, Router router, EventHub& events, ErrorPage page)
    : inside_(std::make_unique<Inside>(std::move(options), std::move(router), events, std::move(page))) {}

Server::~Server() { stop(); }

void Server::start() {
    auto& in = *inside_;
    allow_descriptors(in.options.max_connections);
    empty_folder(in.options.upload_folder);
    if (!in.options.certificate_file.empty() || !in.options.key_file.empty()) {
        in.tls.emplace(asio::ssl::context::tls_server);
        in.tls->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1);
        // A stream of events that says nothing keeps no 34 KB of buffers.
        SSL_CTX_set_mode(in.tls->native_handle(), SSL_MODE_RELEASE_BUFFERS);
        in.tls->use_certificate_chain_file(in.options.certificate_file);
        in.tls->use_private_key_file(in.options.key_file, asio::ssl::context::pem);
    }
    try {
        tcp::endpoint endpoint(asio::ip::make_address(in.options.address), in.options.port);
        in.acceptor.open(endpoint.protocol());
        in.acceptor.set_option(asio::socket_base::reuse_address(true));
        in.acceptor.bind(endpoint);
        in.acceptor.listen(4096);
    } catch (const boost::system::system_error& e) {
        throw std::runtime_error(fmt::format("cannot listen on {} port {}: {}", in.options.address, in.options.port, e.code().message()));
    }
    asio::co_spawn(in.acceptor.get_executor(), accept_clients(in), asio::detached);
    for (auto& thread : in.network) {
        asio::co_spawn(thread->context, thread->watch_deadlines(), asio::detached);
        thread->thread = std::thread([&context = thread->context] { context.run(); });
    }
}

uint16_t Server::port() const { return inside_->acceptor.local_endpoint().port(); }

void Server::stop() {
    auto& in = *inside_;
    if (in.stopping.exchange(true)) return;
    asio::post(in.acceptor.get_executor(), [&in] {
        Failed ignored;
        in.acceptor.close(ignored);
    });
    for (auto& thread : in.network) thread->let_go();
    auto deadline = std::chrono::steady_clock::now() + in.options.drain;
    bool started = in.network.front()->thread.joinable();
    while (in.connections > 0 && std::chrono::steady_clock::now() < deadline && started)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    for (auto& thread : in.network) thread->context.stop();
    for (auto& thread : in.network)
        if (thread->thread.joinable()) thread->thread.join();
    in.workers.join();
}

Server::Figures Server::figures() const {
    auto& in = *inside_;
    Figures f{in.requests, in.refused_busy, in.connections, in.streams, in.at_work, {}};
    for (size_t i = 0; i < in.statuses.size(); ++i)
        if (auto n = in.statuses[i].load()) f.by_status.emplace_back(static_cast<int>(i), n);
    return f;
}

}  // namespace yimen::web
