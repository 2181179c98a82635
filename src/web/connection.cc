#include "web/connection.h"

#include "base/id.h"
#include "base/log.h"
#include "web/connection_body.h"
#include "web/connection_send.h"
#include "web/finish.h"
#include "web/read_request.h"

namespace yimen::web {

namespace {

constexpr size_t first_read = 2 << 10, next_read = 8 << 10;

// What a reader of a request stumbles over, as opposed to a client that left.
bool malformed(const Failed& failed) {
    return failed.category() == http::make_error_code(http::error::bad_method).category() && failed != http::error::end_of_stream &&
           failed != http::error::partial_message;
}

std::string allowed_methods(const std::vector<Method>& methods) {
    constexpr std::pair<Method, std::string_view> words[] = {
        {Method::get, "GET, HEAD"}, {Method::post, "POST"}, {Method::put, "PUT"}, {Method::patch, "PATCH"}, {Method::del, "DELETE"}};
    std::string all;
    for (auto& [method, word] : words)
        if (std::ranges::count(methods, method)) all += (all.empty() ? "" : ", ") + std::string(word);
    return all;
}

}  // namespace

int status_of(const Failed& failed, bool timed_out) {
    if (failed == http::error::body_limit) return 413;
    for (auto ours : {std::errc::no_space_on_device, std::errc::io_error, std::errc::read_only_file_system})
        if (failed == ours) return 503;  // the folder of uploads is full or broken
    if (malformed(failed)) return 400;
    return timed_out ? 408 : 0;
}

template <class S>
Connection<S>::Connection(Server::Inside& server, NetworkThread& thread, S stream, std::string peer)
    : server_(server), thread_(thread), stream_(std::move(stream)), peer_(std::move(peer)) {
    thread_.clients.insert(this);
}

template <class S>
Connection<S>::~Connection() {
    thread_.clients.erase(this);
}

template <class S>
void Connection<S>::cancel() {
    Failed ignored;
    socket().cancel(ignored);
}

// Until the request's head is whole the connection may be closed by a server that stops.
template <class S>
Await<Failed> Connection<S>::read_head(Head& head) {
    Failed failed;
    idle = true;
    wait_until_after(first_ ? server_.options.header_timeout : server_.options.idle_timeout);
    while (!server_.stopping) {
        if (buffer_.size() > 0) {
            buffer_.consume(head.put(buffer_.data(), failed));
            if (failed != http::error::need_more) break;
            failed = {};
        }
        auto space = buffer_.prepare(buffer_.size() == 0 ? first_read : next_read);
        auto n = co_await stream_.async_read_some(space, quietly(failed));
        if (failed) break;
        buffer_.commit(n);
        // Whoever has begun a request has to end it soon.
        if (!first_ && deadline > std::chrono::steady_clock::now() + server_.options.header_timeout)
            wait_until_after(server_.options.header_timeout);
    }
    idle = first_ = false;
    deadline = never;
    if (!failed && !head.is_header_done()) failed = asio::error::operation_aborted;
    co_return failed;
}

template <class S>
Await<Response> Connection<S>::work(std::function<Response()> f, Full full) {
    if (server_.at_work.fetch_add(1) >= server_.options.queue + static_cast<size_t>(server_.options.workers) && full == Full::refuse) {
        --server_.at_work;
        ++server_.refused_busy;
        Response busy = text(503, "The service is busy. Please try again in a few seconds. 服务繁忙，请稍后重试。\n");
        busy.header("Retry-After", "2");
        co_return busy;
    }
    Response answer;
    std::exception_ptr thrown;
    co_await asio::async_initiate<const asio::use_awaitable_t<Executor>, void()>(
        [&](auto resume) {
            asio::post(server_.workers, [&, resume = std::move(resume), executor = thread_.context.get_executor()]() mutable {
                try {
                    answer = f();
                } catch (...) {
                    thrown = std::current_exception();
                }
                asio::post(executor, std::move(resume));
            });
        },
        asio::use_awaitable_t<Executor>());
    --server_.at_work;
    if (thrown) std::rethrow_exception(thrown);
    co_return answer;
}

template <class S>
Await<bool> Connection<S>::refuse(int status, Request& request, bool keep, std::string allow) {
    auto began = std::chrono::steady_clock::now();
    std::function<Response()> page = [&] {
        auto made = server_.error(status, request);
        if (!allow.empty() && status == 405) made.header("Allow", allow);
        finish(request, made);
        return made;
    };
    auto response = co_await work(page);
    server_.count(request, response, "-", began);
    bool again = co_await send(request, std::move(response), keep);
    co_return again;
}

template <class S>
Await<bool> Connection<S>::one_request() {
    Head head;
    head.header_limit(static_cast<uint32_t>(server_.options.max_header));
    head.body_limit(boost::none);
    auto failed = co_await read_head(head);
    Request request;
    request.id = id_text(next_id());
    if (failed == http::error::header_limit || (failed && malformed(failed))) {
        bool again = co_await refuse(failed == http::error::header_limit ? 431 : 400, request, false);
        co_return again;
    }
    if (failed) co_return false;
    auto began = std::chrono::steady_clock::now();
    auto keep = head.get().keep_alive() && !server_.stopping;
    auto method = method_of(head.get().method());
    if (!web::read_head(head.get(), request)) {
        bool again = co_await refuse(400, request, false);
        co_return again;
    }
    read_client(peer_, tls, server_.options.trusted_proxies, request);
    if (!method) {
        bool again = co_await refuse(405, request, false, "GET, HEAD, POST, PUT, PATCH, DELETE");
        co_return again;
    }
    request.method = *method;
    auto found = server_.router.match(*method, std::string_view(request.target).substr(0, request.target.find('?')));
    bool has_body = !head.is_done();
    if (!found.route) {
        bool again = co_await refuse(found.allowed.empty() ? 404 : 405, request, keep && !has_body, allowed_methods(found.allowed));
        co_return again;
    }
    request.params = std::move(found.params);
    RemoveUploads remove(request.uploads);
    if (has_body) {
        auto status = co_await read_body(head, *found.route, request);
        if (status == 0) co_return false;
        if (status != 200) {
            bool again = co_await refuse(status, request, false);
            co_return again;
        }
    }
    Response response;
    if (found.route->at_once && found.route->at_once(request)) {
        response = server_.handle(*found.route, request);
    } else {
        std::function<Response()> handle = [&] { return server_.handle(*found.route, request); };
        response = co_await work(handle);
    }
    server_.count(request, response, found.route->pattern, began);
    bool again = co_await send(request, std::move(response), keep && !server_.stopping);
    co_return again;
}

template <class S>
Await<void> Connection<S>::serve() {
    Failed failed;
    if constexpr (tls) {
        idle = true;
        if (server_.stopping) co_return;
        wait_until_after(server_.options.header_timeout);
        co_await stream_.async_handshake(asio::ssl::stream_base::server, quietly(failed));
        idle = false;
        if (failed) co_return;
    } else {
        // So that what the client takes at once is written at once.
        stream_.non_blocking(true, failed);
    }
    bool more = true;
    while (more) more = co_await one_request();
    if (events_) {
        buffer_ = beast::flat_buffer();
        co_await send_events(std::move(*events_));
    }
    co_await let_go();
}

template <class S>
Await<void> Connection<S>::let_go() {
    Failed failed;
    idle = true;
    wait_until_after(std::chrono::seconds(2));
    if constexpr (tls)
        if (!server_.stopping) co_await stream_.async_shutdown(quietly(failed));
    socket().shutdown(asio::ip::tcp::socket::shutdown_send, failed);
    while (!failed && !server_.stopping) {
        buffer_.clear();
        co_await socket().async_read_some(buffer_.prepare(next_read), quietly(failed));
    }
}

Await<void> serve_connection(Server::Inside& server, NetworkThread& thread, Socket socket) {
    Failed failed;
    auto peer = socket.remote_endpoint(failed).address().to_string();
    try {
        if (server.tls) {
            Connection<TlsSocket> connection(server, thread, TlsSocket(std::move(socket), *server.tls), peer);
            co_await connection.serve();
        } else {
            Connection<Socket> connection(server, thread, std::move(socket), peer);
            co_await connection.serve();
        }
    } catch (const std::exception& e) {
        log::error("connection_failed", {{"why", e.what()}});
    }
    --server.connections;
}

}  // namespace yimen::web
